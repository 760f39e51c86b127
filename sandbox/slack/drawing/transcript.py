"""A channel as text: messages with their authors, threads under them, files and edits marked."""

from datetime import UTC, datetime

from sandbox.slack.drawing.blocks import draw
from sandbox.slack.drawing.words import Names
from sandbox.slack.messages import Message
from sandbox.slack.state import State
from sandbox.slack.uploads import File
from sandbox.slack.views import View

_UNITS = ("B", "KB", "MB", "GB")


def transcript(state: State, channel: str, *, user: str | None = None) -> str:
    """Return a channel as readable text; without `user` with everybody's ephemeral messages."""
    names = Names(state.users, state.channels)
    shown = state.top_level(channel, user=user)
    if user is None:
        shown = sorted([*shown, *_whispers(state, channel)], key=lambda one: float(one.ts))
    lines = [f"── {names.channel(channel)} {'─' * 40}"]
    for message in shown:
        lines.append("")
        lines.extend(draw_message(message, names))
        replies = state.thread(channel, message.ts, user=user)
        for reply in replies:
            lines.extend(f"  │ {line}".rstrip() for line in draw_message(reply, names))
    return "\n".join(lines) + "\n"


def draw_message(message: Message, names: Names) -> list[str]:
    """Return one message: a line saying when (UTC) and who, then its content indented."""
    body = draw(message.blocks, names) if message.blocks else []
    if message.text and not message.blocks:
        body = names.text(message.text).split("\n")
    body += [_file(one) for one in message.files]
    if message.reactions:
        body.append(" ".join(f":{name}:" for name, _ in message.reactions))
    return [_heading(message, names), *(f"  {line}".rstrip() for line in body)]


def picture(state: State, view: View) -> str:
    """Return a modal or Home tab as readable text: its title, blocks and buttons."""
    names, raw = Names(state.users, state.channels), view.raw
    buttons = [names.text(raw[name]) for name in ("close", "submit") if raw.get(name)]
    lines = [f"╭ {view.title or 'Home'}", *(f"│ {line}" for line in draw(view.blocks, names))]
    return "\n".join([*lines, "╰ " + " ".join(f"[{one}]" for one in buttons)]) + "\n"


def _heading(message: Message, names: Names) -> str:
    marks = []
    author = names.users.get(message.user)
    if author is not None and author.is_bot:
        marks.append("app")
    if message.edited_ts:
        marks.append("edited")
    if message.ephemeral_to:
        marks.append(f"only visible to {names.user(message.ephemeral_to)}")
    marked = f"  ({', '.join(marks)})" if marks else ""
    at = datetime.fromtimestamp(float(message.ts), UTC)
    return f"{at:%a %H:%M}  {message.username or names.user(message.user)}{marked}"


def _file(file: File) -> str:
    return f"📎 {file.name} ({_size(file.size)})"


def _size(size: float) -> str:
    for unit in _UNITS[:-1]:
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} {_UNITS[-1]}"


def _whispers(state: State, channel: str) -> list[Message]:
    return [
        one
        for user in state.users
        for one in state.ephemerals(user)
        if one.channel == channel and not one.is_reply
    ]
