"""What whoever collects tells the creditor of a payment: what came in, what is kept, what is handed over, by when."""
