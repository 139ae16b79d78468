"""The letter that says an account is settled; a surplus is waived only when the creditor decided it."""
