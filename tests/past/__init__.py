"""A generator of a realistic past and the measurement of the history findings on it."""

from tests.past.past import Past
from tests.past.plants import Break

__all__ = ["Break", "Past"]
