"""The last reminder before the formal notice: the whole sum, its statement, and a payment by instalments offered."""
