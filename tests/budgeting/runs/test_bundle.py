"""The bundle: calculated again without a database, byte for byte, and every forgery named."""

import io
import json
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from budgeting import services
from budgeting.models import AllocationRun
from budgeting.rules import RULES
from budgeting.runs import bundle, handing_out
from budgeting.runs.inputs import sha256_of
from proposals.models import Proposal
from proposals.stages import Stage
from tests import make
from tests.budgeting.conftest import calculated
from tests.budgeting.runs.polled import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(people, ceiling, waiting):
    ballot = published(people, waiting, [(1,)] * 9 + [(2, 3)] * 4)
    return calculated(people, ceiling, rule="equal-shares", options={"ballot": str(ballot.pk), "ties": "lot", "seed": "4-8-1"})


def _members(run):
    return {name: text.encode() for name, text in handing_out.members_of(run).items()}


def _written(tmp_path, members):
    path = tmp_path / "alokasi.zip"
    path.write_bytes(bundle.packed({name: body.decode() for name, body in members.items()}))
    return path


def test_a_run_comes_out_of_its_bundle_byte_for_byte_without_asking_the_database(run, tmp_path, capsys, django_assert_num_queries):
    path = _written(tmp_path, _members(run))
    with django_assert_num_queries(0):
        call_command("replay_bundle", str(path), "--write", str(tmp_path / "again.json"))
    assert "byte for byte" in capsys.readouterr().out
    assert (tmp_path / "again.json").read_bytes() == _members(run)["result.json"]


def test_a_run_of_every_rule_comes_out_of_its_bundle(people, ceiling, waiting, django_assert_num_queries):
    """Reasons, accounts and places are written by each rule in its own way."""
    ballot = published(people, waiting, [(1,)] * 9 + [(2, 3)] * 4)
    Proposal.objects.filter(pk=waiting[1].pk).update(rank=1)
    asked = {rule: {"ballot": str(ballot.pk)} for rule in ("equal-shares", "exact-equal-shares", "phragmen")}
    asked |= {"rank": {}, "greedy": {"per_village": 1}, "greedy-per-cost": {}, "max-welfare": {"votes": "ballot", "ballot": str(ballot.pk)}}
    assert set(asked) == set(RULES)
    bundles = {rule: _members(calculated(people, ceiling, rule=rule, options=options)) for rule, options in asked.items()}
    with django_assert_num_queries(0):
        assert {rule: bundle.replayed(members) for rule, members in bundles.items()} == {
            rule: ([], one["result.json"]) for rule, one in bundles.items()
        }


def test_the_same_run_gives_the_same_file(run):
    assert handing_out.bundle_of(run) == handing_out.bundle_of(run)


def test_the_bundle_holds_what_is_needed_and_explains_it_in_both_languages(run):
    with zipfile.ZipFile(io.BytesIO(handing_out.bundle_of(run))) as archive:
        names, told = archive.namelist(), archive.read("BACA-SAYA.txt").decode()
    assert {"inputs.json", "result.json", "overrides.json", "lines.csv", "problem.pb", "README.txt", "BACA-SAYA.txt", "SHA256SUMS"} == set(names)
    assert run.inputs_sha256 in told
    assert "menghitung ulang" in told


def _forged(name, change):
    def forge(members):
        told = json.loads(members[name])
        change(told)
        return {**members, name: json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()}

    return forge


@pytest.mark.parametrize(
    ("forge", "named"),
    [
        (_forged("inputs.json", lambda told: told.update(budget=told["budget"] + 1)), "inputs_sha256"),
        (_forged("result.json", lambda told: told["lines"][0].update(amount=1)), "rank 1: amount"),
        (_forged("result.json", lambda told: told.update(spent=7)), "spent is 7"),
        (_forged("result.json", lambda told: told["lines"].pop()), "2 lines, not 3"),
        (_forged("result.json", lambda told: told.update(account={})), "account"),
        (_forged("result.json", lambda told: told.update(lines={"a": 1})), "shape"),
        (_forged("inputs.json", lambda told: told.update(format=9)), "format 9"),
        (_forged("inputs.json", lambda told: told.update(rule="best")), "best"),
        (_forged("inputs.json", lambda told: told["proposals"][0].update(amount=-5)), "cost must be above zero"),
        (_forged("inputs.json", lambda told: told["ballot"]["groups"].append([1, [["6112-9999-0001", 1]]])), "6112-9999-0001"),
        (_forged("inputs.json", lambda told: told.update(options=[])), "shape of inputs"),
        (_forged("inputs.json", lambda told: told.pop("budget")), "shape of inputs"),
        (lambda members: {**members, "inputs.json": b"[]"}, "not an object"),
        (lambda members: {**members, "inputs.json": b"[" * 100_000}, "not JSON"),
        (lambda members: {**members, "result.json": b"{"}, "not JSON"),
    ],
)
def test_a_forged_bundle_is_named_by_what_is_wrong(run, tmp_path, forge, named):
    with pytest.raises(CommandError, match=named):
        call_command("replay_bundle", str(_written(tmp_path, forge(_members(run)))))


def test_what_is_no_bundle_is_refused(run, tmp_path):
    path = tmp_path / "x.zip"
    whole = handing_out.bundle_of(run)
    for body, named in (
        (b"", "no whole ZIP"),
        (whole[: len(whole) // 2], "no whole ZIP"),
        (bundle.packed({"inputs.json": "{}"}), "result.json is missing"),
    ):
        path.write_bytes(body)
        with pytest.raises(CommandError, match=named):
            call_command("replay_bundle", str(path))
    members = _members(run)
    path.write_bytes(_with_wrong_sums(members))
    with pytest.raises(CommandError, match=r"lines\.csv does not fit"):
        call_command("replay_bundle", str(path))
    with pytest.raises(CommandError, match="No such file"):
        call_command("replay_bundle", str(tmp_path / "none.zip"))


def test_a_bundle_is_bounded_as_a_whole_before_anything_of_it_is_unpacked(run, tmp_path, monkeypatch):
    """Many members below any limit of one are as much memory as one above it."""
    members, path = _members(run), tmp_path / "x.zip"
    together = sum(len(body) for body in bundle.unpacked(_archive(members)).values())
    monkeypatch.setattr(bundle, "UNPACKED_MAX", together)
    assert set(bundle.unpacked(_archive(members))) == {*members, "SHA256SUMS"}
    with pytest.raises(bundle.BadBundleError, match=f"{together + 1} bytes together"):
        bundle.unpacked(_archive({**members, "more.txt": b"x"}))
    with pytest.raises(bundle.BadBundleError, match="21 members"):
        bundle.unpacked(_archive({f"{at}.txt": b"" for at in range(20)}))
    path.write_bytes(_archive({**members, "more.txt": b"x"}))
    with pytest.raises(CommandError, match="bytes together"):
        call_command("replay_bundle", str(path))


@pytest.mark.parametrize(
    "name", ["../inputs.json", "/etc/passwd", "a/b.json", "a\\b.json", "c:x", ".hidden", "folder/", "a\x00b", "x" * 65, "inputs\u00e9"]
)
def test_a_member_whose_name_is_a_path_is_refused(run, name):
    """Whoever unpacks it elsewhere must not find a file outside of the folder."""
    with pytest.raises(bundle.BadBundleError, match="no plain file name"):
        bundle.unpacked(_archive(_members(run) | {name: b"x"}))


def test_a_member_that_stands_twice_or_is_damaged_is_refused(run):
    whole = _archive(_members(run))
    with pytest.warns(UserWarning, match="Duplicate"), pytest.raises(bundle.BadBundleError, match="twice"):
        bundle.unpacked(_archive(_members(run), twice="lines.csv"))
    at = whole.index(b"inputs.json") + len("inputs.json")
    with pytest.raises(bundle.BadBundleError, match="no whole ZIP"):
        bundle.unpacked(whole[:at] + b"\xff" * 40 + whole[at + 40 :])


def test_a_member_that_lies_about_its_length_never_takes_more_memory_than_it_says():
    """The list at the end of an archive is the sender's word: a few kilobytes must not become gigabytes before the checksum is asked for."""
    packer, whole = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(64 * 1024 * 1024)
    bomb = bytearray(_stored("inputs.json", packer.compress(whole) + packer.flush()))
    del whole
    listed = bomb.index(b"PK\x01\x02")
    for header, way, length in ((0, 8, 22), (listed, 10, 24)):
        struct.pack_into("<H", bomb, header + way, zipfile.ZIP_DEFLATED)
        struct.pack_into("<I", bomb, header + length, 10)
    tracemalloc.start()
    with pytest.raises(bundle.BadBundleError, match="no whole ZIP"):
        bundle.unpacked(bytes(bomb))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * 1024 * 1024


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_ways_of_packing_that_are_read_by_pieces_are_unpacked(way):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as archive:
        archive.writestr("inputs.json", b"{}")
    with pytest.raises(bundle.BadBundleError, match="packed in a way"):
        bundle.unpacked(file.getvalue())


def _stored(name, body):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, body)
    return file.getvalue()


def _archive(members, twice=""):
    """As somebody else packs it, with the sums of what is in it; a name as it is given, for Python's own mends it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in [*members.items(), ("SHA256SUMS", b""), *([(twice, b"x")] if twice else [])]:
            about = zipfile.ZipInfo("x")
            about.filename, about.compress_type = name, zipfile.ZIP_DEFLATED
            archive.writestr(about, body)
    return file.getvalue()


def _with_wrong_sums(members):
    whole = bundle.unpacked(bundle.packed({name: body.decode() for name, body in members.items()}))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in {**whole, "lines.csv": b"x"}.items():
            archive.writestr(name, body)
    return file.getvalue()


def test_a_run_of_the_first_format_is_still_read_and_calculated_again(people, ceiling, waiting, tmp_path, capsys):
    new = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    names = ("ceiling", "budget", "stage", "rule", "ties", "proposals")
    inputs = {"format": 1, "options": {}, **{name: new.inputs[name] for name in names}}
    old = AllocationRun.objects.create(
        ceiling=ceiling, stage="budget", rule="greedy", inputs=inputs, inputs_sha256=sha256_of(inputs), software_version="musrenbang rules 1",
        budget=inputs["budget"], total=3, requested_by=people.planner, requested_at=new.requested_at,
    )  # fmt: skip
    old = services.perform_run(old.pk)
    assert (old.status, old.spent, services.replay(old)) == ("draft", 600_000_000, [])
    call_command("replay_bundle", str(_written(tmp_path, _members(old))))
    assert "same" in capsys.readouterr().out


def test_everybody_downloads_what_is_published_and_the_team_its_drafts(people, run, ceiling):
    addresses = [f"/anggaran/{run.pk}/berkas/{name}" for name in ("", "baris.csv", "suara.pb")]

    def statuses(person):
        client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return {client.get(address).status_code for address in addresses}

    assert (statuses(None), statuses(people.resident), statuses(people.second_planner)) == ({302}, {403}, {200})
    services.publish_run(run_id=run.pk, actor=people.budget_team)
    assert statuses(None) == {200}
    make.proposal(stage=Stage.BUDGET, amount=1_000_000)
    waiting = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    client = Client()
    client.force_login(people.planner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/anggaran/{waiting.pk}/berkas/").status_code == 404
