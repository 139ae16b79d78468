"""The petition to seize as a safeguard, before any title (CPCE L511-1, R511-1)."""
