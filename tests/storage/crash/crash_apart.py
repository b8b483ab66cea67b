"""A process of its own for what must not happen in the test's: its own SQLite, its own disk, forks without threads."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec('P')
T = TypeVar('T')


def apart(fn: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
    """What `fn`, a function of a module, answers or raises over there."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as process:
        return process.submit(fn, *args, **more).result()
