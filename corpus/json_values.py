"""Dataclasses as values that JSON has, and back, by the types of their fields.

Between processes and in the library; unlike pickle, reading them runs no code of theirs.
"""

import dataclasses
import datetime
import enum
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_Kind = TypeVar("_Kind")


def to_values(thing: object) -> Any:
    """What JSON can say of a thing; of a dataclass the fields that are not as they are by default.

    Takes dataclasses, members of enumerations, dates, mappings from text, tuples and what JSON has
    itself. Raises TypeError for anything else.
    """
    if thing is None or isinstance(thing, str | int | float):
        return thing.name if isinstance(thing, enum.Enum) else thing
    if isinstance(thing, enum.Enum):
        return thing.name
    if isinstance(thing, datetime.date):
        return thing.isoformat()
    if isinstance(thing, tuple | list):
        return [to_values(one) for one in thing]
    if isinstance(thing, Mapping):
        return {str(key): to_values(value) for key, value in thing.items()}
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        values = {name: getattr(thing, name) for name in _fields(type(thing))}
        defaults = _defaults(type(thing))
        return {
            name: to_values(value)
            for name, value in values.items()
            if name not in defaults or value != defaults[name]
        }
    raise TypeError(f"JSON has nothing for {type(thing).__name__}")


def from_values(kind: type[_Kind], values: Any) -> _Kind:
    """The thing of this type that `to_values` said this of.

    Raises TypeError, ValueError or KeyError where it did not.
    """
    made: _Kind = _made(kind, values)
    return made


def _made(kind: Any, values: Any) -> Any:
    if (origin := get_origin(kind)) is not None:
        return _made_of_many(origin, get_args(kind), values)
    if issubclass(kind, enum.Enum):
        return kind[values]
    if issubclass(kind, datetime.date):
        return kind.fromisoformat(values)
    if hasattr(kind, "__dataclass_fields__"):
        if not isinstance(values, Mapping):
            raise TypeError(f"{type(values).__name__} is not {kind.__name__}")
        named = _fields(kind)
        return kind(**{name: _made(named[name], value) for name, value in values.items()})
    if not isinstance(values, kind):
        raise TypeError(f"{type(values).__name__} is not {kind.__name__}")
    return values


def _made_of_many(origin: Any, kinds: tuple[Any, ...], values: Any) -> Any:
    """What may be missing, a tuple of one kind, or a mapping from text."""
    if origin in (Union, types.UnionType):
        (inner,) = (kind for kind in kinds if kind is not type(None))
        return None if values is None else _made(inner, values)
    if issubclass(origin, Mapping) and isinstance(values, Mapping):
        return {str(key): _made(kinds[1], value) for key, value in values.items()}
    if issubclass(origin, Mapping) or not isinstance(values, list | tuple):
        raise TypeError(f"{type(values).__name__} is not {origin.__name__}")
    return tuple(_made(kinds[0], one) for one in values)


@cache
def _fields(kind: type) -> dict[str, Any]:
    """The fields of a dataclass and their types."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


@cache
def _defaults(kind: type) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in dataclasses.fields(kind):
        if field.default is not dataclasses.MISSING:
            found[field.name] = field.default
        elif field.default_factory is not dataclasses.MISSING:
            found[field.name] = field.default_factory()
    return found
