"""The acts, one folder each.

`acte.toml` says what it is and what it asks, `texte.txt` its wording, `mentions.toml` what it must say with the
articles, and `contexte.py`, when there is one, what it needs beyond the common vocabulary.
"""
