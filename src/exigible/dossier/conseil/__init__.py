"""What now: the strength of a claim, the acts possible today, the routes side by side, the debtor's own means."""
