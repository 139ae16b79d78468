"""The checklist to file a case: what to join, what to pay, by which day (CPC 754, 757, 857, 1407, 1425)."""
