"""The creditor's pleadings once the debtor has objected to an order to pay."""
