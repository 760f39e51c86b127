"""How the Web API says no."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - Slack's answer, not a fault of ours
    """An answer `ok: false` with Slack's own error code.

    `more` is merged into the JSON body; `retry_after` (seconds) makes it an HTTP 429.
    """

    def __init__(self, code: str, *, retry_after: int | None = None, **more: Any) -> None:
        """Remember the code and what else the answer carries."""
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.more = more

    @property
    def body(self) -> dict[str, Any]:
        """The JSON that the caller gets."""
        return {"ok": False, "error": self.code, **self.more}


def explained(code: str, problems: list[str], *, is_blocks: bool = False) -> Refusal:
    """Return a refusal that lists its reasons in `response_metadata.messages`, as Slack does."""
    more: dict[str, Any] = {"errors": problems} if is_blocks else {}
    messages = [f"[ERROR] {one}" for one in problems]
    return Refusal(code, response_metadata={"messages": messages}, **more)
