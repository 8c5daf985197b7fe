"""An executor whose children may hang, swell or die: each file is read under two clocks and a memory cap.

    submit ─▶ queue ─▶ one thread a child ─▶ pipe ─▶ child: function(path) ─▶ pipe ─▶ future
                            │ wall clock, progress clock, the child's death
                            └─ kills the child's whole process group, removes its folder, starts a fresh one

It is `concurrent.futures`-shaped, so the same callers run on a ProcessPoolExecutor or on a cluster's executor.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import queue
import sys
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from typing import Any, Final, ParamSpec, TypeVar

from extractors.errors import Unreadable, VocabularyError
from extractors.readers.child import Allowance, Answer, Child
from extractors.readers.scratch import sweep

__all__ = ["Allowance", "GuardedPool", "map_unordered"]

P = ParamSpec("P")
T = TypeVar("T")
W = TypeVar("W")

# Imported once, in the server that children are forked from: a fresh child then costs milliseconds, not seconds.
PRELOAD: Final = ("lxml.etree", "spacy.matcher", "pdfplumber")


@dataclass(slots=True)
class _Task:
    future: Future[Any]
    call: bytes


class GuardedPool(Executor):
    """Runs picklable functions in guarded child processes.

    A future's result is the function's; its exception is the function's own (Unreadable among them), or Unreadable
    with `timed_out`, `out_of_memory` or `crashed` where the child was stopped or died. `initializer` runs once in
    every child, before its memory is capped. `preload` names modules to import once for all children.
    """

    def __init__(
        self,
        max_workers: int | None = None,
        *,
        initializer: Callable[[], object] | None = None,
        allowance: Allowance | None = None,
        preload: tuple[str, ...] = PRELOAD,
    ) -> None:
        if max_workers is not None and max_workers < 1:
            raise ValueError("max_workers must be at least 1")
        self._workers = max_workers or os.cpu_count() or 1
        self._allowance = allowance or Allowance()
        self._initializer = initializer
        self._context = _context(preload)
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._children: set[Child] = set()
        self._lock = threading.Lock()  # for the two containers above and the two flags below
        self._closed = self._aborted = False
        sweep()
        weakref.finalize(self, _kill_all, self._children)  # also at exit, where nobody called shutdown

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue one call. Raises RuntimeError after shutdown, and what pickling raises for a call that cannot go."""
        task = _Task(Future(), pickle.dumps((fn, args, kwargs)))
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool was shut down")
            self._tasks.put(task)
            if len(self._threads) < self._workers:
                thread = threading.Thread(target=self._serve, name=f"guard-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the children once the queue is empty. With `cancel_futures` the queue is dropped; and if `wait` is
        False as well, calls at work are stopped at once (their futures fail with Unreadable("crashed"))."""
        with self._lock:
            self._closed = True
            self._aborted = self._aborted or (cancel_futures and not wait)
            if cancel_futures:
                self._drop_queue()
            for _ in self._threads:
                self._tasks.put(None)
            if self._aborted:
                _kill_all(self._children)
        for thread in self._threads if wait or self._aborted else ():
            thread.join(None if wait else 10.0)

    def _drop_queue(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task.future.cancel()
                    task.future.set_running_or_notify_cancel()

    def _serve(self) -> None:
        """One thread's life: hand tasks to its child, one after the other."""
        child: Child | None = None
        while (task := self._tasks.get()) is not None:
            if not task.future.set_running_or_notify_cancel():
                continue
            child, answer = self._run(child, task.call)
            if answer.failed:
                task.future.set_exception(answer.value)
            else:
                task.future.set_result(answer.value)
            del task, answer  # nothing of a file outlives its landing
        if child is not None:
            self._end(child)

    def _run(self, child: Child | None, call: bytes) -> tuple[Child | None, Answer]:
        """The answer to a call, and the child where it may take another one."""
        try:
            child = child or self._start()
            answer = child.ask(call)
        except BaseException as stopped:  # noqa: BLE001  the future carries it; the child's state is unknown
            answer = Answer(stopped, failed=True, spent=True)
        if child is not None and (answer.spent or child.files >= self._allowance.files):
            self._end(child)
            child = None
        return child, answer

    def _start(self) -> Child:
        child = Child(self._context, self._initializer, self._allowance)
        with self._lock:
            self._children.add(child)
            aborted = self._aborted
        if aborted:
            child.kill()
        return child

    def _end(self, child: Child) -> None:
        child.close()
        with self._lock:
            self._children.discard(child)


def _context(preload: tuple[str, ...]) -> BaseContext:
    """A start method that copies no thread, lock or open file of this process into a child."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _kill_all(children: set[Child]) -> None:
    for child in tuple(children):
        child.kill()


def map_unordered(
    executor: Executor, fn: Callable[[W], T], places: Iterable[W], in_flight: int
) -> Iterator[tuple[W, T | Unreadable]]:
    """Run `fn` on every place (a path, a member of a container), at most `in_flight` at a time, and yield each with its result
    as it is done. An iterator that had come to its end is asked again after every result: it may have more then.

    A file that cannot be read yields its Unreadable; so does one on which `fn` broke (`crashed`, naming the
    exception), so that one file never ends the run. Leaving the generator early cancels what has not begun. Raises
    VocabularyError where our own rules cannot be read: then no file can.
    """
    waiting: dict[Future[T], W] = {}
    queued = iter(places)
    try:
        while True:
            for place in queued:
                waiting[executor.submit(fn, place)] = place
                if len(waiting) >= in_flight:
                    break
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                place, outcome = waiting.pop(future), _outcome(future)
                yield place, outcome
    finally:
        for future in waiting:
            future.cancel()


def _outcome(future: Future[T]) -> T | Unreadable:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, VocabularyError):
        raise error
    return error if isinstance(error, Unreadable) else Unreadable("crashed", f"{type(error).__name__}: {error}")
