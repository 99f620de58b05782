"""No sentence is left in the other language: every role, every page, refused forms, errors, mails, the API.

The catalogue itself is the list of what to look for: an English text of it on an Indonesian page, or its Indonesian on an English
one, was forgotten. What villagers wrote and the names of places are in no catalogue.
"""

import re
from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.utils.translation import trans_real

from accounts.models import User
from budgeting import services
from budgeting.models import AllocationRun
from deliberation import services as talk
from deliberation.scoring.defaults import DEFAULTS
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db

ROLES = ["stranger", "facilitator", "newcomer", "agency_officer", "planner", "budget_team", "moderator"]
PAGES = ["/", "/peta/", "/usulan/", "/wilayah/?q=kapur", "/pembangunan/", "/panduan/", "/anggaran/", "/kerja/", "/akun/", "/usulan/baru/"]
PAGES += ["/panduan/kamus/?q=becek", "/kerja/kamus/", "/kerja/kamus/baru/", "/kerja/kamus/unggah/", "/kerja/program/baru/"]
PAGES += ["/kerja/impor/", "/kerja/unduhan/", f"/wilayah/{cast.HOME}/rekap/"]
PAGES += ["/akun/ikuti/", "/akun/kotak-masuk/", "/kerja/moderasi/", f"/wilayah/{cast.HOME}/tanya-jawab/"]
PAGES += [f"/wilayah/{code}/" for code in (cast.HOME, cast.SUBDISTRICT, cast.VILLAGE, cast.UNDRAWN_VILLAGE)]
PAGES += [
    "/akun/masuk/",
    "/akun/daftar/",
    "/akun/sandi/",
    "/akun/surel/",
    "/akun/pastikan/",
    "/akun/keluar/",
    "/akun/sandi/lupa/",
    "/akun/sandi/lupa/3-x/",
]
#: What is refused wherever somebody sends it, signed in or not.
REFUSED = [
    ("/akun/masuk/", {"login": "", "password": ""}),
    ("/akun/masuk/", {"login": "siapa", "password": "salah"}),
    ("/akun/daftar/", {}),
    ("/akun/daftar/", {"display_name": "A", "username": "a b", "email": "x", "password1": "123", "password2": "124"}),
    ("/akun/daftar/", {"display_name": "A", "username": "admin", "password1": "ujian-panjang", "password2": "ujian-pendek"}),
    ("/akun/daftar/", {"display_name": "A" * 90, "username": "siapasaja", "password1": "siapasaja1", "password2": "siapasaja1"}),
    ("/akun/sandi/lupa/", {"email": "x"}),
    ("/akun/sandi/", {"oldpassword": "salah", "password1": "1", "password2": "2"}),
    ("/akun/domisili/", {"village": "99.99.99.9999"}),
    ("/akun/ikuti/surel/", {"cadence": "x"}),
    ("/kerja/moderasi/", {"verb": "hide", "reason": "x"}),
    ("/kerja/kamus/baru/", {"code": ""}),
    ("/kerja/kamus/unggah/", {}),
    ("/kerja/program/baru/", {"channel": "council"}),
    ("/usulan/baru/", {"then": "check", "volume": "-3", "lat": "0", "lon": "0"}),
]
ASKED_WRONGLY = ["/usulan/?plan_year=x&stage=y&region=99&bbox=1&ordering=z", "/peta/?sector=x&plan_year=y", "/wilayah/99/", "/tidak-ada/"]
API = [
    "proposals/?plan_year=x&stage=y&outcome=z&region=9&bbox=1&ordering=z",
    "regions/at/?lon=x&lat=y",
    "regions/99/",
    "ceilings/?plan_year=x",
    "me/",
]
#: Small words that no name carries; they find what is in no catalogue at all.
ENGLISH = {
    "the",
    "and",
    "is",
    "are",
    "your",
    "you",
    "with",
    "not",
    "was",
    "has",
    "please",
    "field",
    "valid",
    "password",
    "email",
    "e-mail",
    "username",
}


def _shape(text: str) -> re.Pattern[str]:
    """A text of the catalogue with anything at its placeholders."""
    return re.compile(".+".join(re.escape(part) for part in re.split(r"%\(\w+\)[sd]|%[sd]", text)).replace("%%", "%"))


class Forgotten:
    """What of a page stands in the catalogue of the other language."""

    def __init__(self) -> None:
        pairs = [(key, text) for key, text in trans_real.translation("id")._catalog.items() if isinstance(key, str) and isinstance(text, str)]
        pairs = [(key.split("\x04")[-1], text) for key, text in pairs]
        own = {text for text, _ in pairs} & {text for _, text in pairs}
        self.sides = {"id": self._of(key for key, text in pairs if key not in own), "en": self._of(text for _, text in pairs if text not in own)}

    @staticmethod
    def _of(texts: Iterator[str]) -> tuple[set[str], list[re.Pattern[str]]]:
        known = set(texts)
        # shorter frames, such as "%(a)s, %(b)s", fit anything
        return known, [_shape(text) for text in known if "%" in text and len(re.sub(r"%\(\w+\)[sd]|\W", "", text)) > 8]

    def on(self, page: str, language: str) -> set[str]:
        exact, shapes = self.sides[language]
        texts = {" ".join(text.split()) for spoken, text in read(page).text if spoken in {language, ""}}
        found = {text for text in texts if text in exact or any(shape.fullmatch(text) for shape in shapes)}
        if language == "id":
            found |= {text for text in texts if {word.strip(".,:;()“”?·").lower() for word in text.split()} & ENGLISH}
        return found


@pytest.fixture
def forgotten() -> Forgotten:
    return Forgotten()


@pytest.fixture
def register(people, settings) -> list[str]:
    """Pages of proposals in many states, a ceiling and a run: the addresses that only data have."""
    settings.ACCOUNT_RATE_LIMITS = {}
    # the cast are called after their offices, which the catalogue knows; people have family names
    User.objects.update(display_name=Concat("display_name", Value(" Hasan")))
    make.cycle()
    states = [(Stage.VILLAGE, Outcome.OPEN), (Stage.SUBDISTRICT, Outcome.RETURNED), (Stage.AGENCY, Outcome.OPEN), (Stage.DISTRICT, Outcome.RESERVED)]
    states += [(Stage.DISTRICT, Outcome.REJECTED), (Stage.VILLAGE, Outcome.WITHDRAWN), (Stage.BUDGET, Outcome.OPEN), (Stage.WORKS, Outcome.FUNDED)]
    made = [make.proposal(stage=stage, outcome=outcome, amount=400_000_000) for stage, outcome in states]
    asked, number = {"actor": people.neighbour, "proposal_id": made[0].pk, "stance": "question"}, "Memuat nomor telepon orang lain."
    for body in ("Kapan mulai dikerjakan?", "Hubungi rumah saya."):
        said, _new = talk.comment(comment_id=uuid4(), body=body, **asked)
    talk.hide_comment(actor=people.moderator, comment_id=said.pk, reason=number)
    ceiling = services.set_ceiling(
        actor=people.planner,
        plan_year=2028,
        region_code=cast.HOME,
        funding_source="district_budget",
        amount=1_000_000_000,
        reserve=0,
        legal_basis="Perbup 7/2027",
    )
    services.publish_ceiling(actor=people.budget_team, ceiling_id=ceiling.pk, version=ceiling.version)
    run = services.request_run(actor=people.planner, ceiling_id=ceiling.pk, rule="greedy")
    services.perform_run(run.pk)
    assert AllocationRun.objects.get().lines.exists()
    return [f"/usulan/{proposal.number}/" for proposal in made] + [f"/anggaran/{run.pk}/"]


def _pages(client: Client, register: list[str]) -> Iterator[tuple[str, str]]:
    for path in [*PAGES, *register, *ASKED_WRONGLY]:
        yield path, client.get(path, follow=True).content.decode()
    for path, sent in REFUSED:
        yield f"{path} {sent}", client.post(path, sent, follow=True).content.decode()
    for path in register[:-1]:
        yield f"{path} reply", client.post(f"{path}tanggapan/", {"body": "", "stance": ""}, follow=True).content.decode()
        yield f"{path} support", client.post(f"{path}dukungan/", {"on": "1"}, follow=True).content.decode()
        yield f"{path} move", client.post(f"{path}langkah/", {"move": "reject", "version": "99", "reason": "x"}, follow=True).content.decode()


def test_one_english_text_says_one_thing_in_indonesian():
    """The rooms' catalogues are one at run time: which of two translations wins is nobody's choice, so a second meaning has a context."""
    said: dict[object, dict[str, str]] = {}
    for path in sorted(Path(settings.BASE_DIR).glob("*/locale/id/LC_MESSAGES/django.mo")):
        with path.open("rb") as file:
            for key, text in GNUTranslations(file)._catalog.items():
                said.setdefault(key, {})[path.parts[-5]] = text
    assert {key: texts for key, texts in said.items() if key and len(set(texts.values())) > 1} == {}


def test_a_percent_stands_at_its_number_in_indonesian():
    """20%, as the spelling rules write it: neither a translation nor the recommended criteria put a space between."""
    apart = re.compile(r"(?:\d|\)[sd]|\}) %(?!\()")
    written = [line for path in Path(settings.BASE_DIR).glob("*/locale/id/LC_MESSAGES/django.po") for line in path.read_text().splitlines()]
    found = [line for line in written if line.startswith(("msgstr", '"')) and apart.search(line)]
    assert (found, apart.findall(repr([one.anchors for one in DEFAULTS]))) == ([], [])


@pytest.mark.parametrize(("language", "other"), [("id", "en"), ("en", "id")])
def test_a_page_of_the_other_language_would_be_noticed(client, people, forgotten, language, other):
    client.cookies["django_language"] = other
    page = client.get("/panduan/").content.decode()
    assert len(forgotten.on(page.replace(f'lang="{other}"', f'lang="{language}"'), language)) > 20


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ROLES)
def test_no_page_keeps_a_sentence_of_the_other_language(reader: Callable[[str], Client], register, forgotten, name, language):
    client = reader(name)
    client.cookies["django_language"] = language
    left = {path: found for path, page in _pages(client, register) if "<html" in page and (found := forgotten.on(page, language))}
    assert left == {}


@pytest.mark.parametrize("language", ["id", "en"])
def test_refusals_of_the_api_speak_one_language(client, register, forgotten, language):
    exact, shapes = forgotten.sides[language]
    for path in API:
        answer = client.get(f"/api/v1/{path}", headers={"Accept-Language": language}).json()
        sentences = [answer["message"], *(text for texts in answer.get("fields", {}).values() for text in texts)]
        for text in sentences:
            assert text not in exact, path
            assert not any(shape.fullmatch(text) for shape in shapes), path


@pytest.mark.parametrize(("address", "told"), [("siapa@contoh.id", "Tidak ada akun"), ("warga@contoh.id", "kata sandi baru")])
def test_a_mail_about_a_lost_password_is_indonesian(client, people, address, told):
    people.resident.email = "warga@contoh.id"
    people.resident.save(update_fields=["email"])
    client.post("/akun/sandi/lupa/", {"email": address})
    sent = mail.outbox[0]
    assert told in sent.body
    assert {word.lower().strip(".,:") for word in f"{sent.subject} {sent.body}".split()} & ENGLISH == set()


def test_a_plural_is_one_sentence():
    """Indonesian has one form; two of them in one entry would be read as they stand."""
    catalogues = sorted(settings.BASE_DIR.glob("*/locale/*/LC_MESSAGES/django.po"))
    assert len(catalogues) >= 6
    assert [path for path in catalogues if "|||" in path.read_text()] == []
