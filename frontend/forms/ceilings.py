"""Moving money between ceilings. What is right is said by the service; the form keeps what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frontend.ceilings.tree import title_of
from frontend.forms.refusable import OfferedField, RefusableForm
from proposals.money import rupiah

_RESERVE = "cadangan"


class TransferForm(RefusableForm):
    """From the ceiling of the page, or its reserve, to another one. `kin`: where money may go."""

    shown_at = {"transfer_id": "id"}  # noqa: RUF012 - as RefusableForm has it

    id = forms.UUIDField(widget=forms.HiddenInput)
    #: Where it comes from: the free money, or what is set aside.
    purse = OfferedField(label=gettext_lazy("From"))
    target = OfferedField(label=gettext_lazy("To"))
    amount = forms.CharField(label=gettext_lazy("Amount (rupiah)"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    reason = forms.CharField(
        label=gettext_lazy("Why"), help_text=gettext_lazy("10 to 500 characters. Everybody reads it."), widget=forms.Textarea(attrs={"rows": 3})
    )
    legal_basis = forms.CharField(label=gettext_lazy("Decree or letter"), max_length=300)

    def __init__(self, *args: Any, kin: list[Any], source: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.source = source
        purse, target = self.fields["purse"], self.fields["target"]
        assert isinstance(purse, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(target, forms.ChoiceField)  # noqa: S101 - declared above
        purse.choices = [("", _("what is free (%(left)s)") % {"left": rupiah(source.balance)})]
        if source.reserve_left:
            purse.choices = [*purse.choices, (_RESERVE, _("what is set aside (%(left)s)") % {"left": rupiah(source.reserve_left)})]
        purse.required = False
        target.choices = [
            (str(one.pk), _name(one, source))
            for one in sorted(kin, key=lambda one: one.pk == source.pk)
            if one.pk != source.pk or source.reserve_left
        ]

    def as_sent(self) -> dict[str, Any]:
        """The service's own names; a target that is none is the source, for the service to refuse."""
        data = self.cleaned_data
        target = str(data["target"])
        return {
            "transfer_id": data["id"],
            "source_id": self.source.pk,
            "target_id": int(target) if target.isascii() and target.isdigit() and len(target) < 16 else self.source.pk,
            "from_reserve": data["purse"] == _RESERVE,
            **{name: data[name] for name in ("amount", "reason", "legal_basis")},
        }


def _name(one: Any, source: Any) -> str:
    if one.pk == source.pk:
        return _("this ceiling itself (from what is set aside)")
    if one.pk == source.parent_id:
        return _("%(name)s (the ceiling above)") % {"name": title_of(one)}
    return _("%(name)s (part of this one)") % {"name": title_of(one)} if one.parent_id == source.pk else title_of(one)
