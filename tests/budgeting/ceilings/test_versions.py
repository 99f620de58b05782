"""What was published stays readable, word for word, while somebody changes it and after."""

import pytest
from django.db import IntegrityError, transaction

from budgeting import selectors, services
from budgeting.models import CeilingVersion
from tests.budgeting.ceilings.conftest import MILLION, setting


def test_every_publication_keeps_its_figures_and_its_people(people, tree):
    changed = services.set_ceiling(actor=people.second_planner, **setting(tree.first, amount=310 * MILLION))
    services.publish_ceiling(actor=people.budget_team, ceiling_id=changed.pk)
    kept = CeilingVersion.objects.filter(ceiling=tree.first).order_by("number")
    assert [(one.number, one.amount, one.legal_basis, one.set_by) for one in kept] == [
        (1, 300 * MILLION, "Perbup 12/2027", people.planner),
        (2, 310 * MILLION, "Perbup 13/2027", people.second_planner),
    ]
    assert {one.published_by for one in kept} == {people.budget_team}


def test_while_a_published_ceiling_is_changed_everybody_reads_the_last_published_version(people, tree):
    services.set_ceiling(actor=people.planner, **setting(tree.first, amount=310 * MILLION))
    public, team = (selectors.ceiling(who, tree.first.pk) for who in (people.stranger, people.budget_team))
    assert (public.shown_amount, public.shown_basis) == (300 * MILLION, "Perbup 12/2027")
    assert (team.shown_amount, team.shown_basis) == (310 * MILLION, "Perbup 13/2027")


def test_a_version_is_never_changed_or_removed(people, tree):
    version = CeilingVersion.objects.filter(ceiling=tree.first).get()
    for tamper in (lambda: CeilingVersion.objects.filter(pk=version.pk).update(amount=1), version.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            tamper()
