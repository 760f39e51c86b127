"""Why Slack lets us not in, in words: what a start and the doctor say of a token."""

from typing import Final

from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.slack.refusals import RefusalKind, kind_of

BOT_TOKEN: Final = (
    "SLACK_BOT_TOKEN",
    "Copy the Bot User OAuth Token from the app's Install page anew",
)
APP_TOKEN: Final = (
    "SLACK_APP_TOKEN",
    "Generate an app-level token with connections:write on the app's Basic Information page",
)


def let_not_in(
    error: BotError, api_url: str, *, by: tuple[str, str] = BOT_TOKEN, after: str = ""
) -> tuple[str, str]:
    """Return why, and the mend; `by` is the variable of the token and its mend.

    `after` says how long Slack was waited for, such as " for 10 minutes".
    """
    variable, mend = by
    if isinstance(error, SlackUnreachableError):
        return (
            f"Slack could not be reached at {api_url}{after}.",
            "Check the network, the proxy and SLACK_API_URL, then start again.",
        )
    assert isinstance(error, SlackError)
    kind = kind_of(error.code)
    if kind is RefusalKind.LATER or error.retry_after is not None:
        return f"Slack lets nobody in now ({error.code}).", "Start again in a while."
    if kind is RefusalKind.UNSURE or error.code.startswith("http_"):
        return (
            f"{api_url} does not answer as Slack does ({error.code}).",
            "Check SLACK_API_URL, and whether a proxy stands in between.",
        )
    return f"Slack refuses {variable} ({error.code}).", f"{mend}."
