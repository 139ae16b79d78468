"""The request to the drawee bank for the certificate that a cheque was not paid (CMF L131-73)."""
