"""Settings: `base` is common, `local` is one machine (the default), `test` is for the tests."""
