"""An independent opinion on requests: the Bot API as aiogram's models have it."""

import importlib
import importlib.util
from collections.abc import Iterator
from typing import Any

from .journal import Request

_AIOGRAM = importlib.util.find_spec("aiogram") is not None


def complaints(requests: list[Request]) -> list[str]:
    """One line for each field that is unknown, missing or of the wrong type. Empty where
    aiogram is not installed."""
    if not _AIOGRAM:
        return []
    return [
        f"{request.method} #{request.number}: {fault}"
        for request in requests
        for fault in _faults(request)
    ]


def load() -> None:
    """Load the models now; it takes seconds, and many more while other processes start."""
    if _AIOGRAM:
        importlib.import_module("aiogram.methods")


def available() -> bool:
    """Whether aiogram is installed."""
    return _AIOGRAM


def _faults(request: Request) -> Iterator[str]:
    from aiogram import methods
    from pydantic import ValidationError

    model = getattr(methods, request.method[:1].upper() + request.method[1:], None)
    if model is None:
        yield "no such method in the Bot API"
        return
    try:
        read = model.model_validate(request.arguments)
    except ValidationError as error:
        for detail in error.errors():
            yield f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"
    else:
        yield from unknown_fields(read, "")


def unknown_fields(value: Any, path: str) -> Iterator[str]:
    """Fields of a model, and of those in it, that the Bot API does not have."""
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"unknown field {path}{name}"
        for name in value.model_fields_set:
            yield from unknown_fields(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, list):
        for item in value:
            yield from unknown_fields(item, path)
