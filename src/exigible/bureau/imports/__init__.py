"""Files in: read, previewed, then applied in one transaction."""
