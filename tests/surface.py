"""What must agree: what is registered with Bolt, and what stands in the source."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.assembly.features import FEATURES
from bot.assembly.surfaces import surfaces_named
from bot.config.own import SURFACES
from handlers import register

ROOT = Path(__file__).parent.parent
LISTENING = tuple(each.name for each in surfaces_named(SURFACES) if each.listens)
"""The further places in Slack that have listeners."""


class Surface(AsyncApp):
    """A Bolt app that remembers what was registered with it, that of further `places` too."""

    def __init__(self, places: Iterable[str] = ()) -> None:
        async def authorize(**_: Any) -> AuthorizeResult:
            raise NotImplementedError  # nothing is dispatched here

        super().__init__(authorize=authorize, signing_secret="unused")
        self.names: dict[str, list[str]] = {}
        register(self, FEATURES, places)

    def _noted(self, kind: str, name: Any) -> None:
        whole = name.pattern if isinstance(name, re.Pattern) else str(name)
        self.names.setdefault(kind, []).append(whole.partition("(")[0].removeprefix("^"))

    def command(self, command: Any, *args: Any, **more: Any) -> Any:
        self._noted("command", command)
        return super().command(command, *args, **more)

    def global_shortcut(self, callback_id: Any, *args: Any, **more: Any) -> Any:
        self._noted("global", callback_id)
        return super().global_shortcut(callback_id, *args, **more)

    def message_shortcut(self, callback_id: Any, *args: Any, **more: Any) -> Any:
        self._noted("message", callback_id)
        return super().message_shortcut(callback_id, *args, **more)

    def event(self, event: Any, *args: Any, **more: Any) -> Any:
        self._noted("event", event)
        return super().event(event, *args, **more)

    def action(self, constraints: Any, *args: Any, **more: Any) -> Any:
        self._noted("action", constraints)
        return super().action(constraints, *args, **more)

    def options(self, constraints: Any, *args: Any, **more: Any) -> Any:
        self._noted("options", constraints)
        return super().options(constraints, *args, **more)

    def view(self, constraints: Any, *args: Any, **more: Any) -> Any:
        self._noted("view", constraints)
        return super().view(constraints, *args, **more)


def nodes(*places: str) -> Iterator[ast.AST]:
    """Yield everything that stands in the modules of folders, or in single modules."""
    for place in places:
        path = ROOT / place
        for each in path.rglob("*.py") if path.is_dir() else [path]:
            yield from _nodes(each)


def constants(*places: str) -> set[str]:
    constant = (node for node in nodes(*places) if isinstance(node, ast.Constant))
    return {node.value for node in constant if isinstance(node.value, str)}


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
