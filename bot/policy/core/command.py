"""What may follow /flow policy: a rule to be set, or one to be taken away."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.asking.core.arguments import Token, TokenKind, joined, nearest, quoted
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.question import TABLE_FORMATS
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.policy import EVERYONE, GUESTS, Effect, Grantee, GranteeKind
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class ShowPolicy(Intent):
    """A request to see the rules."""

    job: ClassVar[str] = "show_policy"
    needs: ClassVar[Right] = Right.GOVERN


@dataclass(frozen=True, slots=True)
class SetRule(Intent):
    """Rules to be made: for each of `who` in each of `channels`, about a thing or all.

    `only` takes the place of the rules that said before who may. A group's id may be its name, as
    it was typed. `channels` and `asks_in` are Slack's ids, `view_id` that of the form, if any.
    """

    job: ClassVar[str] = "set_rule"
    needs: ClassVar[Right] = Right.GOVERN
    right: Right
    effect: Effect
    who: tuple[Grantee, ...] = (EVERYONE,)
    channels: tuple[str, ...] = ()
    thing: str = ""
    asks_in: str = ""
    only: bool = False
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class RemoveRule(Intent):
    """A rule to be taken away, by its number."""

    job: ClassVar[str] = "remove_rule"
    needs: ClassVar[Right] = Right.GOVERN
    number: int


@dataclass(frozen=True, slots=True)
class ResetRules(Intent):
    """All rules about a right to be taken away."""

    job: ClassVar[str] = "reset_rules"
    needs: ClassVar[Right] = Right.GOVERN
    right: Right


@dataclass(frozen=True, slots=True)
class ShowAudit(Intent):
    """A request to see who did what, `before` a row; with `export` all of it as a file."""

    job: ClassVar[str] = "show_audit"
    needs: ClassVar[Right] = Right.GOVERN
    before: int = 0
    export: str = ""


PolicyRequest = ShowPolicy | SetRule | RemoveRule | ResetRules | ShowAudit

_RIGHTS: Final = {
    Right.ASK: "ask see view read reports",
    Right.ORDER: "order subscribe digests",
    Right.MANAGE: "manage edit change",
    Right.FOLLOW: "follow following",
    Right.NAME: "name rename names renaming",
    Right.ASSIGN: "assign assigning assignments",
    Right.REMIND: "remind reminders reminding",
    Right.RUN: "run start runs running answer",
    Right.CANCEL: "cancel cancelling stop",
    Right.REGISTER: "register registering sign-on",
    Right.CREATE: "create creating events",
}
_NAMED: Final = {word: right for right, words in _RIGHTS.items() for word in words.split()}
RIGHT_WORDS: Final = {right: words.split()[0] for right, words in _RIGHTS.items()}
"""The word that is typed for each right."""
_EFFECTS: Final = {
    "only": Effect.ALLOW,
    **dict.fromkeys(("also", "allow", "let", "and"), Effect.ALLOW),
    **dict.fromkeys(("not", "deny", "never", "forbid", "except", "block"), Effect.DENY),
    **dict.fromkeys(("second", "agree", "approval", "approve", "two"), Effect.SECOND),
}
_EVERYONE: Final = frozenset({"everyone", "everybody", "all", "anyone", "members", "member"})
_FILLERS: Final = frozenset(
    {"to", "for", "and", "or", "by", "a", "an", "the", "person", "people", "must", "needs", "need"}
) | {"ask", "asks", "may", "can", "every", "who"}
_REMOVES: Final = frozenset({"remove", "delete", "drop", "rm", "undo"})
_RESETS: Final = frozenset({"reset", "default", "clear", "defaults"})
_EXAMPLES: Final = "assign only @training-leads", "run not guests", "create second in #events"
_WHERE: Final = frozenset({"in", "channel"})
_ABOUT: Final = frozenset({"about", "thing", "flow", "event", "of"})
_ASKED: Final = frozenset({"asked", "asking"})


def parse_policy(rest: Sequence[Token]) -> PolicyRequest:
    """Return what the words after "policy" want. Raises UserError with what works."""
    if not rest or rest[0].word in {"show", "list", "rules"}:
        return ShowPolicy()
    first, more = rest[0], rest[1:]
    if first.word in _REMOVES:
        return RemoveRule(_number(more))
    right = _NAMED.get(first.word)
    if right is None:
        raise _unknown(first)
    if more and more[0].word in _RESETS:
        return ResetRules(right)
    return _rule(right, first, more)


def parse_audit(rest: Sequence[Token]) -> ShowAudit:
    """Return what the words after "audit" want. Raises UserError."""
    said = [each for each in rest if each.word not in {"as", "export", "log", "trail"}]
    exports = len(said) < len(rest)
    if not said:
        return ShowAudit(export="csv" if exports and rest[-1].word == "export" else "")
    if len(said) == 1 and said[0].word in TABLE_FORMATS:
        return ShowAudit(export=said[0].word)
    raise UserError("Type `/flow audit`, or `/flow audit csv` for all of it as a file.")


def _rule(right: Right, first: Token, more: Sequence[Token]) -> SetRule:
    at = next((at for at, each in enumerate(more) if each.word in _EFFECTS), None)
    if at is None:
        raise _no_effect(first)
    word = more[at].word
    effect = _EFFECTS[word]
    parts = _parts([*more[:at], *more[at + 1 :]])
    who = tuple(dict.fromkeys(_grantees(parts["who"])))
    if effect is not Effect.SECOND and not who and not parts["in"]:
        raise _nobody(first.text, word)
    asks_in = _channels(parts["asked"])
    return SetRule(
        right,
        effect,
        who or (EVERYONE,),
        _channels(parts["in"]),
        joined(parts["about"]),
        asks_in[0] if asks_in else "",
        only=word == "only",
    )


def _parts(given: Sequence[Token]) -> dict[str, list[Token]]:
    """Return the words by what they say: who, in which channels, about what, asked where."""
    parts: dict[str, list[Token]] = {"who": [], "in": [], "about": [], "asked": []}
    now = "who"
    for each in given:
        if each.word in _ASKED:
            now = "asked"
        elif each.word in _WHERE:
            now = now if now == "asked" else "in"
        elif each.word in _ABOUT:
            now = "about"
        else:
            parts[now].append(each)
    return parts


def _grantees(given: Sequence[Token]) -> Iterator[Grantee]:
    for each in given:
        if each.kind is TokenKind.USER:
            yield Grantee(GranteeKind.USER, each.text)
        elif each.text.startswith("@"):
            name = each.text.rstrip(".,;")
            yield Grantee(GranteeKind.GROUP, name.removeprefix("@subteam^"), name)
        elif each.word in _EVERYONE:
            yield EVERYONE
        elif each.word in {"guests", "guest"}:
            yield GUESTS
        elif each.word not in _FILLERS:
            raise UserError(
                f"I can't read {quoted(each.text)} as who it is about. Name people or user groups "
                "with @, everyone, or guests."
            )


def _channels(given: Sequence[Token]) -> tuple[str, ...]:
    named = [each for each in given if each.word not in _FILLERS]
    odd = next((each for each in named if each.kind is not TokenKind.CHANNEL), None)
    if odd:
        raise UserError(f"I can't read {quoted(odd.text)} as a channel. Name it with #.")
    return tuple(dict.fromkeys(each.text for each in named))


def _number(given: Sequence[Token]) -> int:
    typed = "".join(each.text for each in given if each.word != "rule")
    found = re.fullmatch(r"#?([0-9]{1,9})", typed)
    if not found:
        raise RetypeError(
            "Which rule? Give its number as `/flow policy` shows it: /flow policy remove 3",
            typed="remove",
            corrections=[Correction("See the rules", "policy")],
        )
    return int(found[1])


def _unknown(first: Token) -> UserError:
    near = nearest(first.word, _NAMED) if first.word else ""
    hint = f" Did you mean {quoted(near)}?" if near else ""
    words = ", ".join(RIGHT_WORDS.values())
    return UserError(
        f"I don't know {quoted(first.text)} as something that rules can be about.{hint} They are: "
        f"{words}. For example: `/flow policy {_EXAMPLES[0]}`"
    )


def _no_effect(first: Token) -> UserError:
    word = first.word
    return UserError(
        f"Who may {word}? For example `/flow policy {word} only @training-leads`, "
        f"`/flow policy {word} not guests`, `/flow policy {word} second person` or "
        f"`/flow policy {word} reset`"
    )


def _nobody(right: str, word: str) -> UserError:
    return UserError(
        f"Whom is that rule about? For example: `/flow policy {right} {word} @training-leads`"
    )
