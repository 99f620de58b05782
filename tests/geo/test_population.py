"""Population comes from a file, whole or not at all: a half-loaded count would compare villages with nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from geo import population
from geo.models import Region
from tests import cast

pytestmark = pytest.mark.django_db
HEAD = "code,population,households,source,year\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    cast.country()
    return tmp_path / "penduduk.csv"


def test_figures_of_any_level_are_loaded_with_their_source_and_year(file: Path) -> None:
    file.write_text(f"{HEAD}{cast.HOME},609392,148.000,BPS,2024\n6112012001,1204,,Profil desa,2025\n", encoding="utf-8-sig")
    call_command("load_population", str(file))
    home, village = (Region.objects.get(pk=code) for code in (cast.HOME, cast.VILLAGE))
    assert (home.population, home.households, home.population_source, home.population_year) == (609392, 148000, "BPS", 2024)
    assert (village.population, village.households, village.population_year) == (1204, None, 2025)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("61.12.99.2001,10,2,BPS,2024", "no region with the code 61.12.99.2001"),
        ("sungai raya,10,2,BPS,2024", "no region code"),
        ("61.12,seribu,2,BPS,2024", "'seribu' is no number of population"),
        ("61.12,-5,2,BPS,2024", "'-5' is no number of population"),
        ("61.12,1.5,2,BPS,2024", "'1.5' is no number of population"),
        ("61.12,,2,BPS,2024", "population is empty"),
        ("61.12,10,11,BPS,2024", "11 households cannot be more than 10 people"),
        ("61.12,10,2,,2024", "a source"),
        ("61.12,10,2,BPS,24", "24 is no year"),
        ("61.12,9999999999,2,BPS,2024", "is no number of population"),
        (f"{cast.VILLAGE},8,2,BPS,2024", "stood already in line 2"),
    ],
)
def test_one_wrong_row_keeps_the_whole_file_out_and_is_named_by_its_line(file: Path, row: str, why: str) -> None:
    file.write_text(f"{HEAD}{cast.VILLAGE},1204,300,BPS,2024\n{row}\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        call_command("load_population", str(file))
    assert "line 3: " in str(refused.value)
    assert why in str(refused.value)
    assert not Region.objects.filter(population__isnull=False).exists()


def test_every_wrong_row_is_told_at_once(file: Path) -> None:
    file.write_text(HEAD + "".join(f"x{number},1,1,BPS,2024\n" for number in range(40)), encoding="utf-8")
    with pytest.raises(population.BadPopulation) as refused:
        population.load(file)
    assert len(refused.value.errors) == 40
    assert "and 10 more" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"code,population\n61.12,5\n", b"\xff\xfe\x00\x01", HEAD.encode()])
def test_a_file_that_is_no_such_table_says_so(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("load_population", str(file))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_population", str(tmp_path / "nowhere.csv"))
