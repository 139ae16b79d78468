"""Exigible: French debts, from the unpaid invoice to the money, exact to the cent."""

__version__ = "0.1.0"
