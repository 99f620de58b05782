"""The words of the floor: why somebody is called now, in which capacity they speak, whether a motion is carried."""

from django.utils.translation import gettext_lazy as _

from deliberation.words import Element

#: `order.WHY`, as it stands beside each place of the queue.
WHY_WORDS = {
    "first": _("asked first"),
    "hall": _("the hall's turn"),
    "online": _("online's turn"),
    "only": _("nobody waits in the other channel"),
    "women": _("women first"),
    "after": _("after the women who wait"),
    "chair": _("called by the chair"),
}
#: Capacities that no other room has a word for.
CAPACITY_WORDS = {"delegate": _("delegate"), **{element.value: element.label for element in Element}}
