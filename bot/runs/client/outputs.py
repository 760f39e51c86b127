"""The documents in the output of an execution: a tree whose keys are no promise. Pure."""

from collections.abc import Iterator
from typing import Any

from bot.runs.model import DocumentRef

DEEPEST = 20
MOST_DOCUMENTS = 500


def documents_in(model: Any) -> tuple[DocumentRef, ...]:
    """Return each document once, in the order of the output.

    A document is any object of type "document" with an id, wherever it is: the vendor's own samples
    differ in where they look.
    """
    found: dict[str, DocumentRef] = {}
    for one in _walk(model, "", 0):
        if one.id not in found or not found[one.id].name:
            found[one.id] = one
        if len(found) >= MOST_DOCUMENTS:
            break
    return tuple(found.values())


def _walk(value: Any, beside: str, depth: int) -> Iterator[DocumentRef]:
    """Yield what is in `value`; `beside` is the name that stands next to it."""
    if depth > DEEPEST or not isinstance(value, dict | list):
        return
    if isinstance(value, list):
        for inner in value:
            yield from _walk(inner, beside, depth + 1)
        return
    if _is_document(value):
        yield DocumentRef(str(value["id"]), _words(value.get("displayName")) or beside)
    name = _words(value.get("documentName"))
    for inner in value.values():
        yield from _walk(inner, name, depth + 1)


def _is_document(value: dict[str, Any]) -> bool:
    kind, given = value.get("type"), value.get("id")
    return (
        isinstance(kind, str)
        and kind.strip().casefold() == "document"
        and isinstance(given, str)
        and bool(given.strip())
    )


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
