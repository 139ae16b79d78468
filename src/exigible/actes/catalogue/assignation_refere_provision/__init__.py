"""The summons before the judge of urgent matters, for a provisional payment of what cannot seriously be disputed."""
