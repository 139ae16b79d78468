"""The seizure told to the debtor within eight days (CPCE R211-3), for the officer to serve."""
