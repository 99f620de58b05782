"""A discussion of 2,000 comments opens: the whole page, beside one of 20 comments and beside a bare view with the same statements."""

from benchmarks.floor import set_up

set_up()

import time  # noqa: E402
import uuid  # noqa: E402
from typing import Any  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.bare import beside_floors  # noqa: E402
from benchmarks.district import District, district  # noqa: E402
from benchmarks.floor import seconds, tell  # noqa: E402

MANY, FEW = 2000, 20
#: What the issue allows on any machine that we measured on, in milliseconds of the server's own time.
ALLOWED_MS = 100
TURNS = 10


def talk_about(made: District, count: int, *, one_thread: bool) -> None:
    """So many comments on the measured proposal: threads of five, or a single one with all the others below it; every tenth asks."""
    from accounts import clock
    from deliberation.models import Addressee, Comment, Question

    Addressee.objects.filter(question__proposal=made.proposal).delete()
    Question.objects.filter(proposal=made.proposal).delete()
    Comment.objects.filter(proposal=made.proposal, parent__isnull=False).delete()
    Comment.objects.filter(proposal=made.proposal).delete()
    now, rows = clock.now(), list[Comment]()
    for seq in range(1, count + 1):
        top = rows[0] if one_thread and rows else rows[seq - 1 - (seq - 1) % 5] if (seq - 1) % 5 else None
        stance = "question" if seq % 10 == 1 else "support"
        body = "Jalan ini dilewati anak sekolah setiap pagi; kalau hujan putus dan harus memutar jauh lewat dusun sebelah. " * 2
        rows.append(
            Comment(
                id=uuid.uuid4(),
                proposal=made.proposal,
                seq=seq,
                author=made.resident,
                author_role="resident",
                parent=top,
                stance=stance,
                body=body,
                at=now,
            )
        )
    Comment.objects.bulk_create(rows, batch_size=500)
    asked = [
        Question(comment=row, proposal=made.proposal, village=made.village, asked_at=now, role="planner", region_id="61.12")
        for row in rows
        if row.stance == "question"
    ]
    Question.objects.bulk_create(asked, batch_size=500)
    Addressee.objects.bulk_create([Addressee(question=one, role="planner", region_id="61.12", since=now) for one in asked], batch_size=500)
    type(made.proposal).objects.filter(pk=made.proposal.pk).update(comments=count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE deliberation_comment, deliberation_question, deliberation_addressee")


def measured(client: Client, path: str) -> tuple[float, int, float]:
    """Seconds of one answer, its queries, and seconds of processor, which a busy machine stretches less."""

    def once() -> Any:
        return client.get(path)

    once()
    with CaptureQueriesContext(connection) as captured:
        once()
        queries = len(captured)
    begun = time.process_time()
    for _ in range(TURNS):
        once()
    processor = (time.process_time() - begun) / TURNS
    return seconds(once, times=15), queries, processor


if __name__ == "__main__":
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    settings.ALLOWED_HOSTS = ["*"]
    with district() as made:
        client = Client()
        client.force_login(made.resident, backend="django.contrib.auth.backends.ModelBackend")
        path = f"/usulan/{made.proposal.number}/"
        talk_about(made, FEW, one_thread=False)
        few, asked_few, worked_few = measured(client, path)
        for name, one_thread in (("2,000 comments in threads of five", False), ("2,000 comments, one thread", True)):
            talk_about(made, MANY, one_thread=one_thread)
            many, asked_many, worked_many = measured(client, path)
            tell(f"{name}, {asked_many} queries ({asked_few})", many, few, f"the page with {FEW}")
            tell(f"{name}, processor alone", worked_many, worked_few, f"the page with {FEW}")
            print(f"  {'':<44} {many * 1000 / ALLOWED_MS:6.2f} x the {ALLOWED_MS} ms allowed")
            beside_floors(name, client, lambda: client.get(path))
