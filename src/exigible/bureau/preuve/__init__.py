"""The court bundle of a dossier of the office: its exhibits, its certified journal, the time stamp of an authority."""
