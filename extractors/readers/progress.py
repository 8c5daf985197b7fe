"""Signs of life from a reader: a page read, a part parsed, a stage begun.

A reader calls `tick()`; inside the guard's child process the tick reaches the parent's progress clock, elsewhere it
does nothing. The hook belongs to a context, not to the module, so two threads do not share it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_HOOK: ContextVar[Callable[[], None] | None] = ContextVar("progress_hook", default=None)


def tick() -> None:
    """Say that work goes on."""
    hook = _HOOK.get()
    if hook is not None:
        hook()


@contextmanager
def ticking(hook: Callable[[], None]) -> Iterator[None]:
    """Send the ticks of this block to `hook`."""
    token = _HOOK.set(hook)
    try:
        yield
    finally:
        _HOOK.reset(token)
