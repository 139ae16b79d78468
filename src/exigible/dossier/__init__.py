"""The case: facts, their journal, and what they mean on a given day. Pure: no database, clock, settings or network."""
