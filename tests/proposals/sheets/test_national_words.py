"""The national words name the step a proposal WAITS in, and each figure of the recap follows from them."""

import pytest

from proposals.sheets import sipd
from proposals.sheets.cells import place_of
from proposals.sheets.sipd import Answered, Counted, recap_of, status_of
from proposals.stages import Outcome, Stage

WAITING = "Diteruskan ke Musrenbang Kecamatan"
FORUM = "Diteruskan ke Forum SKPD"
DISTRICT = "Diteruskan ke Musrenbang Provinsi/Kabupaten/Kota"


@pytest.mark.parametrize(
    ("stage", "outcome", "words"),
    [
        (Stage.VILLAGE, Outcome.OPEN, ""),
        (Stage.VILLAGE, Outcome.REJECTED, "||Ditolak"),
        (Stage.SUBDISTRICT, Outcome.OPEN, WAITING),
        (Stage.SUBDISTRICT, Outcome.RESERVED, WAITING),
        (Stage.SUBDISTRICT, Outcome.RETURNED, WAITING),
        (Stage.SUBDISTRICT, Outcome.REJECTED, WAITING + "||Ditolak"),
        (Stage.AGENCY, Outcome.OPEN, FORUM),
        (Stage.AGENCY, Outcome.REJECTED, FORUM + "||Ditolak"),
        (Stage.DISTRICT, Outcome.OPEN, DISTRICT),
        (Stage.DISTRICT, Outcome.REJECTED, DISTRICT + "||Ditolak"),
        (Stage.BUDGET, Outcome.OPEN, "Diakomodir"),
        (Stage.BUDGET, Outcome.NOT_FUNDED, "Tidak Diakomodir"),
        (Stage.WORKS, Outcome.FUNDED, "Diakomodir"),
        (Stage.DONE, Outcome.FUNDED, "Diakomodir"),
    ],
)
def test_the_status_names_the_waiting_step(stage: Stage, outcome: Outcome, words: str) -> None:
    assert status_of(stage, outcome) == words


@pytest.mark.parametrize("stage", [Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT])
@pytest.mark.parametrize("outcome", [Outcome.OPEN, Outcome.REJECTED])
def test_what_goes_out_as_a_status_comes_in_at_the_same_place(stage: Stage, outcome: Outcome) -> None:
    assert place_of(status_of(stage, outcome)) == (stage, outcome)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_place_has_words_that_the_import_knows(stage: Stage, outcome: Outcome) -> None:
    place_of(status_of(stage, outcome))


@pytest.mark.parametrize(
    ("stage", "outcome", "steps", "forwarded"),
    [
        (Stage.SUBDISTRICT, Outcome.OPEN, ((0, 0, 1), (1, 0, 0), (0, 0, 0)), 0),
        (Stage.SUBDISTRICT, Outcome.REJECTED, ((0, 0, 1), (0, 1, 0), (0, 0, 0)), 0),
        (Stage.AGENCY, Outcome.RESERVED, ((0, 0, 1), (0, 0, 1), (1, 0, 0)), 0),
        (Stage.AGENCY, Outcome.REJECTED, ((0, 0, 1), (0, 0, 1), (0, 1, 0)), 0),
        (Stage.DISTRICT, Outcome.OPEN, ((0, 0, 1), (0, 0, 1), (0, 0, 1)), 50),
        (Stage.DISTRICT, Outcome.REJECTED, ((0, 0, 1), (0, 0, 1), (0, 0, 1)), 50),
        (Stage.DONE, Outcome.FUNDED, ((0, 0, 1), (0, 0, 1), (0, 0, 1)), 50),
    ],
)
def test_a_proposal_stands_once_in_each_step_it_has_reached(stage, outcome, steps, forwarded) -> None:
    line = recap_of([Counted(stage, outcome, 1, 50)])
    assert (line.entered, line.forwarded_amount) == (1, forwarded)
    assert (line.partner, line.subdistrict, line.agency) == tuple(Answered(*step) for step in steps)


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [(Stage.VILLAGE, Outcome.OPEN), (Stage.VILLAGE, Outcome.REJECTED), (Stage.AGENCY, Outcome.WITHDRAWN), (Stage.DISTRICT, Outcome.MERGED)],
)
def test_what_was_not_submitted_or_is_gone_is_in_no_figure(stage: Stage, outcome: Outcome) -> None:
    assert recap_of([Counted(stage, outcome, 9, 900)]).figures() == (0,) * 11


def test_each_step_adds_up_to_what_the_step_before_forwarded() -> None:
    cells = [Counted(stage, outcome, 3 + place, 10) for place, stage in enumerate(Stage) for outcome in Outcome]
    line = recap_of(cells)
    assert sum((line.partner.waiting, line.partner.rejected, line.partner.forwarded)) == line.entered
    assert sum((line.subdistrict.waiting, line.subdistrict.rejected, line.subdistrict.forwarded)) == line.partner.forwarded
    assert sum((line.agency.waiting, line.agency.rejected, line.agency.forwarded)) == line.subdistrict.forwarded


def test_the_table_needs_no_database() -> None:
    assert "django" not in open(sipd.__file__).read()  # noqa: PTH123, SIM115
