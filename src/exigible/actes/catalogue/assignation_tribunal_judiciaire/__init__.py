"""The summons on the merits before the judicial court, written proceedings: each party has a lawyer."""
