"""Files out: orders for the bank, entries for the accountant, lists. Pure: values in, bytes out."""
