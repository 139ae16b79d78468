"""The note of interest: each line that a reader can redo, the indemnity, and why no VAT is added."""
