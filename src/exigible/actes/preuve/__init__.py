"""The court bundle: exhibits, petition, statement, certified journal, as a folder that anyone can verify."""
