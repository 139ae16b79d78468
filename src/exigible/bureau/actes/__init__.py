"""Documents of the catalogue made from dossiers: answers kept, wording of one's own, approval as evidence."""
