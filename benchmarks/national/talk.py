"""Five million supports and two million comments of the villages' own residents."""

from benchmarks.national.country import RESIDENTS_A_VILLAGE, RESIDENTS_FROM
from benchmarks.national.rows import fill
from benchmarks.national.words import COMMENTS


def talk() -> None:
    """Supports, live rooms and comments, as many as the proposals' own counters say."""
    from deliberation.models import Comment, Support
    from proposals.models import LiveRoom

    person = f"{RESIDENTS_FROM} + village_n * {RESIDENTS_A_VILLAGE}"
    fill(
        Support,
        {"proposal_id": "id", "user_id": f"{person} + j - 1", "residency_id": f"{person} + j - 1", "at": "at + j * interval '1 day'"},
        "bench_asked, generate_series(1, supports) AS j",
    )
    fill(LiveRoom, {"id": "id", "seq": "comments"}, "bench_asked WHERE comments > 0")
    words = "ARRAY[" + ", ".join(f"'{sentence}'" for sentence in COMMENTS) + "]"
    fill(
        Comment,
        {
            "id": "md5(id::text || j)::uuid",
            "proposal_id": "id",
            "seq": "j",
            "author_id": f"{person} + (j + chance) % {RESIDENTS_A_VILLAGE}",
            "author_role": "'resident'",
            "stance": "(ARRAY['support', 'question', 'criticism', 'objection'])[1 + (chance + j) % 4]",
            "body": f"({words})[1 + (chance + j) % {len(COMMENTS)}]",
            "at": "at + j * interval '2 days'",
        },
        "bench_asked, generate_series(1, comments) AS j",
    )
