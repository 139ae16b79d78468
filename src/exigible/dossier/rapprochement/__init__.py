"""Match bank lines with what debtors owe: candidates, in order, with their reasons. Pure: cents, days and words."""
