"""Marks are written once and shown a hundred times: to every reader in their own words."""

from django.utils.translation import override

from frontend.templatetags import marks
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import Channel, Sector


def test_a_mark_speaks_the_readers_language_whoever_saw_it_first():
    asked = [(marks.stage, Stage.VILLAGE), (marks.outcome, Outcome.FUNDED), (marks.realisation, Realisation.DISPUTED)]
    asked += [(marks.sector, Sector.ROAD), (marks.channel, Channel.COUNCIL)]
    for mark, code in asked:
        with override("id"):
            indonesian = mark(code.value)
        with override("en"):
            english = mark(code.value)
        with override("id"):
            assert mark(code.value) == indonesian != english


def test_a_sector_that_is_none_says_so_and_takes_no_others_place():
    with override("en"):
        assert "No sector yet" in marks.sector("")
        assert "No sector yet" not in marks.sector(Sector.ROAD.value)
