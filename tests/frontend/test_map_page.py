"""The map page as it leaves the server: the picture, the list and the filters work before any script arrives."""

import pytest
from django.test import Client

from proposals.stages import Outcome, Stage
from tests import cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(people) -> Client:
    return Client()


def _text(answer) -> str:
    return answer.content.decode()


def test_the_map_names_every_region_with_its_count_since_the_list_is_the_accessible_map(reader):
    make.proposals(3)
    make.proposal(village=cast.FAR_VILLAGE, stage=Stage.WORKS, outcome=Outcome.FUNDED)
    answer = reader.get("/peta/")
    assert answer.status_code == 200
    assert f'href="/peta/?region={cast.SUBDISTRICT}"' in _text(answer)
    assert answer.context["atlas"].total == 4
    assert [bubble["count"] for bubble in answer.context["atlas"].bubbles] == [3, 1]


def test_what_is_meant_for_a_whole_kabupaten_is_in_its_total_though_no_bubble_below_holds_it(reader):
    """Else the map promises one number and the list behind it shows another."""
    make.proposal()
    make.proposal(village=cast.HOME, title="Pemenuhan air minum", outcome=Outcome.FUNDED)
    answer = reader.get("/peta/")
    atlas = answer.context["atlas"]
    assert (atlas.total, atlas.funded, atlas.own) == (2, 1, 1)
    assert "Dan 1 usulan untuk Kabupaten" in _text(answer)


def test_the_picture_is_drawn_on_the_server_for_who_has_no_scripts(reader):
    make.proposal()
    page = _text(reader.get("/peta/"))
    assert '<svg class="atlas-picture"' in page
    assert '<path d="M' in page


def test_numbers_in_the_picture_keep_their_dots_in_indonesian(reader):
    make.proposal()
    picture = _text(reader.get("/peta/")).split('<svg class="atlas-picture"')[1].split("</svg>")[0]
    assert 'cx="' in picture
    assert not [part for part in picture.split('"') if part.replace(",", "").isdigit() and "," in part]


def test_a_village_lists_its_own_proposals_because_there_is_nothing_below_it(reader):
    mine, other = make.proposal(), make.proposal(village=cast.NEXT_VILLAGE, title="Sumur bor di Arang")
    page = _text(reader.get(f"/peta/?region={cast.VILLAGE}"))
    assert mine.number in page
    assert other.title not in page


def test_filters_narrow_the_list_and_stay_in_every_link(reader):
    make.proposal(sector="road")
    make.proposal(sector="water", village=cast.NEXT_VILLAGE)
    answer = reader.get("/peta/?sector=water&stage=&q=")
    assert answer.context["atlas"].total == 1
    assert f"?region={cast.SUBDISTRICT}&amp;sector=water" in _text(answer)


def test_a_wrong_filter_says_so_and_breaks_nothing(reader):
    answer = reader.get("/peta/?stage=atas&region=99.99")
    assert answer.status_code == 200
    assert 'class="error"' in _text(answer)


def test_drafts_are_nowhere_on_the_map(reader):
    draft = make.proposal(stage=Stage.DRAFT)
    answer = reader.get(f"/peta/?region={cast.VILLAGE}")
    assert answer.context["atlas"].total == 0
    assert str(draft.pk) not in _text(answer)


def test_a_village_without_a_boundary_says_so_and_counts_all_the_same(reader):
    make.proposal(village=cast.UNDRAWN_VILLAGE)
    answer = reader.get(f"/peta/?region={cast.SUBDISTRICT}")
    assert answer.context["atlas"].total == 1
    assert [bubble["name"] for bubble in answer.context["atlas"].unplaced] == ["Mekar"]


def test_the_fragment_is_the_list_alone_for_the_script_that_swaps_it(reader):
    make.proposal()
    page = _text(reader.get(f"/peta/?region={cast.SUBDISTRICT}&fragment=list"))
    assert page.lstrip().startswith("<div data-places")
    assert f'data-region="{cast.SUBDISTRICT}"' in page
    assert "fragment" not in page


def test_a_title_cannot_bring_markup_into_the_list(reader):
    make.proposal(title="<script>alert(1)</script> jalan")
    assert "<script>alert" not in _text(reader.get(f"/peta/?region={cast.VILLAGE}"))


def test_the_page_asks_the_database_as_often_for_many_proposals_as_for_one(reader, django_assert_max_num_queries):
    make.proposal()
    make.proposals(30)
    with django_assert_max_num_queries(14):
        reader.get("/peta/")


def test_an_empty_country_is_told_with_what_to_do(reader):
    page = _text(reader.get(f"/peta/?region={cast.VILLAGE}"))
    assert 'class="empty"' in page


def test_regions_are_coloured_with_a_legend_in_words_and_numbers_before_scripts(reader):
    make.proposals(3)
    make.proposal(village=cast.FAR_VILLAGE, outcome=Outcome.FUNDED, stage=Stage.WORKS)
    page = _text(reader.get("/peta/?layer=share"))
    assert "Bagian yang didanai" in page
    assert 'class="band-0"' in page
    assert "100%" in page
    assert f'data-row="{cast.OTHER_SUBDISTRICT}" data-band="1" data-value="100%"' in page


def test_people_who_were_not_counted_are_no_data(reader):
    make.proposal()
    page = _text(reader.get("/peta/?layer=asked&per=household"))
    assert 'data-band="none" data-value="belum ada data"' in page


def test_every_place_leads_to_its_list_with_the_same_filters(reader):
    make.proposals(2, sector="road")
    make.proposal(sector="water")
    page = _text(reader.get(f"/peta/?region={cast.SUBDISTRICT}&sector=road&layer=count&per=person&at=-0.1,109.4,11"))
    address = page.split("data-all")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "layer" not in address
    listed = reader.get(address.replace("&amp;", "&"))
    assert listed.status_code == 200
    assert "2 usulan" in page


def test_a_year_in_which_nothing_was_asked_for_still_stands_on_the_slider(reader):
    make.proposal()
    answer = reader.get("/peta/", {"plan_year": "2041", "region": cast.HOME})
    assert 2041 in answer.context["years"]
    assert 2041 not in reader.get("/peta/", {"region": cast.HOME}).context["years"]


def test_a_year_that_is_none_is_told_and_breaks_nothing(reader):
    assert reader.get("/peta/", {"plan_year": "kemarin", "region": cast.HOME}).status_code in {200, 400}


def test_each_plan_year_has_a_link_where_there_is_no_slider(reader):
    make.proposal()
    make.proposal(of=make.cycle(plan_year=2027))
    page = _text(reader.get("/peta/?sector=road"))
    assert f"?sector=road&amp;region={cast.HOME}&amp;plan_year=2027" in page
    assert 'type="range" min="0" max="2"' in page


def test_a_village_is_found_by_its_name_and_leaves_the_words_behind(reader):
    make.proposal()
    page = _text(reader.get("/peta/?q=kapur&sector=road"))
    assert f'?region={cast.VILLAGE}&amp;sector=road" data-region="{cast.VILLAGE}" data-clear="q"' in page


def test_the_whole_country_is_a_place_too(reader):
    make.proposal()
    make.proposal(village=cast.FOREIGN_VILLAGE)
    answer = reader.get("/peta/?region=indonesia")
    assert answer.context["atlas"].total == 2
    assert 'href="/peta/?region=61"' in _text(answer)
    assert 'href="/usulan/?"' in _text(answer)


def test_paper_has_the_picture_and_the_list_beside_it(reader):
    make.proposals(2)
    page = _text(reader.get("/peta/?layer=count&sector=road&print=1"))
    assert '<svg class="atlas-picture"' in page
    assert "<table>" in page
    assert "Jalan dan jembatan" in page
    assert "<script" not in page


def test_the_page_says_whose_moment_its_counts_are(reader):
    assert "Keadaan" in _text(reader.get("/peta/"))


def test_queries_stay_the_same_however_much_there_is(reader, django_assert_max_num_queries):
    make.proposals(2)
    with django_assert_max_num_queries(14):
        reader.get("/peta/?layer=asked&per=person")
    make.proposals(9, village=cast.FAR_VILLAGE)
    with django_assert_max_num_queries(14):
        reader.get("/peta/?layer=asked&per=person")
