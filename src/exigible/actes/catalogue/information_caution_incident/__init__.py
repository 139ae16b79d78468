"""What a professional creditor tells a surety at the first payment a month late (C. civ. 2303)."""
