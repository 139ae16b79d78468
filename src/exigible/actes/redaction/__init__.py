"""The wording of documents as data: a small language that a lawyer can edit, read into blocks that any engine sets."""
