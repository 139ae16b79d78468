"""The order to pay before wages are attached (CPCE R212-1-3), for the officer to serve."""
