"""The instruction to an officer to enforce a title, with the statement and what is known of the debtor."""
