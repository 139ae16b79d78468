"""A settlement: the dispute, what each gives up, what is paid and when, what it ends (C. civ. 2044 to 2052)."""
