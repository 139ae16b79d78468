"""A file handed over to a lawyer: what is asked, and the time that is left."""
