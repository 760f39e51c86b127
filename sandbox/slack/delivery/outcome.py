"""What came of something a person did."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.messages import Message
from sandbox.slack.views import View

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to reach the app.

    `status` is None when no answer came; `body` is the parsed JSON, the text, or None. `error` is
    Slack's word for what went wrong, `reason` the one that a retry of an event names.
    """

    status: int | None
    body: Any = None
    error: str = ""
    reason: str = ""
    retry: int = 0
    may_retry: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person sees after doing something, and how the app was reached.

    `status` and `body` are the app's answer, None when it was not asked. `text` is the reply in
    the answer; `error` what went wrong, in Slack's words. `errors` are the messages beside a
    modal's inputs, by block_id. `options` and `option_groups` are suggestions.
    """

    status: int | None = None
    body: Any = None
    text: str = ""
    error: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)
    option_groups: list[Json] = field(default_factory=list)
    message: Message | None = None
    view: View | None = None
    deliveries: tuple[Delivery, ...] = ()


def outcome_of(*deliveries: Delivery, **more: Any) -> Outcome:
    """Return the outcome of one or more attempts: the last one counts."""
    last = deliveries[-1]
    found = {"status": last.status, "body": last.body, "error": last.error, **more}
    return Outcome(deliveries=deliveries, **found)
