"""The texts of law that an act must reproduce, quoted as they stand, each with its source."""
