"""Common to all tests: how much hypothesis tries, and the same tries for everybody in CI."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("local", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")
