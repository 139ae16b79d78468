"""The summons to open a judicial reorganisation (C. com. R631-2), for a lawyer and an officer."""
