"""How hard properties are tried: the same examples in every run, so that a red run stays red."""

from hypothesis import HealthCheck, settings

quick = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
heavy = settings(quick, max_examples=60)
