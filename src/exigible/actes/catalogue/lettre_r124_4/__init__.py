"""The first letter of whoever collects for the creditor: the five mentions of CPCE R124-4, L111-8 reproduced."""
