"""The summons on the merits before the judicial court, its chamber or the judge of protection, with no lawyer."""
