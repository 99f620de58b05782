"""Real questions in Indonesian, and what they must find: affixes, slips of spelling, places, numbers, phrases, exclusions."""

import pytest

from accounts.refusals import Invalid
from geo.models import Region
from proposals.filters import ProposalFilter
from proposals.lists import Listing, total_of
from proposals.models import Proposal, SearchWord, UnreadText
from proposals.search import meaning_of, vocabulary
from proposals.stages import Stage
from tests import cast, make

pytestmark = pytest.mark.django_db

ROAD, BRIDGE, DRAIN, WELL = (
    "Pembangunan jalan rabat beton Dusun Karya",
    "Perbaikan jembatan gantung",
    "Normalisasi saluran drainase",
    "Pengeboran sumur bor",
)
STROLL, WALL = "Taman untuk jalan-jalan warga", "Penurapan tepi parit"


@pytest.fixture(autouse=True)
def register(people):
    make.proposal(title=ROAD, problem="Jalan becek dan putus, anak sekolah terlambat.", locus="RT 03 RW 02", objective="")
    make.proposal(title=BRIDGE, village=cast.NEXT_VILLAGE, problem="Papan lapuk dan berlubang.", locus="Parit Haji", objective="")
    make.proposal(title=DRAIN, village=cast.FAR_VILLAGE, problem="Air meluap ke rumah.", locus="Gang Melati", objective="Tidak banjir lagi.")
    make.proposal(title=WELL, village=cast.FAR_VILLAGE, problem="Warga membeli air bersih.", locus="", objective="")
    make.proposal(title=STROLL, problem="Belum ada taman bermain.", locus="", objective="")
    make.proposal(title=WALL, problem="Tanah longsor.", locus="", objective="")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("membangun", {ROAD}),
        ("dibangun", {ROAD}),
        ("bangunan", {ROAD}),
        ("memperbaiki", {BRIDGE}),
        ("diperbaiki jembatan", {BRIDGE}),
        ("turap", {WALL}),
        ("bor", {WELL}),
        ("jalan", {ROAD, STROLL}),
        ("jalan-jalan", {ROAD, STROLL}),
        ("jln beton", {ROAD}),
        ("drainse", {DRAIN}),
        ("darinase", {DRAIN}),
        ("jmbatan", {BRIDGE}),
        ("jemb", {BRIDGE}),
        ("JEMBATAN GANTUNG", {BRIDGE}),
        ("banjir di rumah", {DRAIN}),
        ("yang dan di", set()),
        ("jalan untuk warga", {STROLL}),
        ('"jalan rabat"', {ROAD}),
        ('"rabat jalan"', set()),
        ("jalan -beton", {STROLL}),
        ('jalan -"rabat beton"', {STROLL}),
        ("-jalan", {BRIDGE, DRAIN, WELL, WALL}),
        ("RT.03", {ROAD}),
        ("rt 3", {ROAD}),
        ("arang", {BRIDGE}),
        ("jembatan arang", {BRIDGE}),
        ("jembatan desa arang", {BRIDGE}),
        ("jembatan kec. sungai raya", {BRIDGE}),
        ("saluran sungai kakap", {DRAIN}),
        ("saluran sungi kakap", {DRAIN}),
        ("saluran sei kakap", {DRAIN}),
        ("saluran sungai raya", set()),
        ("saluran kubu raya", {DRAIN}),
        ("6112-2028-0002", {BRIDGE}),
        ("6112-2028", {ROAD, BRIDGE, DRAIN, WELL, STROLL, WALL}),
        ("6112-2028-9999", set()),
        ("pesawat terbang", set()),
        ("'; & | ! ( ) :* <->", set()),
        ("jalan & ! | :*", {ROAD, STROLL}),
        ("jalan') | ('sumur", set()),
        ("🛣️", set()),
        ("\u202ejembatan\u200f", {BRIDGE}),
    ],
)
def test_a_question_finds_what_it_means(titles, typed, found):
    assert set(titles(typed)) == found


def test_a_word_in_the_title_comes_before_the_same_word_in_the_text(titles):
    make.proposal(title="Pagar sekolah", problem="Jembatan kecil di depan pagar.", locus="", objective="")
    assert titles("jembatan") == [BRIDGE, "Pagar sekolah"]


def test_what_was_corrected_is_told_and_quotes_take_it_as_typed():
    meaning = meaning_of("perbaikan drainse")
    assert meaning.corrected == {"drainse": "drainase"}
    assert (meaning.used, meaning.literal) == ("perbaikan drainase", 'perbaikan "drainse"')
    assert meaning_of(meaning.literal).corrected == {}


def test_a_rare_word_that_somebody_wrote_is_never_corrected(titles):
    make.proposal(title="Drainas model lama")
    assert "Drainas model lama" in titles("drainas")


def test_a_word_of_this_minute_is_known_before_anybody_read_it_and_after():
    make.proposal(title="Gazebo apung")
    assert UnreadText.objects.exists()
    assert meaning_of("gazbo").corrected == {"gazbo": "gazebo"}
    assert vocabulary.read_waiting()
    assert not UnreadText.objects.exists()
    assert SearchWord.objects.get(word="gazebo").occurrences == 1
    assert meaning_of("gazbo").corrected == {"gazbo": "gazebo"}


def test_the_words_of_a_draft_are_told_to_nobody():
    draft = make.proposal(stage=Stage.DRAFT, title="Rahasiakita", amount=None)
    vocabulary.read_waiting()
    assert not SearchWord.objects.filter(word="rahasiakita").exists()
    assert meaning_of("rahasiakta").corrected == {}
    Proposal.objects.filter(pk=draft.pk).update(stage=Stage.VILLAGE, number="6112-2028-0900", amount=1)
    assert meaning_of("rahasiakta").corrected == {"rahasiakta": "rahasiakita"}


def test_reading_anew_forgets_words_that_nobody_writes_any_more_but_no_place():
    made = make.proposal(title="Gazebo apung")
    vocabulary.read_waiting()
    Proposal.objects.filter(pk=made.pk).update(title="Saung apung")
    vocabulary.read_anew()
    known = set(SearchWord.objects.values_list("word", flat=True))
    assert {"saung", "kapur", "kakap"} <= known
    assert "gazebo" not in known


def test_a_changed_text_is_found_by_its_new_words_at_once_and_a_deleted_one_by_none(titles):
    made = make.proposal(title="Gazebo apung")
    Proposal.objects.filter(pk=made.pk).update(title="Saung apung")
    assert titles("saung") == ["Saung apung"]
    assert titles('"gazebo"') == []
    Proposal.objects.filter(pk=made.pk).delete()
    assert titles("saung") == []


def test_a_region_that_gets_a_name_is_a_word_at_once():
    Region.objects.filter(pk=cast.UNDRAWN_VILLAGE).update(name="Wanasari")
    assert meaning_of("wanasri").corrected == {"wanasri": "wanasari"}


def test_words_beyond_the_longest_question_are_told_not_dropped_in_silence():
    words = [f"kata{letter}" for letter in "abcdefghijklmn"]
    assert meaning_of(" ".join(words)).left_out == ("katam", "katan")


def test_ten_thousand_signs_are_an_error_of_the_field():
    with pytest.raises(Invalid) as refusal:
        ProposalFilter({"q": "jalan " * 2000}, queryset=Proposal.objects.public()).or_refuse()
    assert set(refusal.value.fields or {}) == {"q"}


@pytest.mark.parametrize("typed", ["jembatan gantung", "drainse sungi kakap", 'jalan "rabat beton" -sekolah 6112-2028 rt.03'])
def test_a_search_takes_at_most_four_questions_beside_count_and_rows(typed, django_assert_max_num_queries):
    filters = ProposalFilter({"q": typed}, queryset=Proposal.objects.public().for_cards()).or_refuse()
    with django_assert_max_num_queries(6):
        list(Listing(filters).rows)


def test_the_count_is_the_number_of_rows(titles):
    for typed in ("jalan", "air", "drainse", "-jalan", "zzz"):
        filters = ProposalFilter({"q": typed}, queryset=Proposal.objects.public()).or_refuse()
        assert total_of(filters).number == len(titles(typed)) == ProposalFilter({"q": typed}, queryset=Proposal.objects.public()).asked().count()
