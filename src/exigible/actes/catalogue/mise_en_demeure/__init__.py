"""The formal notice to pay: to a professional, a public buyer, a consumer. Signed by the creditor alone."""
