"""The order to pay, drafted for the judge to complete and sign, and joined to the petition."""
