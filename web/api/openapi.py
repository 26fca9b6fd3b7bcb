"""The OpenAPI 3.1 document of the API, made from its routes and the records that they give."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from web.api.routes import Parameter, Route

_REF = "#/components/schemas/{model}"
_PROBLEM = {
    "description": "Why a request was refused or failed (RFC 9457).",
    "type": "object",
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what happened, on what, and what to do"},
        "reason": {"type": "string", "description": "a stable code, where programs tell failures apart"},
    },
    "required": ["type", "title", "status", "detail"],
}
_ABOUT = (
    "The records behind the pages, as JSON. A list goes on with `after=` the `next` of its page and back "
    "with `before=` the `previous`; nothing is skipped or repeated, whatever is added meanwhile. A refused or failed "
    "request is answered with a problem document (RFC 9457)."
)


def make_document(routes: Sequence[Route], version: str) -> dict[str, Any]:
    """The document, as JSON has it."""
    places, schemas = _make_schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _describe(route, places)
    return {
        "openapi": "3.1.0",
        "info": {"title": "claimgraph", "version": version, "description": _ABOUT, "license": {"name": "MIT"}},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _make_schemas(routes: Sequence[Route]) -> tuple[dict[type, Any], dict[str, Any]]:
    """Where the schema of each record is, and the schemas by name."""
    from pydantic import TypeAdapter

    views = dict.fromkeys(view for route in routes for view in (route.view, *route.also.values()))
    bodies = dict.fromkeys(route.body for route in routes if route.body)
    kinds: list[tuple[type, Any, TypeAdapter[Any]]] = [
        *((kind, "serialization", TypeAdapter(kind)) for kind in views),
        *((kind, "validation", TypeAdapter(kind)) for kind in bodies),
    ]
    places, found = TypeAdapter.json_schemas(kinds, ref_template=_REF)
    asked = {kind.__name__ for kind in bodies}
    schemas = {name: _tidy(schema, name not in asked) for name, schema in found["$defs"].items()}
    return {kind: place for (kind, _), place in places.items()}, schemas


def _tidy(schema: Any, whole: bool) -> Any:
    """Without the titles that only repeat names.

    whole  every property is there: a view leaves nothing out
    """
    if isinstance(schema, list):
        return [_tidy(item, whole) for item in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {
        name: _tidy(value, whole) for name, value in schema.items() if not (name == "title" and isinstance(value, str))
    }
    if whole and schema.get("type") == "object" and "properties" in schema:
        tidy["required"] = list(schema["properties"])
    return tidy


def _describe(route: Route, places: dict[type, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {str(route.status): _content("the answer", "application/json", places[route.view])}
    for status, view in route.also.items():
        answers[str(status)] = _content("the answer to a dry run", "application/json", places[view])
    for status in route.failures:
        problem = {"$ref": _REF.format(model="Problem")}
        answers[str(status)] = _content(HTTPStatus(status).phrase, "application/problem+json", problem)
    described = {
        "operationId": route.name,
        "summary": route.text,
        "parameters": [_describe_parameter(parameter) for parameter in route.parameters],
        "responses": answers,
        # Reading asks for the token only where the server was told so.
        "security": [{"token": []}] if route.writes or route.guarded else [{}, {"token": []}],
    }
    if route.body:
        content = {"schema": places[route.body], "example": route.sample}
        described["requestBody"] = {"required": True, "content": {"application/json": content}}
    return described


def _describe_parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any]
    if parameter.is_number:
        schema = {"type": "integer", "minimum": 1, "maximum": parameter.most, "default": parameter.default}
    elif parameter.in_path:
        schema = {"type": "string", "minLength": 1}
    elif parameter.words:
        schema = {"type": "string", "enum": list(parameter.words)}
    else:
        schema = {"type": "string", "maxLength": parameter.most} | ({"minLength": 1} if parameter.required else {})
    if parameter.many:
        schema = {"type": "array", "items": schema} | ({"minItems": 1} if parameter.required else {})
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "description": parameter.text,
        "required": parameter.required,
        "schema": schema,
    }
    if parameter.example:
        described["example"] = _give_example(parameter)
    return described


def _content(text: str, kind: str, schema: Any) -> dict[str, Any]:
    return {"description": text, "content": {kind: {"schema": schema}}}


def _give_example(parameter: Parameter) -> object:
    if parameter.many:
        return [parameter.example]
    return int(parameter.example) if parameter.is_number else parameter.example
