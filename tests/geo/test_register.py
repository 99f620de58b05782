import csv
import gzip
import shutil
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from geo import register
from geo.codes import Level
from geo.models import Region, RegionPiece
from tests.geo.country import LISTED, SHARED, drawn, entries, founded, needs_real_files

DAY = date(2027, 1, 15)
COLUMNS = {Level.PROVINCE: (2, "provinces"), Level.DISTRICT: (5, "regencies"), Level.SUBDISTRICT: (8, "districts"), Level.VILLAGE: (13, "villages")}


def folder(path, listed=LISTED):
    """The four files of the package, with these regions."""
    path.mkdir(parents=True, exist_ok=True)
    for length, name in COLUMNS.values():
        with (path / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([["code", "name"], *([code, name] for code, name in listed.items() if len(code) == length)])
    return path


def without(*gone):
    return {code: name for code, name in LISTED.items() if code not in gone}


def loaded(path):
    out = StringIO()
    call_command("load_regions", source=path, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_says_what_it_brought_and_a_second_time_brings_nothing(tmp_path):
    source = folder(tmp_path / "package" / "data").parent
    first = loaded(source)
    assert "added 16, renamed 0, retired 0, back in force 0" in first
    assert "village            7" in first
    before = list(Region.objects.order_by("pk").values())
    assert "added 0, renamed 0, retired 0, back in force 0" in loaded(source)
    assert list(Region.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_each_region_knows_its_words_its_parent_and_its_decree():
    founded()
    village = Region.objects.get(pk="61.12.02.1003")
    assert (village.title, village.parent_id, village.level) == ("Kelurahan Limbung", "61.12.02", "village")
    assert (village.decree, village.valid_from, village.valid_until) == (register.DECREE, register.DECREE_DAY, None)
    assert village.search_text == "limbung | rasau jaya | kubu raya | kalimantan barat"
    assert Region.objects.get(pk="91.03.01").kind == "Distrik"


@pytest.mark.django_db
def test_what_the_decree_no_longer_lists_keeps_its_row_and_comes_back_without_the_date():
    founded()
    assert register.store(entries(without("61.12.01.2002")), day=DAY).retired == 1
    assert Region.objects.get(pk="61.12.01.2002").valid_until == DAY
    assert not Region.objects.in_force().filter(pk="61.12.01.2002").exists()
    assert register.store(entries(without("61.12.01.2002")), day=date(2028, 1, 1)).retired == 0
    assert Region.objects.get(pk="61.12.01.2002").valid_until == DAY
    assert register.store(entries(), day=DAY).revived == 1
    assert Region.objects.get(pk="61.12.01.2002").valid_until is None


@pytest.mark.django_db
def test_a_retired_village_holds_no_point_until_it_is_back_in_force(tmp_path):
    drawn(tmp_path)
    register.store(entries(without("61.12.01.2002")), day=DAY)
    assert not RegionPiece.objects.filter(region="61.12.01.2002").exists()
    assert Region.objects.get(pk="61.12.01.2002").boundary is not None
    register.store(entries(), day=DAY)
    assert RegionPiece.objects.filter(region="61.12.01.2002").exists()


@pytest.mark.django_db
def test_a_new_name_reaches_the_words_of_everything_below_it():
    founded()
    report = register.store(entries({**LISTED, "61.12.02": "Rasau Baru"}), day=DAY, decree="Kepmendagri 1/2027")
    assert (report.renamed, report.added) == (1, 0)
    assert "rasau baru" in Region.objects.get(pk="61.12.02.2002").search_text
    assert Region.objects.get(pk="61.12.02").decree == "Kepmendagri 1/2027"


@pytest.mark.django_db
def test_a_boundary_survives_a_new_register(tmp_path):
    drawn(tmp_path)
    before = Region.objects.get(pk="61.12.01.2001").boundary
    register.store(entries({**LISTED, "61.12.01.2001": "Sungai Raya Lama"}), day=DAY)
    assert Region.objects.get(pk="61.12.01.2001").boundary == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"61.12.03.2001": "Tanpa induk"}, "lies in no listed region"),
        ({"61.12.02.2009": "   "}, "61.12.02.2009 has no name"),
        ({"61.12.02.20x9": "Salah"}, "'61.12.02.20x9' is no code of a village"),
    ],
)
def test_a_register_that_cannot_be_true_is_refused_by_its_row_and_changes_nothing(tmp_path, change, words):
    with pytest.raises(CommandError, match=words):
        loaded(folder(tmp_path, {**LISTED, **change}))
    assert not Region.objects.exists()


@pytest.mark.django_db
def test_a_folder_without_the_files_is_refused_by_name(tmp_path):
    with pytest.raises(CommandError, match=r"provinces\.csv does not exist"):
        loaded(tmp_path)
    (tmp_path / "provinces.csv").write_text("kode,nama\n61,Kalimantan Barat\n")
    with pytest.raises(CommandError, match="the columns code and name are needed"):
        loaded(tmp_path)


@pytest.fixture(scope="module")
def whole_country(tmp_path_factory):
    path = tmp_path_factory.mktemp("register")
    for name, source in (("provinces", "wilayah_provinsi"), ("regencies", "wilayah_kabkota"), ("districts", "wilayah_kecamatan")):
        shutil.copy(SHARED / f"{source}.csv", path / f"{name}.csv")
    with gzip.open(SHARED / "wilayah_desa_kelurahan.csv.gz") as packed, (path / "villages.csv").open("wb") as file:
        shutil.copyfileobj(packed, file)
    return path


@needs_real_files
@pytest.mark.slow
@pytest.mark.django_db
def test_all_91599_regions_of_the_decree_load_with_their_own_names(whole_country):
    register.store(register.read(whole_country), day=DAY)
    assert {level.value: Region.objects.at(level).count() for level in Level} == {
        "province": 38, "district": 514, "subdistrict": 7285, "village": 83762,
    }  # fmt: skip
    with (whole_country / "regencies.csv").open() as file:
        named = {row["code"]: row["name"] for row in csv.DictReader(file)}
    assert {region.pk: region.title for region in Region.objects.at(Level.DISTRICT).light()} == named
