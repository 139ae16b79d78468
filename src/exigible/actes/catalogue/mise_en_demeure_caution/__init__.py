"""The formal notice to a surety: what the debtor owes, what is asked of the surety, its limit and its defences."""
