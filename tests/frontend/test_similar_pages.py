"""Pages of proposals that look alike: before sending, beside each other, the officials' list, what may be paid twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals import services
from proposals.models import Proposal, Resemblance
from proposals.similar import pairing
from proposals.stages import Outcome, Stage
from proposals.words import Channel
from tests import cast, make
from tests.proposals import told

pytestmark = pytest.mark.django_db
DIFFERENCE = "Yang ini gang ke sekolah, yang itu gang ke dermaga."


@pytest.fixture
def road(people):
    return make.dictionary_entry(of=make.open_cycle())


@pytest.fixture
def pair(road):
    found = (
        make.proposal(dictionary_entry=road, title="Rabat beton Gang Mawar"),
        make.proposal(dictionary_entry=road, title="Rabat beton Gang Melati"),
    )
    pairing.find_pairs([found[0].pk])
    return found


def text(answer) -> str:
    return answer.content.decode()


class TestBeforeSending:
    """The draft's own page names what is near, and takes the answer without scripts."""

    @pytest.fixture
    def draft(self, people, road):
        return told.draft(people.facilitator, dictionary_entry=road.code)

    def address(self, draft) -> str:
        return f"/usulan/{draft.pk}/periksa/"

    def answer(self, reader, draft, other, **fields):
        sent = {"other": str(other.pk), "seen": "", "back": "check", "verdict": "different", "difference": DIFFERENCE, **fields}
        return reader("facilitator").post(f"/usulan/{draft.pk}/serupa/", sent)

    def test_a_waiting_answer_takes_the_place_of_the_button(self, reader, draft, road):
        assert 'data-busy="' in text(reader("facilitator").get(self.address(draft)))
        other = make.proposal(dictionary_entry=road, title="Rabat beton Gang Mawar")
        page = reader("facilitator").get(self.address(draft))
        assert page.context["unanswered"] == 1
        assert other.title in text(page)
        assert 'href="#serupa"' in text(page)

    def test_sending_all_the_same_is_refused_with_the_names(self, reader, draft, road):
        other = make.proposal(dictionary_entry=road)
        refused = reader("facilitator").post(self.address(draft), {"version": "1"})
        assert refused.status_code == 409
        assert other.number in text(refused)

    def test_an_answer_opens_the_way(self, reader, draft, road):
        other = make.proposal(dictionary_entry=road)
        answered = self.answer(reader, draft, other)
        assert (answered.status_code, answered["Location"]) == (303, self.address(draft) + "#serupa")
        page = reader("facilitator").get(self.address(draft))
        assert page.context["unanswered"] == 0
        assert DIFFERENCE in text(page)
        assert reader("facilitator").post(self.address(draft), {"version": "1"}).status_code == 302

    def test_a_refused_answer_keeps_what_was_typed(self, reader, draft, road):
        refused = self.answer(reader, draft, make.proposal(dictionary_entry=road), difference="beda <b>")
        assert refused.status_code == 400
        assert "beda &lt;b&gt;</textarea>" in text(refused)
        assert 'value="different"' in text(refused)
        assert "checked" in text(refused)

    def test_weaker_likenesses_are_only_shown(self, reader, people):
        make.proposal(title="Perbaikan jalan Dusun Karya", sector="road")
        page = reader("facilitator").get(self.address(told.draft(people.facilitator)))
        assert len(page.context["similar"]) == 1
        assert page.context["unanswered"] == 0
        assert 'href="#serupa"' not in text(page)

    def test_a_judgement_about_a_draft_is_told_to_nobody_else(self, reader, draft, road):
        other = make.proposal(dictionary_entry=road)
        self.answer(reader, draft, other)
        assert DIFFERENCE not in text(reader("planner").get(f"/usulan/{other.number}/"))
        assert reader("planner").get(f"/usulan/{other.number}/banding/{draft.pk}/").status_code == 404
        assert reader("planner").post(f"/usulan/{draft.pk}/serupa/", {"other": str(other.pk), "verdict": "same"}).status_code == 404

    def test_the_page_asks_as_often_for_many_as_for_one(self, reader, draft, django_assert_num_queries, road):
        make.proposal(dictionary_entry=road)
        client = reader("facilitator")
        client.get(self.address(draft))
        with CaptureQueriesContext(connection) as few:
            client.get(self.address(draft))
        make.proposals(8, of=make.open_cycle(), dictionary_entry=road)
        with django_assert_num_queries(len(few)):
            client.get(self.address(draft))


class TestBesideEachOther:
    """Two proposals, field by field."""

    def test_what_differs_is_marked_by_a_word(self, reader, pair):
        page = reader("stranger").get(f"/usulan/{pair[0].number}/banding/{pair[1].number}/")
        rows = {row.name: row.differs for row in page.context["rows"]}
        assert page.status_code == 200
        assert rows["Desa"] is False
        Proposal.objects.filter(pk=pair[1].pk).update(locus="Dusun lain")
        again = reader("stranger").get(f"/usulan/{pair[0].number}/banding/{pair[1].number}/")
        assert "berbeda" in text(again)
        assert {row.name for row in again.context["rows"] if row.differs} == {"Keterangan tempat"}

    def test_a_visitor_reads_and_is_asked_to_sign_in_before_saying_anything(self, reader, pair):
        page = reader("stranger").get(f"/usulan/{pair[0].number}/banding/{pair[1].number}/")
        assert page.context["form"] is None
        assert "/akun/masuk/?next=" in text(page)
        posted = reader("stranger").post(f"/usulan/{pair[0].number}/serupa/", {"other": str(pair[1].pk), "verdict": "same"})
        assert posted["Location"].startswith("/akun/masuk/")

    def test_an_official_says_what_they_are_and_it_stands_on_both_pages(self, reader, pair):
        sent = {"other": str(pair[1].pk), "seen": "", "back": "compare", "verdict": "different", "difference": DIFFERENCE}
        said = reader("planner").post(f"/usulan/{pair[0].number}/serupa/", sent, follow=True)
        assert DIFFERENCE in text(said)
        for proposal in pair:
            assert DIFFERENCE in text(reader("stranger").get(f"/usulan/{proposal.number}/"))

    def test_of_two_officials_the_second_sees_what_the_first_said(self, reader, pair, people):
        services.judge_resemblance(proposal_id=pair[0].pk, other_id=pair[1].pk, actor=people.second_planner, verdict="same")
        sent = {"other": str(pair[1].pk), "seen": "", "back": "compare", "verdict": "different", "difference": DIFFERENCE}
        refused = reader("planner").post(f"/usulan/{pair[0].number}/serupa/", sent)
        assert refused.status_code == 409
        assert f"{DIFFERENCE}</textarea>" in text(refused)
        assert f'name="seen" value="{Resemblance.objects.get().pk}"' in text(refused), "sent again, it is said on purpose"

    def test_who_decides_finds_the_merge_with_its_target_filled_in(self, reader, pair):
        page = reader("village_head").get(f"/usulan/{pair[0].number}/banding/{pair[1].number}/")
        assert [form.initial["target"] for form in page.context["merges"]] == [pair[1].number, pair[0].number]
        assert reader("planner").get(f"/usulan/{pair[0].number}/banding/{pair[1].number}/").context["merges"] == []

    @pytest.mark.parametrize("place", [None, cast.point_in(cast.VILLAGE)])
    def test_places_are_drawn_where_there_are_any(self, reader, road, place):
        one, other = make.proposal(location=place), make.proposal(location=None, dictionary_entry=road)
        page = reader("stranger").get(f"/usulan/{one.number}/banding/{other.number}/")
        assert (page.context["drawing"] is None) is (place is None)

    @pytest.mark.parametrize("second", ["6112-2028-9999", "x", "00000000-0000-0000-0000-000000000000"])
    def test_what_does_not_exist_is_not_compared(self, reader, pair, second):
        assert reader("stranger").get(f"/usulan/{pair[0].number}/banding/{second}/").status_code == 404

    def test_one_with_itself_is_one(self, reader, pair):
        assert reader("stranger").get(f"/usulan/{pair[0].number}/banding/{pair[0].pk}/").status_code == 303

    @pytest.mark.parametrize("sent", [{}, {"other": "x"}, {"other": "00000000-0000-0000-0000-000000000000", "verdict": "same"}])
    def test_an_answer_about_nothing_is_refused(self, reader, pair, sent):
        assert reader("planner").post(f"/usulan/{pair[0].number}/serupa/", sent).status_code in (400, 404)


class TestTheOfficialsList:
    """Pairs in one's own regions, worst first."""

    @pytest.mark.parametrize(
        ("name", "seen"),
        [("planner", True), ("village_head", True), ("subdistrict_officer", True), ("other_subdistrict_officer", False), ("foreign_planner", False)],
    )
    def test_an_office_sees_the_pairs_of_its_region(self, reader, pair, name, seen):
        assert (pair[0].title in text(reader(name).get("/kerja/serupa/"))) is seen

    def test_a_citizen_sees_an_empty_list_and_a_stranger_signs_in(self, reader, pair):
        assert pair[0].title not in text(reader("resident").get("/kerja/serupa/"))
        assert reader("stranger").get("/kerja/serupa/")["Location"].startswith("/akun/masuk/")

    def test_judged_pairs_leave_it_and_are_found_under_their_verdict(self, reader, pair, people):
        services.judge_resemblance(proposal_id=pair[0].pk, other_id=pair[1].pk, actor=people.planner, verdict="same")
        assert pair[0].title not in text(reader("planner").get("/kerja/serupa/"))
        assert pair[0].title in text(reader("planner").get("/kerja/serupa/?verdict=same"))
        assert pair[0].title not in text(reader("planner").get("/kerja/serupa/?verdict=different"))

    @pytest.mark.parametrize(
        ("kind", "seen"), [("", True), ("year", True), ("pokir", False), ("agency", False), ("funded", False), ("nonsense", True)]
    )
    def test_filters_ask_about_channels_years_and_money(self, reader, pair, kind, seen):
        assert (pair[0].title in text(reader("planner").get(f"/kerja/serupa/?kind={kind}"))) is seen
        Proposal.objects.filter(pk=pair[0].pk).update(channel=Channel.COUNCIL)
        assert (pair[0].title in text(reader("planner").get("/kerja/serupa/?kind=pokir"))) is True

    def test_the_desk_leads_there(self, reader):
        assert "/kerja/serupa/" in text(reader("planner").get("/kerja/"))

    def test_pages_go_on_and_cost_the_same(self, reader, road, django_assert_num_queries):
        client = reader("planner")
        rows = make.proposals(9, of=make.open_cycle(), dictionary_entry=road)
        pairing.find_pairs([rows[0].pk])
        with CaptureQueriesContext(connection) as few:
            client.get("/kerja/serupa/")
        pairing.find_pairs([row.pk for row in rows])
        with django_assert_num_queries(len(few)):
            page = client.get("/kerja/serupa/")
        assert len(page.context["page"].rows) == 20
        assert len(client.get(page.context["page"].next).context["page"].rows) == 16, "nine make thirty-six pairs"


@pytest.mark.usefixtures("suspect")
class TestPaidTwice:
    """Everybody's list."""

    @pytest.fixture
    def suspect(self, road):
        make.proposal(dictionary_entry=road, stage=Stage.WORKS, outcome=Outcome.FUNDED, title="Rabat beton yang didanai")
        pokir = make.proposal(dictionary_entry=road, channel=Channel.COUNCIL, title="Rabat beton pokir", sponsor="Fraksi Contoh")
        pairing.find_pairs([pokir.pk])

    def test_a_funded_work_that_a_council_member_asks_for_again_is_listed(self, reader):
        page = text(reader("stranger").get("/pembangunan/ganda/"))
        assert "Rabat beton yang didanai" in page
        assert "Fraksi Contoh" in page

    @pytest.mark.parametrize(("region", "count"), [(cast.HOME, 1), (cast.VILLAGE, 1), (cast.ELSEWHERE, 0), ("Kapur", 1)])
    def test_it_is_counted_for_a_region(self, reader, region, count):
        assert reader("stranger").get("/pembangunan/ganda/", {"region": region}).context["page"].total == count

    @pytest.mark.parametrize("region", ["99.99", "nowhere", "'"])
    def test_an_unknown_region_says_so(self, reader, region):
        assert reader("stranger").get("/pembangunan/ganda/", {"region": region}).status_code == 404

    def test_nothing_wider_than_a_kabupaten_is_walked_through_for_a_few_pairs(self, reader):
        assert reader("stranger").get("/pembangunan/ganda/", {"region": "61"}).status_code == 400

    def test_the_works_and_the_region_lead_there(self, reader):
        assert "/pembangunan/ganda/" in text(reader("stranger").get("/pembangunan/"))
        assert f"/pembangunan/ganda/?region={cast.HOME}" in text(reader("stranger").get(f"/wilayah/{cast.HOME}/"))


def test_the_form_carries_what_the_script_needs(reader, road):
    page = text(reader("facilitator").get("/usulan/baru/"))
    assert 'data-module="similar"' in page
    assert "/api/v1/proposals/similar/" in page
