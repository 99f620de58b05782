"""What a page says first: what is open now, who decides next, why it ended, what was recommended."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import Residency
from frontend.road import season_of, year_of
from geo.models import Region
from proposals import services
from proposals.models import Proposal
from proposals.stages import Stage
from tests import cast, make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def windows(cycle, **ends: int):
    """The windows of a cycle, each ending so many days from now; a stage that is not named has no time yet."""
    now = clock.now()
    for window in cycle.windows.all():
        days = ends.get(window.stage)
        window.opens_at = None if days is None else now - 30 * DAY
        window.closes_at = None if days is None else now + days * DAY
        window.save()
    return list(cycle.windows.all())


def test_several_open_stages_are_all_told_as_now_and_the_first_to_close_is_named(people):
    cycle = make.cycle()
    found = season_of(windows(cycle, village=5, subdistrict=9, agency=3, works=90))
    assert [window.stage for window in found.open] == ["village", "subdistrict", "agency"], "works are not the present of a year that decides"
    assert found.closing.stage == "agency"
    assert [post.state for post in year_of(cycle)] == ["now", "now", "now", "ahead", "ahead", "ahead", "ahead"]


def test_between_two_stages_nothing_is_called_open(people):
    cycle = make.cycle()
    found = season_of(windows(cycle, village=-1))
    assert (found.open, found.closing, found.next.stage) == ([], None, "subdistrict")
    assert [post.state for post in year_of(cycle)][:2] == ["past", "ahead"]


def test_an_open_proposal_says_who_decides_next_and_until_when(reader):
    made = make.proposal(stage=Stage.SUBDISTRICT)
    standing = reader("stranger").get(f"/usulan/{made.number}/").context["standing"]
    assert standing.kind == "waits"
    assert standing.deciders
    assert standing.until > clock.now()


def test_a_refused_proposal_tells_its_sentence_before_anything_else(reader, people):
    made = make.proposal()
    sentence = "Lahan masih dipersengketakan dua keluarga sampai tahun depan."
    services.move(
        proposal_id=made.pk,
        name="reject",
        actor=people.village_head,
        version=made.version,
        reason=sentence,
        reason_code="LAND_NOT_CLEAR",
        responsible="Desa",
    )
    text = reader("stranger").get(f"/usulan/{made.number}/").content.decode()
    assert text.index(sentence) < text.index('class="pictures"')


def test_where_support_has_ended_a_stranger_is_not_asked_to_sign_in_for_it(reader):
    running, ended = make.cycle(plan_year=2028), make.cycle(plan_year=2027, support_closes_at=clock.now() - DAY)
    offers = "Masuk untuk mendukung"
    told = [reader("stranger").get(f"/usulan/{make.proposal(of=cycle).number}/").content.decode() for cycle in (running, ended)]
    assert [offers in text for text in told] == [True, False]


def test_levels_that_all_recommend_what_was_asked_are_one_sentence_and_no_bars(reader, people):
    made = make.proposal(stage=Stage.DRAFT, author=people.facilitator)
    services.submit(proposal_id=made.pk, actor=people.facilitator, version=made.version)
    services.move(proposal_id=made.pk, name="forward", actor=people.village_head, version=Proposal.objects.get(pk=made.pk).version)
    answer = reader("stranger").get(f"/usulan/{Proposal.objects.get(pk=made.pk).number}/")
    assert len(answer.context["rungs"]) == 2
    assert 'class="asked"' not in answer.content.decode()


def test_a_region_is_found_by_its_name_in_the_filter_and_the_other_filters_stay(reader):
    client = reader("stranger")
    village = make.proposal().village
    answer = client.get("/usulan/", {"region": f" {village.title.upper()} ", "stage": "village"})
    assert answer.status_code == 302
    assert set(answer["Location"].removeprefix("/usulan/?").split("&")) == {f"region={village.pk}", "stage=village"}


def test_a_name_that_several_regions_bear_is_offered_to_choose_from(reader):
    kecamatan = Region.objects.get(pk=cast.SUBDISTRICT)
    Region.objects.filter(pk=cast.VILLAGE).update(name=kecamatan.name, search_text=kecamatan.search_text)
    answer = reader("stranger").get("/usulan/", {"region": kecamatan.name})
    assert answer.status_code == 200
    assert {cast.SUBDISTRICT, cast.VILLAGE} <= {region.pk for region, _address in answer.context["places"]}
    assert answer.context["page"].rows == []


def test_a_name_that_no_region_bears_is_told_beside_the_field(reader):
    answer = reader("stranger").get("/usulan/", {"region": "zzqxw"})
    assert answer.status_code == 400
    assert "zzqxw" in answer.context["meant"].error


def test_a_residency_is_refused_on_the_desk_with_its_reason(reader, people):
    claim = Residency.objects.get(user=people.newcomer, status=Residency.Status.PENDING)
    client = reader("facilitator")
    assert f'action="/akun/domisili/{claim.pk}/"' in client.get("/kerja/").content.decode()
    answer = client.post(f"/akun/domisili/{claim.pk}/", {"verb": "refuse", "reason": "Sudah pindah ke kota tahun lalu.", "from": "work"})
    claim.refresh_from_db()
    assert (answer.status_code, answer["Location"], claim.status) == (303, "/kerja/", "refused")
