"""The confirmation of a promise to pay: what was said, and what happens until that day."""
