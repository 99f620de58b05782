"""How often a person wants mail, and the link in every letter that ends it without signing in."""

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Invalid, Missing
from accounts.scope import Person
from deliberation.models import MailChoice
from deliberation.policy import signed_in

_SIGNER = signing.Signer(salt="deliberation.letters.end")


def cadence_of(user: User) -> str:
    """What was chosen; once a day where nothing was."""
    return MailChoice.objects.filter(user=user).values_list("cadence", flat=True).first() or MailChoice.Cadence.DAILY


def address_of(user: User) -> str:
    """The confirmed address to which letters go; empty where there is none."""
    return EmailAddress.objects.filter(user=user, verified=True, primary=True).values_list("email", flat=True).first() or ""


@transaction.atomic
def choose_mail(*, actor: Person, cadence: str) -> str:
    """Choose how often mail comes. The same again changes nothing; what happened before is not sent after the fact."""
    person = signed_in(actor)
    if cadence not in MailChoice.Cadence.values:
        raise Invalid({"cadence": [_("Choose how often mail may come.")]})
    _keep(person, cadence, how="page")
    return cadence


def token_for(user: User) -> str:
    """What a letter's link carries: who it is for, signed. It ends mail and can do nothing else."""
    return _SIGNER.sign(str(user.pk))


def person_of(token: str) -> User:
    """Whose link this is; raises Missing for one that we never sent."""
    try:
        key = int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        raise Missing from None
    return User.objects.filter(pk=key).first() or _nobody()


@transaction.atomic
def end_mail(*, token: str) -> None:
    """No more mail for the person of this link; pressing again changes nothing."""
    _keep(person_of(token), MailChoice.Cadence.NONE, how="link")


def _keep(person: User, cadence: str, *, how: str) -> None:
    MailChoice.objects.bulk_create([MailChoice(user=person, since=clock.now())], ignore_conflicts=True)
    choice = MailChoice.objects.select_for_update(of=("self",)).get(user=person)
    if choice.cadence == cadence:
        return
    MailChoice.objects.filter(pk=choice.pk).update(cadence=cadence, since=clock.now())
    changes = {"cadence": [choice.cadence, cadence], "by": how}
    audit.record(actor=person, action="deliberation.mail.choose", subject=f"user:{person.pk}", changes=changes)


def _nobody() -> User:
    raise Missing
