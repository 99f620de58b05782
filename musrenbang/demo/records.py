"""The papers of the demonstration's closed meeting: issued with all annexes, the record signed, a photo beside it."""

from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from deliberation.models import Meeting
from deliberation.records import services
from deliberation.words import DocumentKind
from musrenbang.demo import papers, pictures
from proposals.words import Sector

_SIGNERS = "Ketua BPD; H. Ridwan Syukri"
_REPRESENTATIVES = "Rosmini; Kelompok perempuan (PKK); Dusun Karya\nAbdul Gani; Petani; Dusun Mulia\nLidia Marsel; Pemuda; Dusun Mekar"


def of_a_closed_meeting(meeting: Meeting, head: User, at: datetime) -> None:
    """Prepared and issued an hour after the close, signed on the next day. A worker sets the pages once all of this is there."""
    with clock.telling(at + timedelta(hours=1)):
        texts = {
            "record_number": f"140/07/BA/{at:%Y}",
            "resource_persons": "Camat\nPendamping desa",
            "notes": "Gotong royong pembersihan parit dilaksanakan setiap Minggu pertama.",
            "signers": f"{_SIGNERS}\nKepala {meeting.region.kind}; {head}",
            "representatives": _REPRESENTATIVES,
        }
        services.prepare(meeting_id=meeting.pk, actor=head, sent=texts)
        issued = services.issue(meeting_id=meeting.pk, actor=head)
        services.add_photo(meeting_id=meeting.pk, actor=head, content=pictures.picture(Sector.GOVERNMENT, 7), caption="Gambar contoh, bukan foto")
    with clock.telling(at + timedelta(days=1)):
        bound = [paper.pk for paper in issued if paper.kind in (DocumentKind.RECORD, DocumentKind.ATTENDANCE)]
        scan = papers.page("Naskah bertanda tangan", ("Halaman ini menggantikan pindaian", "naskah yang ditandatangani basah."))
        services.sign(meeting_id=meeting.pk, actor=head, document_ids=bound, contents=[scan])
