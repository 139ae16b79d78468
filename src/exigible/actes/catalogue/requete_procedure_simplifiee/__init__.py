"""The request to a commissaire de justice for the simplified procedure of small claims (CPCE L125-1)."""
