"""What every handler of the page shares: reading a JSON body, and saying no in a sentence."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

Body = Mapping[str, Any]


class Refused(Exception):  # noqa: N818 - an answer to the person, not an error of the program
    """The page cannot do as asked; `text` says why, `status` is the HTTP status.

    What goes wrong in ordinary use (the app failed, the modal has just closed) has status 200: the
    page was right to ask, and a browser lists every other status as an error of the page.
    """

    def __init__(self, text: str, *, status: int = 400) -> None:
        """Remember the sentence and the status."""
        super().__init__(text)
        self.text = text
        self.status = status


async def read_body(request: web.Request) -> Body:
    """Return the JSON object of a request; refuses anything else."""
    if request.content_type != "application/json":
        raise Refused("Send JSON.", status=415)
    try:
        body = await request.json()
    except ValueError:
        raise Refused("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused("Send a JSON object.")
    return body


def needed(values: Mapping[str, Any], name: str) -> str:
    """Return a text that must be there and must not be empty."""
    value = values.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(f"{name} is missing.")
    return value


def optional(values: Mapping[str, Any], name: str) -> str | None:
    """Return a text that may be left out."""
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(f"{name} must be text.")
    return value or None
