"""Programs read the OpenAPI description before they ask: what it promises is what is answered."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(name="generated", scope="module")
def _generated() -> tuple[dict, list[str]]:
    """The description, and what had to be guessed on the way."""
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.generators import SchemaGenerator

    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)
    return schema, [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]


@pytest.fixture(name="described", scope="module")
def _described(generated: tuple[dict, list[str]]) -> dict:
    return generated[0]


def test_nothing_about_the_description_had_to_be_guessed(generated: tuple[dict, list[str]]) -> None:
    """A warning is a type that was made up, or two things that share a name: generated clients take one for the other."""
    assert generated[1] == []


def test_every_operation_tells_its_refusals_in_their_one_shape(described: dict) -> None:
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            statuses = {"400", "401", "403", "404", "429"} | ({"409", "413", "415"} if method != "get" else set())
            assert statuses <= set(operation["responses"]), f"{method} {path}"
            for status in statuses:
                content = operation["responses"][status]["content"]
                assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/Error"}, f"{method} {path} {status}"


@pytest.mark.parametrize(("what", "field"), [("ProposalRow", "sector"), ("Proposal", "sector"), ("Recommendation", "reason_code")])
def test_a_choice_that_may_be_empty_is_described_as_such(described: dict, what: str, field: str) -> None:
    """Imported proposals have no sector where no word fits."""
    assert {"$ref": "#/components/schemas/BlankEnum"} in described["components"]["schemas"][what]["properties"][field]["oneOf"]


@pytest.mark.parametrize("path", ["/api/v1/ceilings/{ceiling_id}/", "/api/v1/runs/{run_id}/"])
def test_one_thing_is_not_described_as_a_list(described: dict, path: str) -> None:
    schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert not schema["$ref"].rpartition("/")[2].startswith("Paginated")


def test_every_operation_has_a_name_of_its_own(described: dict) -> None:
    """Generated clients make one function of each name; numbers behind a name move when an address is added."""
    names = [operation["operationId"] for operations in described["paths"].values() for operation in operations.values()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if name[-1].isdigit()]


def test_options_answers_at_every_address_of_the_description(described: dict, client: Client) -> None:
    """Asking what an address takes once needed the object behind it."""
    filled = {"{z}": "9", "{x}": "411", "{y}": "256", "{code}": "61.12", "{sha256}": "a" * 64, "{ceiling_id}": "1", "{comment_id}": "1"}
    for path in described["paths"]:
        address = path
        for name, value in filled.items():
            address = address.replace(name, value)
        while "{" in address:
            before, _brace, rest = address.partition("{")
            address = f"{before}00000000-0000-0000-0000-000000000000{rest.partition('}')[2]}"
        answer = client.options(address)
        assert answer.status_code in {200, 401, 404, 405}, f"{address}: {answer.status_code}"


def test_the_page_of_the_description_takes_get_alone_and_holds_no_style(client: Client) -> None:
    """A style inside the page is what the policy blocks, with an error in the console."""
    page = client.get("/api/v1/docs/")
    assert (page.status_code, b"<style" in page.content, b"<script>" in page.content) == (200, False, False)
    assert client.options("/api/v1/docs/").status_code == 405
