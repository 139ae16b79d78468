"""The receipt of a payment: what it paid, line by line, and the reservation of the interest still owed."""
