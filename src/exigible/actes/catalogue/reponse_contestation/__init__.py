"""The answer to a dispute: what was disputed, what is answered, what remains to be paid."""
