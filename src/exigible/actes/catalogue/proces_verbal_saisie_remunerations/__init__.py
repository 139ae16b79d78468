"""The attachment of wages served on the employer (CPCE R212-1-12), for the officer to serve."""
