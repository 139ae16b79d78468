"""Payment plans and promises: simulated, agreed, followed, broken."""
