"""Work spread over processes with a bounded queue: what is read waits for those who decide, so that memory does not grow."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")
#: Items handed over at a time, and how many such batches each process may have before it.
BATCH, AHEAD = 64, 3


def spread(work: Callable[[list[Item]], Answer], items: Iterable[Item], processes: int) -> Iterator[Answer]:
    """The answers for batches of items, in the order of the items. With one process everything happens here.

    `work` must be importable by a fresh process. Raises what `work` raises, and BrokenProcessPool where a process was killed.
    """
    batches = _batches(items)
    if processes == 1:
        yield from map(work, batches)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            yield from _in_order(pool, work, batches, processes * AHEAD)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, work: Callable[[list[Item]], Answer], batches: Iterator[list[Item]], most: int) -> Iterator[Answer]:
    under_way: deque[Future[Answer]] = deque()
    for batch in batches:
        under_way.append(pool.submit(work, batch))
        if len(under_way) >= most:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
