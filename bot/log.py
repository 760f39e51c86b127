"""Logs: one event name with keys and values. Never a payload, a token or the text of a message.

Each line has the `request_id` under which it was written, from the request of Slack to the last
message that comes of it, whichever process wrote it, and the `workspace` that it was about.
"""

import hashlib
import logging
import secrets
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, Literal

import structlog
from structlog.contextvars import bound_contextvars, get_contextvars, merge_contextvars

from bot.redaction import without_secrets

REQUEST_ID: Final = "request_id"


def configure(*, level: str = "info", form: Literal["text", "json"] = "text") -> None:
    """Send structlog's events and the libraries' warnings to standard error."""
    stamp = "ts" if form == "json" else "timestamp"  # the latter is what the console renderer knows
    shared: list[structlog.typing.Processor] = [
        merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key=stamp),
        structlog.processors.format_exc_info,
        _hide,
    ]
    json = structlog.processors.JSONRenderer()
    renderer: structlog.typing.Processor = (
        json if form == "json" else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    numeric = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(numeric),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries log request bodies and headers at lower levels; only their warnings are wanted.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _in_json(shared, json) if form == "json" else logging.Formatter("%(name)s: %(message)s")
    )
    logging.basicConfig(level=max(numeric, logging.WARNING), handlers=[handler])


def get() -> structlog.stdlib.BoundLogger:
    """Return a logger."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger()
    return logger


def about(**values: str) -> AbstractContextManager[None]:
    """Let each line that is written in this context, and in tasks begun in it, have these keys."""
    return bound_contextvars(**values)


def request_id() -> str:
    """Return the id of the request that is worked on, or an empty text."""
    return str(get_contextvars().get(REQUEST_ID, ""))


def id_of(what: str) -> str:
    """Return the same short id each time for the same thing; a new one for an empty text."""
    return hashlib.blake2s((what or secrets.token_hex(8)).encode(), digest_size=4).hexdigest()


@contextmanager
def reference() -> Iterator[str]:
    """Yield what leads from a sentence for people to the log: the id of the request.

    Where there is none, what is logged in this context has a new one.
    """
    known = request_id()
    if known:
        yield known
        return
    with about(request_id=id_of("")):
        yield request_id()


def _in_json(
    shared: list[structlog.typing.Processor], json: structlog.typing.Processor
) -> logging.Formatter:
    """Return what writes the lines of libraries as our own."""
    named = structlog.stdlib.add_logger_name
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        processors=[strip, json], foreign_pre_chain=[named, *shared]
    )


def _hide(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Take out what looks like a secret in an error that somebody else's code worded."""
    if "exception" in event:
        event["exception"] = without_secrets(event["exception"])
    return event
