"""The formal notice to a tenant of a dwelling: rents and charges, no penalty, who can help."""
