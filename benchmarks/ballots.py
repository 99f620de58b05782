"""Accepted votes a second, beside a bare Django view that writes the same two rows, on the same server and database.

Every vote is a person's first and counts; the bare view, behind the same middleware on the same port, gets as many requests and
inserts a mark and a vote with fixed values in one transaction. Sixteen clients; the two take turns, and the median ratio is told.
"""

import http.client
import json
import statistics
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.floor import set_up

HANDS, VOTES, ROUNDS = 16, 400, 11
TOKEN = "a" * 32


def served() -> object:
    """The application with one more address, which writes two rows and answers."""
    set_up()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    from benchmarks.votes.bare import urlpatterns as bare
    from musrenbang import urls
    from musrenbang.asgi import application

    urls.urlpatterns[:0] = bare
    return application


def voted(port: int, ballot: object, sessions: list[tuple[str, str]], *, bare: bool) -> float:
    """Votes a second: each session votes once, sixteen at a time over kept connections."""
    path = f"/api/bare-vote/{ballot}/" if bare else f"/api/v1/ballots/{ballot}/vote/"
    waiting, lock, answers = list(sessions), threading.Lock(), list[int]()

    def work() -> None:
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                if not waiting:
                    return
                cookie, user = waiting.pop()
            body = json.dumps({"nonce": str(uuid.uuid4()), "marks": [{"number": 1}, {"number": 2}], "user": user})
            headers = {"Content-Type": "application/json", "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
            wire.request("PUT", path, body, headers)
            answer = wire.getresponse()
            answer.read()
            answers.append(answer.status)

    begun = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if answers != [201] * len(sessions):
        raise RuntimeError(f"{answers.count(201)} of {len(sessions)} were taken: {set(answers)}")
    return len(sessions) / (time.perf_counter() - begun)


@contextmanager
def election() -> Iterator[tuple[Callable[[], object], list[tuple[str, str]]]]:
    """Residents with sessions, and a maker of open ballots; all of it taken away at the end."""
    from benchmarks.votes.made import Made

    kept = Made()
    try:
        yield kept.open_ballot, kept.residents(VOTES)
    finally:
        kept.away()


if __name__ == "__main__":
    set_up()
    from benchmarks.load import serving

    with election() as (open_ballot, people), serving(served) as port:
        voted(port, open_ballot(), people[:100], bare=False)
        ratios, ours, floor = [], 0.0, 0.0
        for turn in range(ROUNDS):
            first, second = open_ballot(), open_ballot()
            pair = [voted(port, first, people, bare=bool(turn % 2)), voted(port, second, people, bare=not turn % 2)]
            ours, floor = pair if turn % 2 == 0 else pair[::-1]
            ratios.append(ours / floor)
        ratio = statistics.median(ratios)
        told = f"({ours:.0f} / {floor:.0f} in the last round)"
        print(f"  {'accepted votes a second':<44} {ratio:6.2f} x a bare view that writes the same two rows  {told}")
