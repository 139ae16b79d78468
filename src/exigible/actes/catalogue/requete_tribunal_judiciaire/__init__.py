"""The petition to the judicial court up to 5,000 euros (CPC 818, 757): no officer, no lawyer."""
