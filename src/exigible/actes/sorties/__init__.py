"""Documents set for their reader: plain text, PDF, DOCX, e-mail."""
