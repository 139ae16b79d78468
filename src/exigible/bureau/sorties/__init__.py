"""Files out of the office: what is read to make them, what is written once they are made."""
