"""Many claims at once. For now, the indicators of a portfolio."""
