"""The demonstration company: fictitious, visibly so, and complete. Its files go through the import of everybody."""

IDENTIFIANT = "demo@exigible.example"
MOT_DE_PASSE = "demonstration"
