"""The first reminder: courteous, the principal alone."""
