"""A file handed over to a commissaire de justice, with the mandate to recover and to receive."""
