"""Fictitious dossiers of every kind: wordings are tried on them, and shown on them before any real one."""
