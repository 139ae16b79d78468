"""The seizure of what a third party owes the debtor (CPCE R211-1), for the officer to serve."""
