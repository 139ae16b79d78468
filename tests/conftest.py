"""Common to all tests: how much hypothesis tries, and the same tries for everybody in CI."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("local", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.register_profile("mutation", settings.get_profile("ci"), max_examples=10, database=None)
settings.load_profile(os.environ.get("EXIGIBLE_HYPOTHESIS") or ("ci" if os.environ.get("CI") == "true" else "local"))
