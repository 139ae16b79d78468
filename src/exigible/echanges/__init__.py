"""Files in: one module a format, all giving the same neutral records; faults are values with their file and line."""
