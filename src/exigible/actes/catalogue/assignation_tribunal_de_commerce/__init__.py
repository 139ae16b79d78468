"""The summons on the merits before the commercial court, or the court of economic activities."""
