"""The notice to pay the instalments of a plan that are late: the time given, and what would follow."""
