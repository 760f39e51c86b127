"""What /flow does, and what people call it."""

from collections.abc import Sequence
from typing import Final

from bot.asking.core.arguments import Token
from bot.asking.question import QuestionKinds
from bot.digests.core.waits import ALL

_VERBS: Final = {
    "help": "help menu ? hilfe commands info aide ayuda h hi hello examples start",
    "list": "list digests subscriptions ls show mine",
    "subscribe": "subscribe add new create order schedule digest sub",
    "snooze": "snooze skip",
    "remove": "remove delete stop end cancel unsubscribe drop rm kill del",
    "now": "now send test run try preview",
    "pause": "pause hold mute",
    "resume": "resume continue unpause restart unmute",
    "history": "history log",
    "why": "why",
    "resend": "resend again repeat",
    "export": "export yaml",
    "import": "import",
    "copy": "copy clone",
    "policy": "policy policies rules permissions rights access",
    "audit": "audit",
    "doctor": "doctor checkup diagnose diagnosis",
    "edit": "edit change move reschedule update modify",
    "scoreboard": "scoreboard scoreboards",
    "follow": "follow track",
    "following": "following follows followed",
    "unfollow": "unfollow",
    "handover": "handover hand-over transfer give hand",
}
MEANT: Final = {word: verb for verb, words in _VERBS.items() for word in words.split()}
"""What /flow does, by what people call it."""


def verb_of(first: Token, rest: Sequence[Token], kinds: QuestionKinds) -> str:
    """Return what is wanted; "send report …" and "report … weekdays 9:00" order a digest."""
    if not rest and first.word.removeprefix("#").isdigit():
        return "which"
    verb = MEANT.get(first.word, "")
    if first.word in kinds and first.word not in MEANT:
        return "subscribe"
    word = rest[0].word if rest else ""
    if verb in {"pause", "snooze", "resume"} and word in ALL:
        return "resume all" if verb == "resume" else "pause all"
    if verb in {"pause", "snooze"} and (word in kinds or word.removesuffix("s") in kinds):
        return "mute"
    return "subscribe" if word in kinds and verb in {"now", "edit", "resume"} else verb
