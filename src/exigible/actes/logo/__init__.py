"""The creditor's logo: what may be one, and how it is printed in the letterhead."""
