"""How the codes of a line are written: the national nomenclature of programmes, or the shorter one of village budgets. Pure."""

import re
from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

#: Function.field.programme, then .level.activity, then .sub-activity of two to four digits (5.01.02.2.01.05); of a village 02.03.10.
_NATIONAL = r"\d{1,2}\.\d{2}\.\d{2}"
FORMS = {
    "programme_code": re.compile(rf"{_NATIONAL}|\d{{2}}(\.\d{{2}})?", re.ASCII),
    "activity_code": re.compile(rf"{_NATIONAL}\.\d\.\d{{2}}|\d{{2}}\.\d{{2}}(\.\d{{2}})?", re.ASCII),
    "sub_activity_code": re.compile(rf"{_NATIONAL}\.\d\.\d{{2}}\.\d{{2,4}}|\d{{2}}\.\d{{2}}\.\d{{2}}(\.\d{{2}})?", re.ASCII),
}
EXAMPLES = {"programme_code": "5.01.02", "activity_code": "5.01.02.2.01", "sub_activity_code": "5.01.02.2.01.05"}
#: Each region numbers its documents and packages in its own way; a name without any number is none.
_NUMBERED = ("budget_document", "procurement_reference")
_NUMBER = re.compile(r"\d", re.ASCII)
_ABOVE = {"activity_code": "programme_code", "sub_activity_code": "activity_code"}


def faults(values: Mapping[str, str], asked: Collection[str]) -> dict[str, list[str]]:
    """What is wrong with the fields in `asked`, by field; an empty one is right."""
    found: dict[str, list[str]] = {}
    for name, form in FORMS.items():
        code, above = values.get(name, ""), values.get(_ABOVE.get(name, ""), "")
        if not code or not {name, _ABOVE.get(name)} & set(asked):
            continue
        if name in asked and not form.fullmatch(code):
            found[name] = [_("Write the code as in the budget, for example %(example)s.") % {"example": EXAMPLES[name]}]
        elif above and not code.startswith(f"{above}."):
            found[name] = [_("This code does not begin with %(above)s, the code above it.") % {"above": above}]
    for name in _NUMBERED:
        if name in asked and values.get(name) and not _NUMBER.search(values[name]):
            found[name] = [_("Give the number of the document or package, not only its name.")]
    return found
