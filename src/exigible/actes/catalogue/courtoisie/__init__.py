"""The courtesy note, before the due date: it claims nothing, it says that the day comes."""
