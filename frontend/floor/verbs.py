"""What the forms of the live room do: the last word of their address, the service behind it, where the page goes on."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from accounts.models import User
from accounts.refusals import Missing
from deliberation.floor import services
from deliberation.floor.services.statements import Hall
from deliberation.floor.services.turns import Speaker
from frontend import figures

Sent = Mapping[str, str]


@dataclass(frozen=True)
class Verb:
    """`act(meeting_id, actor, sent)`; `back` is the part of the page that shows what came of it."""

    act: Callable[[uuid.UUID, User, Sent], object]
    back: str


def key(sent: Sent, name: str = "key") -> uuid.UUID:
    """The UUID that the form carries. Raises Missing for what is none."""
    try:
        return uuid.UUID(sent.get(name, ""))
    except ValueError:
        raise Missing from None


def optional(sent: Sent, name: str) -> uuid.UUID | None:
    """The same where it may be left empty."""
    return key(sent, name) if sent.get(name) else None


def _item(sent: Sent) -> int | None:
    return figures.whole(sent.get("item", ""))


def _count(sent: Sent, name: str) -> int:
    """A count as it was typed; -1 for what is none, which the service refuses beside its field."""
    number = figures.whole(sent.get(name, "").strip())
    return -1 if number is None else number


def ask(meeting_id: uuid.UUID, actor: User, sent: Sent) -> object:
    """For oneself, or for somebody in the hall."""
    speaker = Speaker(optional(sent, "line"), sent.get("name", ""), sent.get("sex", "")) if sent.get("for") == "hall" else None
    return services.ask_for_floor(turn_id=key(sent), meeting_id=meeting_id, actor=actor, speaker=speaker)


def say(meeting_id: uuid.UUID, actor: User, sent: Sent) -> object:
    """One's own words, or those of the hall."""
    hall = Hall(optional(sent, "turn"), optional(sent, "line"), sent.get("name", "")) if sent.get("for") == "hall" else None
    return services.record_statement(said_id=key(sent), meeting_id=meeting_id, actor=actor, body=sent.get("body", ""), hall=hall)


def question(meeting_id: uuid.UUID, actor: User, sent: Sent) -> object:
    """From outside."""
    return services.ask_question(said_id=key(sent), meeting_id=meeting_id, actor=actor, body=sent.get("body", ""), item_id=_item(sent))


def put(meeting_id: uuid.UUID, actor: User, sent: Sent) -> object:
    """A motion."""
    text, manner = sent.get("text", ""), sent.get("manner", "")
    return services.put_motion(motion_id=key(sent), meeting_id=meeting_id, actor=actor, text=text, manner=manner, item_id=_item(sent))


def order(meeting_id: uuid.UUID, actor: User, sent: Sent) -> object:
    """In which order, for how many minutes."""
    minutes = figures.whole(sent.get("minutes", "").strip()) or 0
    return services.choose_order(meeting_id=meeting_id, actor=actor, order=sent.get("order", ""), seconds=min(minutes, 500) * 60)


def hall(_meeting_id: uuid.UUID, actor: User, sent: Sent) -> object:
    """Hands counted in the hall."""
    return services.count_hall(motion_id=key(sent), actor=actor, counts={name: _count(sent, name) for name in ("for", "against", "abstain")})


VERBS: dict[str, Verb] = {
    "giliran": Verb(ask, "antrean"),
    "cabut": Verb(lambda _m, actor, sent: services.withdraw_request(turn_id=key(sent), actor=actor), "antrean"),
    "panggil": Verb(lambda _m, actor, sent: services.grant_floor(turn_id=key(sent), actor=actor, reason=sent.get("reason", "")), "antrean"),
    "selesai": Verb(lambda _m, actor, sent: services.end_turn(turn_id=key(sent), actor=actor), "antrean"),
    "urutan": Verb(order, "antrean"),
    "pernyataan": Verb(say, "pernyataan"),
    "pertanyaan": Verb(question, "pertanyaan"),
    "sama": Verb(lambda _m, actor, sent: services.agree(said_id=key(sent), actor=actor), "pertanyaan"),
    "bahas": Verb(lambda _m, actor, sent: services.settle_question(said_id=key(sent), actor=actor, state=sent.get("state", "")), "pertanyaan"),
    "jawab": Verb(
        lambda _m, actor, sent: services.answer(said_id=key(sent), question_id=key(sent, "question"), actor=actor, body=sent.get("body", "")),
        "pertanyaan",
    ),
    "sembunyikan": Verb(lambda _m, actor, sent: services.hide_statement(said_id=key(sent), actor=actor, reason=sent.get("reason", "")), "ruang"),
    "mosi": Verb(put, "mosi"),
    "buka": Verb(lambda _m, actor, sent: services.open_motion(motion_id=key(sent), actor=actor), "mosi"),
    "suara": Verb(lambda _m, actor, sent: services.vote(motion_id=key(sent), actor=actor, choice=sent.get("choice", "")), "mosi"),
    "hitung": Verb(hall, "mosi"),
    "tutup": Verb(lambda _m, actor, sent: services.close_motion(motion_id=key(sent), actor=actor), "mosi"),
    "batal": Verb(lambda _m, actor, sent: services.withdraw_motion(motion_id=key(sent), actor=actor), "mosi"),
}
