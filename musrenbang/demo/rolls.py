"""Who came to the meetings of the demonstration: a village hall with some online, and a sub-district with its delegates."""

import uuid
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from deliberation.models import Attendance, Meeting
from deliberation.roll.services.entering import Sent, enter_all
from deliberation.roll.services.moving import leave
from deliberation.words import Element, Mode
from geo.models import Region
from musrenbang.demo.people import NEIGHBOURS

#: Not among the neighbours, so that nobody who signs in finds a stranger's presence under their name.
_OTHERS = ("Yosefina Lun", "Hamdan", "Sri Wahyuningsih", "Paulus Sinaga", "Aminah Yusuf", "Bujang Lias", "Rosalina Tan", "Suparman", "Dayang Intan")
#: In turn down the list: what the person stands for, the institution, the hamlet. Every twelfth neighbour, from the first, is a woman.
_STANDS_FOR = (
    (Element.WOMEN, "PKK", "Dusun Karya RT 03"),
    (Element.CONSULTATIVE, "BPD", "Dusun Karya RT 02"),
    (Element.FARMERS, "Kelompok tani Sumber Rezeki", "Dusun Melati RT 01"),
    (Element.VILLAGE_GOVERNMENT, "Pemerintah desa", "Dusun Karya"),
    (Element.HAMLET, "Ketua RT", "Dusun Melati RT 04"),
    (Element.YOUTH, "Karang taruna", "Dusun Cempaka RT 01"),
    (Element.RELIGION, "Pengurus masjid", "Dusun Cempaka RT 02"),
    (Element.FISHERS, "Kelompok nelayan", "Dusun Tepi Sungai"),
    (Element.EDUCATION, "Guru PAUD", "Dusun Karya RT 01"),
    (Element.CUSTOM, "Tokoh adat", "Dusun Melati RT 02"),
    (Element.ARTISANS, "UMKM keripik", "Dusun Cempaka RT 03"),
    (Element.DISABILITY, "Kelompok difabel", "Dusun Karya RT 04"),
)
_WOMEN = frozenset(
    (
        *("Melati", "Kenanga", "Cempaka", "Ratna", "Fatimah", "Lim", "Syarifah", "Maryam", "Theresia", "Sumarni", "Halimah", "Wahyuni"),
        *("Rosmina", "Evi", "Nurhayati", "Bong", "Suryani", "Khadijah", "Yosefina", "Sri", "Aminah", "Rosalina", "Dayang"),
    )
)


def of_a_village(meeting: Meeting, keeper: User, at: datetime) -> None:
    """About forty people from a quarter of an hour before the beginning, eight of them online; three go home early."""
    names = [*NEIGHBOURS, *_OTHERS]
    lines = [_line(name, *_STANDS_FOR[turn % len(_STANDS_FOR)], online=turn % 5 == 4) for turn, name in enumerate(names)]
    for start in range(0, len(lines), 10):
        with clock.telling(at - timedelta(minutes=25 - start // 2)):
            enter_all(meeting_id=meeting.pk, actor=keeper, sent=lines[start : start + 10])
    with clock.telling(at + timedelta(minutes=70)):
        for number in (5, 17, 31):
            leave(meeting_id=meeting.pk, line_id=Attendance.objects.get(meeting=meeting, number=number).pk, actor=keeper)


def of_a_subdistrict(meeting: Meeting, keeper: User, at: datetime) -> None:
    """Two from most villages, a delegate and one more; the far ones online."""
    villages = list(Region.objects.in_force().filter(parent_id=meeting.region_id).light().order_by("code"))
    lines = []
    for turn, village in enumerate(villages[: max(1, len(villages) - 2)]):
        for seat in range(2):
            element, institution, _hamlet = _STANDS_FOR[(turn * 2 + seat) % len(_STANDS_FOR)]
            name = NEIGHBOURS[(turn * 2 + seat) % len(NEIGHBOURS)]
            lines.append(_line(name, element, institution, "", online=turn % 4 == 3, region=village.pk))
    with clock.telling(at - timedelta(minutes=10)):
        enter_all(meeting_id=meeting.pk, actor=keeper, sent=lines[:40])


def _line(name: str, element: str, institution: str, address: str, *, online: bool, region: str = "") -> Sent:
    fields = {
        "name": name,
        "sex": "female" if name.split(maxsplit=1)[0] in _WOMEN else "male",
        "element": str(element),
        "institution": institution,
        "address": address,
        "region": region,
        "is_young": "on" if element == Element.YOUTH else "",
        "is_disabled": "on" if element == Element.DISABILITY else "",
        "mode": str(Mode.ONLINE if online else Mode.HALL),
    }
    return Sent(uuid.uuid4(), fields)
