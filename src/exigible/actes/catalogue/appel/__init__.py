"""The call: what to say, to whom, and the form of its report."""
