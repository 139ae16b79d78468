"""The office: storage, pages, work to do. It decides nothing legal: `exigible.droit` and `exigible.dossier` do."""
