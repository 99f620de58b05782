"""What a stage is scored by where nobody of the kabupaten has set anything: the recommended set of DOMAIN 6, all unverified.

Content of the plan year, so in its language. CON is scored by the panel: no field of a proposal holds the community's contribution.
"""

from dataclasses import dataclass

from deliberation.scoring.words import Source, Unknown


@dataclass(frozen=True)
class Default:
    """One criterion of the recommended set."""

    code: str
    name: str
    question: str
    anchors: tuple[str, str, str, str, str]
    weight: int
    source: str = Source.PANEL
    bands: tuple[int, ...] = ()
    when_unknown: str = Unknown.MIDDLE


DEFAULTS = (
    Default(
        "URG",
        "Mendesak",
        "Seberapa mendesak masalah ini?",
        (
            "Hanya soal kenyamanan",
            "Mengganggu sewaktu-waktu",
            "Kerugian yang berulang",
            "Kerugian besar atau membahayakan kesehatan",
            "Menyangkut keselamatan jiwa sekarang",
        ),
        20,
    ),
    Default(
        "BEN",
        "Penerima manfaat",
        "Berapa bagian rumah tangga desa yang menerima manfaat?",
        ("Di bawah 5%", "Dari 5%", "Dari 15%", "Dari 30%", "60% atau lebih"),
        20,
        Source.COMPUTED,
        (5, 15, 30, 60),
    ),
    Default(
        "POV",
        "Menjangkau warga miskin dan rentan",
        "Seberapa banyak penerima manfaat adalah warga miskin atau rentan?",
        ("Tidak ada", "Sebagian kecil", "Kira-kira seperempat", "Hampir setengah", "Sebagian besar"),
        15,
    ),
    Default(
        "ALN",
        "Sesuai prioritas daerah",
        "Apakah usulan ini sesuai dengan prioritas RPJMD atau RKPD?",
        ("Tidak ada kaitan", "Kaitan tidak langsung", "Sektor yang sama", "Mendukung sasaran prioritas", "Disebut sebagai prioritas"),
        15,
    ),
    Default(
        "RDY",
        "Kesiapan",
        "Berapa bagian dokumen yang diminta sudah ada?",
        ("Di bawah 25%", "Dari 25%", "Dari 50%", "Dari 75%", "Semua dokumen ada"),
        10,
        Source.COMPUTED,
        (25, 50, 75, 100),
    ),
    Default(
        "COST",
        "Kewajaran biaya",
        "Berapa harga satuannya dibandingkan dengan kamus usulan?",
        ("Di atas 150%", "Sampai 150%", "Sampai 130%", "Sampai 115%", "Tidak di atas harga kamus"),
        5,
        Source.COMPUTED,
        (100, 115, 130, 150),
    ),
    Default(
        "CON",
        "Swadaya masyarakat",
        "Berapa bagian biaya yang disumbang warga: tenaga, bahan, lahan?",
        ("Tidak ada", "Sampai 5%", "Lebih dari 5%", "Lebih dari 10%", "20% atau lebih"),
        5,
    ),
    Default(
        "SUP",
        "Dukungan warga",
        "Di mana dukungan warga terverifikasi berada di antara desa-desa seukuran?",
        ("Seperlima terbawah", "Dari 20%", "Dari 40%", "Dari 60%", "Seperlima teratas"),
        5,
        Source.COMPUTED,
        (20, 40, 60, 80),
    ),
    Default(
        "EQU",
        "Pemerataan dan lama menunggu",
        "Sudah berapa tahun menunggu, dan berapa yang diterima desa per jiwa dalam tiga tahun terakhir?",
        ("Baru tahun ini", "Menunggu 1 tahun", "Menunggu 2 tahun", "Menunggu 3 tahun", "Menunggu 4 tahun atau lebih"),
        5,
        Source.COMPUTED,
        (1, 2, 3, 4),
    ),
)
