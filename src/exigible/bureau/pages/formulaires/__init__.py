"""Forms: what a person types, read the French way."""
