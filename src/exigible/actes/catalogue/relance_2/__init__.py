"""The second reminder: firmer, with what the law adds said and not asked for."""
