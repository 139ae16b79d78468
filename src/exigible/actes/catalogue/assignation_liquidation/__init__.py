"""The summons to open a judicial liquidation (C. com. R640-1), for a lawyer and an officer."""
