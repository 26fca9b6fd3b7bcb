"""Records ↔ JSON values without loss; what a record may hold is read from its own types."""

import math
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from graph.errors import ParseError

_Record = TypeVar("_Record")


def encode(value: object) -> object:
    """Records as dicts, tuples as lists, enums by value, times in UTC to the microsecond, infinities as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def decode(kind: type[_Record], value: object) -> _Record:
    """The record that was encoded. ParseError says what is wrong with the value, and where."""
    return _decode(kind, value, kind.__name__.lower())  # type: ignore[no-any-return]


def _decode(kind: Any, value: Any, place: str) -> Any:
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else _decode(_but_none(kind), value, place)
    if get_origin(kind) is tuple:
        return _decode_tuple(get_args(kind), value, place)
    if is_dataclass(kind):
        return _decode_record(kind, value, place)
    if issubclass(kind, Enum):
        return _try(kind, value, place)
    if kind is datetime:
        return _decode_time(value, place)
    if kind is float and (value in ("inf", "-inf") or (isinstance(value, int) and not isinstance(value, bool))):
        return _try(float, value, place)
    if type(value) is not kind:
        raise ParseError(f"{place} must be of type {kind.__name__}")
    return value


def _decode_record(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise ParseError(f"{place} must be an object")
    known = {field.name: field for field in fields(kind)}
    for name in value.keys() - known.keys():
        raise ParseError(f"{place} has no field {name[:40]!r}")
    for name, field in known.items():
        if name not in value and field.default is MISSING and field.default_factory is MISSING:
            raise ParseError(f"{place} lacks {name}")
    kinds = _read_types(kind)
    return kind(**{name: _decode(kinds[name], item, f"{place}.{name}") for name, item in value.items()})


def _decode_tuple(kinds: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ParseError(f"{place} must be a list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_decode(kinds[0], item, place) for item in value)
    if len(value) != len(kinds):
        raise ParseError(f"{place} must have {len(kinds)} members")
    return tuple(_decode(kind, item, place) for kind, item in zip(kinds, value, strict=True))


def _decode_time(value: Any, place: str) -> datetime:
    moment = _try(datetime.fromisoformat, value, place)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ParseError(f"{place} must be a time with its zone, such as 2025-01-28T14:00:00Z")
    return moment.astimezone(UTC)


def _try(make: Any, value: Any, place: str) -> Any:
    try:
        return make(value)
    except (ValueError, TypeError, OverflowError):
        raise ParseError(f"{place} cannot be {str(value)[:40]!r}") from None


def _but_none(kind: Any) -> Any:
    [other] = [arg for arg in get_args(kind) if arg is not NoneType]
    return other


@cache
def _read_types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
