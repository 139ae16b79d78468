"""Messages and letters: previewed, approved, posted, and what became of them."""
