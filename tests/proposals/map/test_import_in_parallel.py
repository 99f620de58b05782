"""One file imported twice at the same time comes in once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from proposals import sheets, tallies
from proposals.models import Proposal
from proposals.services.importing import Report, import_sheet
from tests import cast
from tests.proposals.map import plain


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_imports_finds_the_rows_of_the_first(tmp_path: Path) -> None:
    cast.country()
    path = tmp_path / "usulan.csv"
    lines = [f"{row},Rabat beton gang {row},Becek,100 m,10000000,Diakomodir" for row in range(40)]
    path.write_text("\n".join(["id_usulan,usulan,permasalahan,koefisien,anggaran,keterangan", *lines]))
    sheet = sheets.read(path)

    def run() -> Report:
        try:
            return import_sheet(sheet=sheet, village_code=cast.VILLAGE, plan_year=2028)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        reports = [job.result() for job in [pool.submit(run) for _ in range(3)]]
    assert sorted(report.count("created") for report in reports) == [0, 0, 40]
    assert Proposal.objects.count() == 40
    assert len(set(Proposal.objects.values_list("number", flat=True))) == 40
    tallies.fold()
    assert plain.stored() == plain.cells()
