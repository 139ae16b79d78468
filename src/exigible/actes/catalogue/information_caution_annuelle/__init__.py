"""What a professional creditor tells a surety each year before 31 March: what remains due, its term (C. civ. 2302)."""
