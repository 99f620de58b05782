"""The pages of the talk: they lead where they say, keep what was typed, and show each reader their own and nothing more."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock
from deliberation import services as talk
from deliberation.follows import services as follows
from deliberation.models import Comment, Follow, Notice, Report
from deliberation.moderation.appealing import appeal
from deliberation.moderation.reporting import report_comment
from deliberation.notices import choices, spreading
from proposals.stages import Stage
from tests import cast, make
from tests.deliberation.talk.speaking import answered, confirmed, moved, said

pytestmark = pytest.mark.django_db
REASON = "Menyebut nama warga."


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page_of(proposal, client, query=""):
    return client.get(f"/usulan/{proposal.number}/{query}")


def test_a_question_says_for_whom_it_waits_since_when_and_links_to_its_answer(people, reader):
    proposal, start = make.proposal(), clock.now() - timedelta(days=12)
    with clock.telling(start):
        question = said(proposal, people.resident)
    words = text_of(page_of(proposal, reader("stranger")))
    assert "Menunggu kepala desa, Desa Kapur, sudah 12 hari" in words
    moved(proposal, people.village_head)
    words = text_of(page_of(proposal, reader("stranger")))
    assert "Menunggu petugas kecamatan, Kecamatan Sungai Raya, sudah 12 hari" in words
    assert "diajukan kepada kepala desa, Desa Kapur" in words
    answer = answered(question, people.subdistrict_officer)
    page = page_of(proposal, reader("stranger"))
    assert "setelah 12 hari" in text_of(page)
    assert f'href="?utas={answer.pk}#tanggapan-{answer.pk}"' in page.content.decode()
    assert "Jawaban resmi" in text_of(page)


def test_the_desk_has_the_questions_that_wait_for_this_office_with_days_and_a_way_there(people, reader):
    with clock.telling(clock.now() - timedelta(days=3)):
        question = said(make.proposal(), people.resident)
    page = reader("village_head").get("/kerja/")
    assert f"?utas={question.pk}#tanggapan-{question.pk}" in page.content.decode()
    assert "menunggu 3 hari" in text_of(page)
    assert question.body not in text_of(reader("subdistrict_officer").get("/kerja/"))


def test_a_notices_way_leads_to_the_comment_however_deep_it_stands(people, reader):
    proposal = make.proposal()
    start = clock.now() - timedelta(days=2)
    with clock.telling(start):
        first = said(proposal, people.resident, stance="criticism")
    replies = []
    for number in range(9):
        with clock.telling(start + timedelta(minutes=2 * number + 2)):
            replies.append(answered(first, people.neighbour, f"Balasan {number}"))
    folded = page_of(proposal, reader("stranger"))
    assert "Balasan 0" not in folded.content.decode()
    assert "4 balasan sebelumnya" in text_of(folded)
    assert f'id="tanggapan-{replies[0].pk}"' in page_of(proposal, reader("stranger"), f"?utas={replies[0].pk}").content.decode()
    for query in ("?utas=x", "?utas=%00", f"?utas={proposal.pk}", "?sebelum=-1", f"?utas={first.pk}&sebelum=2"):
        assert page_of(proposal, reader("stranger"), query).status_code == 200


def test_the_page_asks_as_often_for_two_hundred_comments_as_for_five(people, reader, django_assert_max_num_queries):
    proposal, client, now = make.proposal(), reader("resident"), clock.now()
    first = said(proposal, people.neighbour)

    def more(count, begin):
        rows = [
            Comment(
                proposal=proposal,
                seq=begin + n,
                author=people.neighbour,
                author_role="citizen",
                stance="support",
                body="Setuju.",
                at=now,
                parent=first if n % 3 else None,
            )
            for n in range(count)
        ]
        Comment.objects.bulk_create(rows)

    more(5, 10)
    page_of(proposal, client)
    with django_assert_max_num_queries(19) as few:
        page_of(proposal, client)
    more(200, 100)
    with django_assert_max_num_queries(len(few)):
        page_of(proposal, client)


def test_following_is_a_button_that_works_without_scripts_and_can_be_ended_on_one_page(people, reader):
    proposal, client = make.proposal(), reader("resident")
    assert "Ikuti usulan ini" in text_of(page_of(proposal, client))
    assert client.post(f"/usulan/{proposal.number}/ikuti/").status_code == 303
    assert "Anda mengikuti usulan ini." in text_of(page_of(proposal, client))
    client.post("/wilayah/61.12.01/ikuti/", {"sector": "road"})
    client.post("/wilayah/61.12.01/ikuti/", {"sector": ""})
    listed = text_of(client.get("/akun/ikuti/"))
    assert all(words in listed for words in (proposal.title, "Kecamatan Sungai Raya", "Semua usulan"))
    for kept in Follow.objects.all():
        client.post("/akun/ikuti/", {"end": str(kept.pk)})
    assert "Anda belum mengikuti apa pun." in text_of(client.get("/akun/ikuti/"))
    assert client.post("/akun/ikuti/", {"end": "x"}).status_code == 303


def test_who_took_part_is_offered_to_follow(people, reader):
    proposal = make.proposal()
    assert "Anda sudah ikut serta" not in text_of(page_of(proposal, reader("resident")))
    talk.support(proposal_id=proposal.pk, actor=people.resident)
    assert "Anda sudah ikut serta" in text_of(page_of(proposal, reader("resident")))


def test_strangers_are_asked_to_sign_in_before_anything_of_their_own(people):
    proposal = make.proposal()
    comment, visitor = said(proposal, people.resident), Client()
    for path in ("/akun/ikuti/", "/akun/kotak-masuk/", "/kerja/moderasi/"):
        assert visitor.get(path)["Location"].startswith("/akun/masuk/")
    for path in (f"/usulan/{proposal.number}/ikuti/", "/wilayah/61.12/ikuti/", f"/usulan/{proposal.number}/tanggapan/{comment.pk}/laporkan/"):
        assert visitor.post(path).status_code in {302, 303, 401}
    assert (Follow.objects.count(), Report.objects.count()) == (0, 0)


def test_the_inbox_counts_in_the_header_opens_and_is_marked_as_read(people, reader):
    proposal, client = make.proposal(), reader("resident")
    assert "Belum ada kabar." in text_of(client.get("/akun/kotak-masuk/"))
    follows.follow(actor=people.resident, proposal_id=proposal.pk)
    moved(proposal, people.village_head)
    spreading.spread_all()
    inbox = client.get("/akun/kotak-masuk/")
    assert f"Diteruskan: “{proposal.title}”" in text_of(inbox)
    assert re.search(r'class="count">1<', client.get("/").content.decode())
    opened = client.post("/akun/kotak-masuk/", {"open": str(Notice.objects.get().pk)})
    assert (opened.status_code, opened["Location"]) == (303, f"/usulan/{proposal.number}/")
    assert not re.search(r'class="count">1<', client.get("/").content.decode())
    assert reader("neighbour").post("/akun/kotak-masuk/", {"open": str(Notice.objects.get().pk)}).status_code == 404
    assert client.post("/akun/kotak-masuk/", {"open": "x"}).status_code == 404
    assert client.post("/akun/kotak-masuk/").status_code == 303


def test_the_inbox_costs_no_query_a_line(people, reader, django_assert_max_num_queries):
    proposal, client = make.proposal(), reader("resident")
    question = said(proposal, people.resident)
    for number in range(5):
        with clock.telling(clock.now() + timedelta(minutes=number)):
            answered(question, people.village_head, f"Jawaban {number}")
    client.get("/akun/kotak-masuk/")
    with django_assert_max_num_queries(10):
        client.get("/akun/kotak-masuk/")


def test_how_often_mail_comes_is_chosen_and_a_choice_that_is_none_is_refused(people, reader):
    client, address = reader("resident"), confirmed(people.resident)
    assert address in text_of(client.get("/akun/ikuti/"))
    assert "Surel hanya dikirim ke alamat yang sudah dikonfirmasi" in text_of(reader("neighbour").get("/akun/ikuti/"))
    assert client.post("/akun/ikuti/surel/", {"cadence": "weekly"}).status_code == 303
    assert client.post("/akun/ikuti/surel/", {"cadence": "hourly"}).status_code == 400
    assert choices.cadence_of(people.resident) == "weekly"


def test_what_waits_for_a_moderator_is_seen_by_its_author_alone(people, reader):
    proposal = make.proposal()
    held = said(proposal, people.newcomer, "Saya baru pindah ke sini.", "support")
    own = text_of(page_of(proposal, reader("newcomer")))
    assert held.body in own
    assert "hanya Anda yang melihatnya" in own
    for name in ("stranger", "resident", "moderator"):
        assert held.body not in text_of(page_of(proposal, reader(name)))
    queue = text_of(reader("moderator").get("/kerja/moderasi/"))
    assert held.body in queue
    for name in ("resident", "planner", "foreign_moderator"):
        assert held.body not in text_of(reader(name).get("/kerja/moderasi/"))


def test_a_moderator_decides_many_and_a_reason_that_is_too_short_comes_back_with_the_ticks(people, reader):
    proposal, client = make.proposal(), reader("moderator")
    held = [said(proposal, cast.person(username=f"tamu-{number}"), f"Tanggapan {number}", "support") for number in range(3)]
    assert "3 menunggu" in text_of(client.get("/kerja/"))
    refused = client.post("/kerja/moderasi/", {"comment": [str(held[0].pk)], "verb": "hide", "reason": "x", "list": "held"})
    assert refused.status_code == 400
    assert re.search(rf'value="{held[0].pk}" checked', refused.content.decode())
    client.post("/kerja/moderasi/", {"comment": [str(one.pk) for one in held[:2]] + ["x"], "verb": "approve"})
    client.post("/kerja/moderasi/", {"comment": [str(held[2].pk)], "verb": "hide", "reason": "Iklan, bukan tanggapan."})
    assert Comment.objects.public().count() == 2
    assert "Tidak ada yang menunggu Anda." in text_of(client.get("/kerja/moderasi/"))


def test_reporting_keeps_what_was_typed_and_reaches_the_queue(people, reader):
    proposal = make.proposal()
    comment = said(proposal, people.resident)
    path = f"/usulan/{proposal.number}/tanggapan/{comment.pk}/laporkan/"
    client = reader("neighbour")
    assert path in page_of(proposal, client).content.decode()
    assert path not in page_of(proposal, reader("resident")).content.decode()
    refused = client.post(path, {"reason": "other", "words": "kurang"})
    assert (refused.status_code, 'value="kurang"' in refused.content.decode()) == (400, True)
    assert client.post(path, {"reason": "insult"}).status_code == 303
    assert "Penghinaan, ancaman, atau kebencian" in text_of(reader("moderator").get("/kerja/moderasi/"))


def test_an_author_asks_for_another_look_and_another_moderator_decides(people, reader):
    proposal = make.proposal()
    comment = said(proposal, people.resident)
    talk.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    path = f"/usulan/{proposal.number}/tanggapan/{comment.pk}/keberatan/"
    client = reader("resident")
    assert path in page_of(proposal, client).content.decode()
    assert path not in page_of(proposal, reader("neighbour")).content.decode()
    assert client.post(path, {"words": "x"}).status_code == 400
    assert client.post(path, {"words": "Tidak ada nama di dalamnya."}).status_code == 303
    assert "moderator lain yang memutuskan" in text_of(reader("moderator").get("/kerja/moderasi/"))
    assert reader("neighbour").get(path).status_code == 404
    second = cast.person(username="second_moderator")
    cast.office(user=second, role="moderator", region=cast.HOME)
    other = Client()
    other.force_login(second, backend="django.contrib.auth.backends.ModelBackend")
    decide = f"/kerja/moderasi/keberatan/{comment.pk}/"
    assert reader("moderator").post(decide, {"verb": "restore", "reason": REASON}).status_code == 403
    assert other.post(decide, {"verb": "restore", "reason": "x"}).status_code == 400
    assert other.post(decide, {"verb": "restore", "reason": "Benar, tidak ada nama."}).status_code == 303
    assert comment.body in text_of(page_of(proposal, reader("stranger")))


def test_the_figures_of_a_region_are_public_with_their_date_and_denominators(people, reader):
    empty = text_of(reader("stranger").get("/wilayah/61.12/tanya-jawab/"))
    assert "Belum ada pertanyaan di sini dalam setahun terakhir." in empty
    with clock.telling(clock.now() - timedelta(days=6)):
        first = said(make.proposal(), people.resident)
        said(make.proposal(stage=Stage.DISTRICT), people.neighbour)
    answered(first, people.village_head)
    report_comment(comment_id=first.pk, actor=people.neighbour, reason="insult")
    words = text_of(reader("stranger").get("/wilayah/61.12/tanya-jawab/"))
    assert "terjawab: 1 dari 2" in words
    assert "50%" in words
    assert "belum dijawab, terlama 6 hari" in words
    assert "/wilayah/61.12/tanya-jawab/" in reader("stranger").get("/wilayah/61.12/").content.decode()
    assert reader("stranger").get("/wilayah/99.99/tanya-jawab/").status_code == 404


def test_programs_ask_the_same(people, reader):
    proposal, client = make.proposal(), reader("resident")
    question = said(proposal, people.resident)
    row = client.get(f"/api/v1/proposals/{proposal.pk}/comments/").json()["results"][0]
    assert (row["waiting"], row["question"]["role"], row["question"]["answer"]) == (False, "village_head", None)
    assert client.post("/api/v1/follows/", {"region": "61.12"}, content_type="application/json").status_code == 200
    (kept,) = client.get("/api/v1/follows/").json()["results"]
    assert client.delete(f"/api/v1/follows/{kept['id']}/").status_code == 204
    answered(question, people.village_head)
    told = client.get("/api/v1/inbox/").json()
    assert (told["unread"], told["results"][0]["kind"]) == (1, "answer")
    assert client.post("/api/v1/inbox/").status_code == 204
    assert (
        reader("neighbour").post(f"/api/v1/comments/{question.pk}/report/", {"reason": "insult"}, content_type="application/json").status_code == 204
    )
    assert client.get("/api/v1/regions/61.12/talk/").json()["questions"]["answered"] == 1
    talk.hide_comment(comment_id=question.pk, actor=people.moderator, reason=REASON)
    assert (
        client.post(f"/api/v1/comments/{question.pk}/appeal/", {"words": "Ini pertanyaan biasa saja."}, content_type="application/json").status_code
        == 204
    )
    assert reader("stranger").get("/api/v1/inbox/").status_code == 401
    assert client.get("/api/v1/regions/99.99/talk/").status_code == 404
    assert appeal(comment_id=question.pk, actor=people.resident, words="Sekali lagi saya minta.").decided_at is None
