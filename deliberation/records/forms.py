"""The forms of a meeting's papers: which papers a kind of meeting leaves, what they are called, which clauses they carry.

The papers are Indonesian whatever language their reader has chosen (docs/decisions/0180), so their words stand here as
they are printed. Source: DOMAIN 9 (records of Yalimo and Bekasi, table T-D.4 of Permendagri 86/2017, DU-RKPDes forms).
Clauses name no article: what the law of a place asks is worded by its kabupaten (`deliberation.models.Clause`).
"""

from dataclasses import dataclass

from deliberation.words import DocumentKind, MeetingKind

#: Raised with every change of a form; an older paper keeps the edition that it was issued in.
EDITION = 1

_KINDS = DocumentKind
_ALL = (_KINDS.RECORD, _KINDS.ATTENDANCE, _KINDS.MINUTES, _KINDS.PRIORITIES, _KINDS.NOT_ACCOMMODATED, _KINDS.DELEGATES)
#: Meetings that only prepare leave no lists of decisions.
_PREPARING = (_KINDS.RECORD, _KINDS.ATTENDANCE, _KINDS.MINUTES, _KINDS.DELEGATES)
PAPERS: dict[str, tuple[DocumentKind, ...]] = {
    MeetingKind.HAMLET: _PREPARING,
    MeetingKind.VILLAGE: _PREPARING,
    MeetingKind.VILLAGE_PLAN: _ALL,
    MeetingKind.SUBDISTRICT: _ALL,
    MeetingKind.AGENCY_FORUM: _ALL,
    MeetingKind.DISTRICT: _ALL,
}
#: Annexes in the order in which the record counts them: Lampiran I, II, III …
ANNEXES: dict[str, tuple[DocumentKind, ...]] = {
    kind: tuple(one for one in (_KINDS.ATTENDANCE, _KINDS.PRIORITIES, _KINDS.NOT_ACCOMMODATED, _KINDS.DELEGATES, _KINDS.MINUTES) if one in papers)
    for kind, papers in PAPERS.items()
}
TITLES: dict[str, str] = {
    _KINDS.RECORD: "Berita Acara",
    _KINDS.ATTENDANCE: "Daftar Hadir",
    _KINDS.MINUTES: "Notulen",
    _KINDS.PRIORITIES: "Daftar Usulan Prioritas",
    _KINDS.NOT_ACCOMMODATED: "Daftar Usulan yang Belum Diakomodir dan Usulan Cadangan",
    _KINDS.DELEGATES: "Daftar Delegasi",
}
#: In a column of a form that no fact fills: the priorities and targets of a kabupaten stand in its plan, and in no proposal.
UNSET = "Belum ditetapkan"
#: Under a priority list whose order the meeting did not set, or not of every line.
UNRANKED = "Rapat tidak menetapkan urutan semua usulan ini: yang tidak diberi tempat berdiri menurut urutan hasil hitung, lalu menurut nomor butir."


@dataclass(frozen=True)
class Clause:
    """A place of a form and its default wording, which nobody has verified against the law of the place."""

    place: str
    #: As it is printed before the text: `KESATU`; empty for a passage without a heading.
    heading: str
    text: str


_SINCERELY = "Demikian berita acara ini dibuat dengan sebenarnya dan penuh tanggung jawab untuk dipergunakan sebagaimana mestinya."
_INSEPARABLE = "Seluruh lampiran berita acara ini merupakan satu kesatuan dan bagian yang tidak terpisahkan dari berita acara ini."
_LAND = (
    "Usulan pekerjaan fisik dapat dibatalkan apabila lokasinya berada di atas tanah milik pribadi yang belum dihibahkan, tanah dalam sengketa, "
    "prasarana, sarana, dan utilitas yang belum diserahkan kepada pemerintah daerah, atau telah ditangani oleh instansi lain."
)
_GRANTS = (
    "Usulan hibah hanya dapat dilanjutkan apabila penerimanya merupakan badan atau lembaga yang memenuhi syarat sebagai penerima hibah "
    "sesuai ketentuan peraturan perundang-undangan."
)
_LEFT_OUT = (
    "Menyepakati daftar usulan yang belum dapat diakomodir beserta alasannya dan usulan cadangan sebagaimana tercantum dalam {not_accommodated}."
)
_AGENCY_PRIORITIES = (
    "Menyepakati program, kegiatan, indikator, target, dan kebutuhan dana prioritas yang telah diselaraskan dengan usulan kecamatan "
    "sebagaimana tercantum dalam {priorities}."
)
_ACROSS = (
    "Menyepakati daftar usulan yang belum dapat diakomodir, usulan lintas perangkat daerah, dan usulan lintas wilayah "
    "sebagaimana tercantum dalam {not_accommodated}."
)
_VILLAGE = (
    Clause("dasar", "", "Musyawarah ini dilaksanakan sesuai ketentuan peraturan perundang-undangan tentang desa dan pembangunan desa."),
    Clause("penutup", "", _SINCERELY),
)
CLAUSES: dict[str, tuple[Clause, ...]] = {
    MeetingKind.HAMLET: _VILLAGE,
    MeetingKind.VILLAGE: _VILLAGE,
    MeetingKind.VILLAGE_PLAN: _VILLAGE,
    MeetingKind.SUBDISTRICT: (
        Clause(
            "kesatu",
            "KESATU",
            "Menyepakati daftar urutan usulan prioritas kecamatan menurut perangkat daerah sebagaimana tercantum dalam {priorities}.",
        ),
        Clause(
            "kedua",
            "KEDUA",
            _LEFT_OUT,
        ),
        Clause("ketiga", "KETIGA", _INSEPARABLE),
        Clause("keempat", "KEEMPAT", _LAND),
        Clause(
            "kelima",
            "KELIMA",
            "Berita acara ini beserta lampirannya dijadikan bahan masukan dalam penyusunan Rencana Kerja Pemerintah Daerah (RKPD) Tahun {year}.",
        ),
        Clause("keenam", "KEENAM", _GRANTS),
        Clause("penutup", "", _SINCERELY),
    ),
    MeetingKind.AGENCY_FORUM: (
        Clause(
            "kesatu",
            "KESATU",
            _AGENCY_PRIORITIES,
        ),
        Clause(
            "kedua",
            "KEDUA",
            "Menyepakati rancangan Rencana Kerja (Renja) perangkat daerah Tahun {year} untuk disempurnakan berdasarkan hasil forum ini.",
        ),
        Clause(
            "ketiga",
            "KETIGA",
            _ACROSS,
        ),
        Clause("keempat", "KEEMPAT", _INSEPARABLE),
        Clause("kelima", "KELIMA", "Berita acara ini beserta lampirannya dijadikan bahan penyempurnaan rancangan RKPD Tahun {year}."),
        Clause("penutup", "", _SINCERELY),
    ),
    MeetingKind.DISTRICT: (
        Clause("kesatu", "KESATU", "Menyepakati usulan prioritas pembangunan daerah sebagaimana tercantum dalam {priorities}."),
        Clause(
            "kedua",
            "KEDUA",
            _LEFT_OUT,
        ),
        Clause("ketiga", "KETIGA", _INSEPARABLE),
        Clause("keempat", "KEEMPAT", "Berita acara ini beserta lampirannya dijadikan bahan penyusunan rancangan akhir RKPD Tahun {year}."),
        Clause("penutup", "", _SINCERELY),
    ),
}


def template_of(kind: str, meeting_kind: str) -> str:
    """The form and its edition: `record/village_plan/1`."""
    return f"{kind}/{meeting_kind}/{EDITION}"
