"""The creditor's answer to the over-indebtedness commission (C. conso. R723-3)."""
