"""The acknowledgement of a debt, with the undertaking to pay it and the sum written by the debtor (C. civ. 1376)."""
