"""The agreement on a payment plan: its clauses in order, its instalments, what happens when one is missed."""
