"""The statement that goes with a remittance to a creditor."""
