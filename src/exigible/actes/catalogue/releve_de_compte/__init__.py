"""The statement of account: every invoice, credit note and payment by its day, and the balance after each."""
