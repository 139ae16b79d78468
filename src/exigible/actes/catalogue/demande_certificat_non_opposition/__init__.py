"""The request to the clerk for the certificate that no opposition came (orders up to 31 August 2026)."""
