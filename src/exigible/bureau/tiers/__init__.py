"""Creditors, dossiers, claims and payments: projections of the journal, for lists and search."""
