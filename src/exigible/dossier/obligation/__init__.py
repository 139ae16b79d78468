"""Who owes what under which decision: persons liable, heads of judgments, costs, what follows the account."""
