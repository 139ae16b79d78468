"""The instruction to an officer to serve an order to pay or a judgment, before it falls."""
