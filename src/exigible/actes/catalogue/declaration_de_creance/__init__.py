"""The claim declared in the debtor's insolvency (C. com. L622-24, L622-25, R622-23)."""
