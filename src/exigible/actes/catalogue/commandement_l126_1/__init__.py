"""The order to pay an undisputed invoice between merchants (CPCE L126-1 to L126-5): always a draft."""
