"""The journal as it is stored: chains of entries, their contents, the daily seals, the files."""
