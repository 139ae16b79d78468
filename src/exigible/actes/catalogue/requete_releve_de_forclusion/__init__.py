"""The petition to be relieved of a declaration not made in time (C. com. L622-26)."""
