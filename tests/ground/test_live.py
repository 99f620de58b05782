"""Numbers without gaps, pages that miss nothing, and sockets that only tell."""

import asyncio
import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections, transaction
from django.test import Client
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from proposals import live
from proposals.hub import FRAMES_WAITING, Line, hub
from proposals.models import LiveEvent, Proposal
from proposals.stages import Stage
from tests import cast, make
from tests.server import LiveServer

announce = sync_to_async(live.announce)


@pytest.fixture
def proposal(site: LiveServer) -> Proposal:
    cast.build()
    return make.proposal()


async def heard(socket: ClientConnection, count: int) -> list[dict]:
    return [json.loads(await asyncio.wait_for(socket.recv(), 30)) for _ in range(count)]


async def silent(socket: ClientConnection, seconds: float = 0.3) -> bool:
    try:
        await asyncio.wait_for(socket.recv(), seconds)
    except TimeoutError:
        return True
    return False


def room(server: LiveServer, proposal: Proposal, after: object = None) -> str:
    return f"{server.ws}/ws/proposals/{proposal.pk}/" + ("" if after is None else f"?after={after}")


# --- numbers


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_leave_no_gap_because_the_room_row_orders_them() -> None:
    room_id = uuid.uuid4()

    def write(worker: int) -> list[int]:
        try:
            return [live.announce(room_id, "support", {"worker": worker, "turn": turn}) for turn in range(20)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        numbers = [seq for batch in pool.map(write, range(6)) for seq in batch]
    assert sorted(numbers) == list(range(1, 121))
    assert list(LiveEvent.objects.filter(room_id=room_id).values_list("seq", flat=True)) == list(range(1, 121))


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_takes_its_number_back_and_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(hub, "tell", lambda _room, seq, _text: told.append(seq))
    room_id = uuid.uuid4()
    with pytest.raises(RuntimeError), transaction.atomic():
        live.announce(room_id, "support", {})
        raise RuntimeError
    assert told == []
    assert live.announce(room_id, "support", {}) == 1
    assert told == [1]


@pytest.mark.django_db(transaction=True)
def test_a_live_layer_that_fails_does_not_undo_what_was_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(hub, "tell", away)
    room_id = uuid.uuid4()
    assert live.announce(room_id, "comment", {"count": 3}) == 1
    assert live.events_after(room_id, 0) == [{"count": 3, "seq": 1, "kind": "comment"}]


# --- sockets


async def test_an_open_page_hears_what_is_committed(site: LiveServer, proposal: Proposal) -> None:
    async with connect(room(site, proposal)) as socket:
        await announce(proposal.pk, "support", {"count": 7})
        assert await heard(socket, 1) == [{"count": 7, "seq": 1, "kind": "support"}]


async def test_a_page_that_comes_back_gets_what_it_missed_first_and_once(site: LiveServer, proposal: Proposal) -> None:
    for number in range(1, 4):
        await announce(proposal.pk, "support", {"count": number})
    async with connect(room(site, proposal, after=1)) as socket:
        await announce(proposal.pk, "support", {"count": 4})
        assert [event["seq"] for event in await heard(socket, 3)] == [2, 3, 4]
        assert await silent(socket)


async def test_a_long_absence_is_replayed_whole(site: LiveServer, proposal: Proposal) -> None:
    def many() -> None:
        with transaction.atomic():
            for number in range(450):
                live.announce(proposal.pk, "support", {"count": number})

    await sync_to_async(many)()
    async with connect(room(site, proposal, after=0)) as socket:
        assert [event["seq"] for event in await heard(socket, 450)] == list(range(1, 451))


async def test_a_number_from_another_life_does_not_make_the_page_deaf(site: LiveServer, proposal: Proposal) -> None:
    async with connect(room(site, proposal, after=99999)) as socket:
        await asyncio.sleep(0.1)
        await announce(proposal.pk, "support", {"count": 1})
        assert [event["seq"] for event in await heard(socket, 1)] == [1]


async def test_an_event_that_the_layer_lost_arrives_by_looking(site: LiveServer, proposal: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    async with connect(room(site, proposal)) as socket:
        await announce(proposal.pk, "support", {"count": 1})
        assert [event["seq"] for event in await heard(socket, 1)] == [1]
        with monkeypatch.context() as patched:
            patched.setattr(hub, "tell", lambda *_: None)
            await announce(proposal.pk, "support", {"count": 2})
        assert [event["seq"] for event in await heard(socket, 1)] == [2]


async def test_a_gap_is_filled_before_the_later_event_is_told(site: LiveServer, proposal: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    async with connect(room(site, proposal)) as socket:
        with monkeypatch.context() as patched:
            patched.setattr(hub, "tell", lambda *_: None)
            await announce(proposal.pk, "support", {"count": 1})
        await announce(proposal.pk, "support", {"count": 2})
        assert [event["seq"] for event in await heard(socket, 2)] == [1, 2]


async def test_each_room_hears_only_its_own(site: LiveServer, proposal: Proposal) -> None:
    other = await sync_to_async(make.proposal)()
    async with connect(room(site, other)) as socket:
        await announce(proposal.pk, "support", {"count": 1})
        assert await silent(socket)


async def test_what_a_client_says_is_not_heard_and_one_that_keeps_talking_is_closed(site: LiveServer, proposal: Proposal) -> None:
    async with connect(room(site, proposal)) as socket:
        await socket.send('{"kind": "support", "seq": 1}')
        assert await silent(socket)
        await announce(proposal.pk, "support", {"count": 1})
        assert len(await heard(socket, 1)) == 1
        with pytest.raises(ConnectionClosed):
            for _ in range(200):
                await socket.send("again")
                await asyncio.sleep(0)
            await heard(socket, 1)


async def test_a_socket_that_never_reads_holds_nobody_up_and_is_dropped(site: LiveServer, proposal: Proposal) -> None:
    wide = "x" * 60_000
    deaf = await connect(room(site, proposal), max_queue=1, compression=None)
    async with connect(room(site, proposal), compression=None) as awake:
        await asyncio.sleep(0.1)
        for number in range(1, FRAMES_WAITING + 200):
            await announce(proposal.pk, "support", {"wide": wide})
            assert [event["seq"] for event in await heard(awake, 1)] == [number]
        assert len(hub._rooms[proposal.pk].lines) == 1
    deaf.transport.abort()


# --- the door


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
async def test_a_page_of_another_site_is_refused(site: LiveServer, proposal: Proposal, origin: str) -> None:
    with pytest.raises(InvalidStatus):
        await connect(room(site, proposal), additional_headers={"Origin": origin})


async def test_our_own_page_is_let_in(site: LiveServer, proposal: Proposal) -> None:
    async with connect(room(site, proposal), additional_headers={"Origin": site.url}) as socket:
        assert await silent(socket, 0.05)


@pytest.mark.parametrize("path", ["/ws/proposals/00000000-0000-4000-8000-000000000000/", "/ws/nothing/", "/"])
async def test_a_room_that_does_not_exist_is_refused(site: LiveServer, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(site.ws + path)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("after", ["x", "-5", "1e9", "²", "9" * 40])
async def test_a_number_that_is_none_is_refused(site: LiveServer, proposal: Proposal, after: str) -> None:
    with pytest.raises(InvalidStatus):
        await connect(room(site, proposal, after))


def _draft() -> tuple[Proposal, dict[str, str]]:
    draft = make.proposal(stage=Stage.DRAFT)
    client = Client()
    client.force_login(draft.author)
    return draft, {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


async def test_a_draft_tells_its_author_and_no_stranger(site: LiveServer, proposal: Proposal) -> None:
    draft, cookie = await sync_to_async(_draft)()
    with pytest.raises(InvalidStatus):
        await connect(room(site, draft))
    async with connect(room(site, draft), additional_headers=cookie) as socket:
        await announce(draft.pk, "stage", {"version": 2})
        assert len(await heard(socket, 1)) == 1


async def test_who_is_let_in_misses_nothing_that_happens_from_then_on(site: LiveServer, proposal: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line stands in its room before the handshake ends: however slow joining is, it is not after the door."""
    join = hub.join

    async def slow_join(room_id: uuid.UUID, line: Line) -> int:
        await asyncio.sleep(0.3)
        return await join(room_id, line)

    monkeypatch.setattr(hub, "join", slow_join)
    async with connect(room(site, proposal)) as socket:
        await announce(proposal.pk, "support", {"count": 1})
        assert [event["count"] for event in await heard(socket, 1)] == [1]


# --- the same address, polled


def test_the_same_address_polled_answers_the_same_events(people: cast.Cast, client: Client) -> None:
    proposal = make.proposal()
    for number in range(1, 4):
        live.announce(proposal.pk, "support", {"count": number})
    answer = client.get(f"/ws/proposals/{proposal.pk}/?after=2")
    assert answer.json() == {"seq": 3, "events": [{"count": 3, "seq": 3, "kind": "support"}]}
    assert client.get(f"/ws/proposals/{proposal.pk}/?after=3").json() == {"seq": 3, "events": []}
    assert client.get(f"/ws/proposals/{proposal.pk}/?after=x").status_code == 400


def test_polling_pages_through_a_long_absence(people: cast.Cast, client: Client) -> None:
    proposal = make.proposal()
    for number in range(1, 251):
        live.announce(proposal.pk, "support", {"count": number})
    first = client.get(f"/ws/proposals/{proposal.pk}/").json()
    assert (first["seq"], len(first["events"])) == (200, 200)
    assert client.get(f"/ws/proposals/{proposal.pk}/?after=200").json()["seq"] == 250


def test_a_draft_is_not_found_by_strangers_who_poll(people: cast.Cast, client: Client) -> None:
    draft = make.proposal(stage=Stage.DRAFT)
    assert client.get(f"/ws/proposals/{draft.pk}/").status_code == 404
    client.force_login(draft.author)
    assert client.get(f"/ws/proposals/{draft.pk}/").status_code == 200


def test_telling_costs_two_statements(people: cast.Cast, django_assert_num_queries) -> None:
    connection.ensure_connection()
    room_id = uuid.uuid4()
    with transaction.atomic(), django_assert_num_queries(4):
        live.announce(room_id, "support", {"count": 1})
