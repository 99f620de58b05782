"""How the OpenAPI page tells programs to say who they are, and what every refusal looks like."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class BearerScheme(OpenApiAuthenticationExtension):
    """`Authorization: Bearer …`, a token of `manage.py create_token`."""

    target_class = "accounts.authentication.BearerToken"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - the library's signature
        """The scheme in OpenAPI's words."""
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """The session cookie of the pages."""

    target_class = "accounts.authentication.Session"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - the library's signature
        """The scheme in OpenAPI's words."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


_ERROR = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string", "description": "stable, for programs"},
        "message": {"type": "string", "description": "a sentence for people, in the language asked for"},
        "fields": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}
_ALWAYS = {
    "400": "The shape of the request: `fields` names what is wrong.",
    "401": "Who are you: no token, or one that is not valid.",
    "403": "Not yours; the message says why.",
    "404": "This does not exist.",
    "406": "The answer comes as JSON only.",
    "429": "Too often; `Retry-After` tells the seconds.",
    "503": "Many people are sending now; `Retry-After` tells the seconds.",
}
_WITH_BODY = {
    "409": "State or version moved meanwhile; the message says what happened.",
    "413": "The body is too large.",
    "415": "A body of this type is not accepted here.",
}
_METHODS = {"get": _ALWAYS, "delete": {**_ALWAYS, **_WITH_BODY}} | {method: {**_ALWAYS, **_WITH_BODY} for method in ("post", "put", "patch")}


def describe_errors(result: dict[str, Any], **_kept: Any) -> dict[str, Any]:
    """Every operation's refusals, in the one shape that all of them have (`accounts.api.errors`)."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = _ERROR
    body = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    seconds = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status, sentence in _METHODS.get(method, {}).items():
                answer = operation["responses"].setdefault(status, {"description": sentence})
                answer["content"] = body
                if status == "429":
                    answer.setdefault("headers", seconds)
    return result
