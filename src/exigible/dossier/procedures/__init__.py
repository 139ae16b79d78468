"""The procedures: their graph as data that a lawyer can read, and where each one stands on a given day."""
