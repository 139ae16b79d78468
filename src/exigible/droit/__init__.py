"""The law: pure functions of facts and dates over dated tables. No database, clock, settings or network."""
