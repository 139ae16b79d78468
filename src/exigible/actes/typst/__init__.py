"""What every printed act shares: the engine, the fonts, the page, the wording of amounts and dates."""
