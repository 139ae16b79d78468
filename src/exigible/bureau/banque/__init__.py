"""Bank lines and their matching with dossiers."""
