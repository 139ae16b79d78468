"""The order to pay before the debtor's movables are seized (CPCE R221-1), for the officer to serve."""
