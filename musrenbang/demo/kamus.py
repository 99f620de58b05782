"""More works of the demonstration's dictionary than its villages happen to ask for: every sector, with unit and invented price."""

from accounts.models import Agency
from proposals.dictionary.words import kind_of
from proposals.models import Cycle, DictionaryEntry
from proposals.words import Sector

#: Sector, agency, name, unit, price of one unit in rupiah, everyday words.
MORE: tuple[tuple[Sector, str, str, str, int, str], ...] = (
    (Sector.ROAD, "PUPR", "Paving jalan permukiman lebar 2 m", "m", 520_000, "gang, lorong, becek"),
    (Sector.ROAD, "PUPR", "Paving jalan permukiman dengan saluran tepi", "m", 1_150_000, "gang tergenang, becek"),
    (Sector.ROAD, "PUPR", "Jembatan kayu ulin pejalan kaki", "m", 3_400_000, "titian, gertak"),
    (Sector.ROAD, "PUPR", "Plat duiker jalan desa", "unit", 18_500_000, "jembatan kecil, gorong"),
    (Sector.ROAD, "DISHUB", "Rambu dan pita penggaduh jalan desa", "unit", 2_300_000, "ngebut, polisi tidur"),
    (Sector.WATER, "PUPR", "Perpipaan air bersih dusun", "m", 185_000, "pipa, ledeng, kran"),
    (Sector.WATER, "PERKIM", "Saringan air gambut keluarga", "unit", 3_200_000, "air merah, air teh, air keruh"),
    (Sector.WATER, "PERKIM", "Hidran umum dengan tandon 2.000 liter", "unit", 22_000_000, "antre air, kran umum"),
    (Sector.DRAINAGE, "PUPR", "Drainase tertutup tepi jalan", "m", 1_450_000, "got, selokan, mampet"),
    (Sector.DRAINAGE, "PUPR", "Gorong-gorong beton diameter 80 cm", "unit", 4_800_000, "got, air tidak lewat"),
    (Sector.DRAINAGE, "PUPR", "Pintu klep pasang surut", "unit", 36_000_000, "rob, air pasang"),
    (Sector.EDUCATION, "DIKBUD", "Rehabilitasi ruang kelas sekolah dasar", "ruang", 92_000_000, "atap bocor, kelas rusak"),
    (Sector.EDUCATION, "DIKBUD", "Beasiswa anak keluarga miskin", "orang", 2_400_000, "putus sekolah, biaya sekolah"),
    (Sector.EDUCATION, "DIKBUD", "Taman bacaan masyarakat desa", "unit", 27_500_000, "buku, membaca"),
    (Sector.EDUCATION, "DIKBUD", "Kejar paket B dan C", "orang", 1_800_000, "ijazah, putus sekolah"),
    (Sector.HEALTH, "DINKES", "Gedung posyandu desa", "unit", 165_000_000, "balita, timbang bayi"),
    (Sector.HEALTH, "DINKES", "Pemberian makanan tambahan balita", "orang", 650_000, "stunting, gizi"),
    (Sector.HEALTH, "DINKES", "Perahu puskesmas keliling", "unit", 410_000_000, "berobat jauh"),
    (Sector.HEALTH, "DINKES", "Pengasapan dan pemberantasan sarang nyamuk", "kegiatan", 6_500_000, "demam berdarah, malaria"),
    (Sector.FARMING, "DISTAN", "Jalan usaha tani tanah timbun", "m", 420_000, "jalan kebun, angkut panen"),
    (Sector.FARMING, "DISTAN", "Bibit kelapa dan pinang", "batang", 35_000, "kebun, tanam"),
    (Sector.FARMING, "DISTAN", "Lantai jemur padi", "m2", 310_000, "jemur gabah"),
    (Sector.FARMING, "DISTAN", "Traktor tangan kelompok tani", "unit", 31_500_000, "bajak, membajak"),
    (Sector.FARMING, "DISTAN", "Bibit ayam kampung kelompok ternak", "ekor", 28_000, "ternak, ayam"),
    (Sector.FISHERY, "DKP", "Bibit ikan dan pakan kolam", "paket", 12_500_000, "lele, nila, kolam"),
    (Sector.FISHERY, "DKP", "Mesin tempel perahu nelayan", "unit", 14_800_000, "perahu, mesin rusak"),
    (Sector.BUSINESS, "DINSOS", "Bantuan modal usaha kelompok perempuan", "kelompok", 15_000_000, "modal, warung, rentenir"),
    (Sector.BUSINESS, "DINSOS", "Alat kemas dan label produk desa", "set", 9_500_000, "kemasan, oleh-oleh"),
    (Sector.ENERGY, "PERKIM", "Sambungan listrik rumah keluarga miskin", "unit", 1_650_000, "meteran, belum ada listrik"),
    (Sector.ENERGY, "PERKIM", "Lampu jalan jaringan listrik (PJU)", "titik", 4_300_000, "gelap, lampu mati"),
    (Sector.GOVERNMENT, "PUPR", "Rehabilitasi balai desa", "unit", 145_000_000, "kantor desa, tempat rapat"),
    (Sector.GOVERNMENT, "PUPR", "Jaringan internet kantor desa", "paket", 24_000_000, "wifi, sinyal"),
    (Sector.GOVERNMENT, "PUPR", "Pos kamling dusun", "unit", 17_500_000, "ronda, siskamling"),
    (Sector.EMPOWERMENT, "DINSOS", "Pelatihan menjahit kelompok ibu", "orang", 1_450_000, "jahit, baju"),
    (Sector.EMPOWERMENT, "DINSOS", "Pelatihan servis sepeda motor pemuda", "orang", 2_100_000, "bengkel, menganggur"),
    (Sector.EMPOWERMENT, "DINSOS", "Lapangan olahraga desa", "m2", 145_000, "voli, bola, pemuda"),
    (Sector.TRANSPORT, "DISHUB", "Perahu penyeberangan desa", "unit", 88_000_000, "menyeberang sungai"),
    (Sector.SANITATION, "DLH", "Gerobak motor sampah", "unit", 34_000_000, "sampah menumpuk"),
    (Sector.SANITATION, "PERKIM", "Septik tank apung rumah tepi sungai", "unit", 8_700_000, "wc, jamban, limbah"),
    (Sector.HOUSING, "PERKIM", "Lantai dan dinding rumah sehat", "unit", 12_500_000, "lantai tanah, rumah bocor"),
    (Sector.DISASTER, "BPBD", "Pompa dan selang pemadam regu desa", "set", 28_500_000, "kebakaran lahan, karhutla"),
    (Sector.DISASTER, "BPBD", "Sumur bor pemadam lahan gambut", "unit", 11_500_000, "gambut terbakar, kabut asap"),
)


#: Shown as no longer offered.
LOCKED = frozenset({"Perahu puskesmas keliling", "Jembatan kayu ulin pejalan kaki"})


def write_more(cycle: Cycle, agencies: dict[str, Agency]) -> None:
    """Add them to a plan year's dictionary."""
    DictionaryEntry.objects.bulk_create(
        DictionaryEntry(
            cycle=cycle,
            code=f"KT-{place:03d}",
            name=name,
            sector=sector,
            kind=kind_of(name).value,
            unit=unit,
            unit_price=price,
            agency=agencies[agency],
            everyday_words=words,
            is_locked=name in LOCKED,
        )
        for place, (sector, agency, name, unit, price, words) in enumerate(MORE, start=1)
    )
