"""Views: the modals a person has open, one on top of another, and everybody's Home tab."""

import json
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks import view_problems
from sandbox.slack.blocks.walking import with_ids
from sandbox.slack.changes import Change
from sandbox.slack.content import decoded
from sandbox.slack.inputs import first_values, kept_values
from sandbox.slack.refusals import Refusal, explained
from sandbox.slack.workspace import Values, Workspace

VIEWS_KEPT = 500


@dataclass(frozen=True, slots=True)
class View:
    """One view.

    `raw` is what the app sent and `blocks` are its blocks with ids; `channel` is where the person
    was when it opened; `values` is what its elements hold.
    """

    id: str
    user: str
    raw: dict[str, Any]
    blocks: tuple[dict[str, Any], ...]
    hash: str
    root_view_id: str
    previous_view_id: str = ""
    channel: str = ""
    values: Values = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Return `modal` or `home`."""
        return str(self.raw["type"])

    @property
    def title(self) -> str:
        """The words in a modal's title bar; empty for Home."""
        return str((self.raw.get("title") or {}).get("text", ""))

    @property
    def blocks_list(self) -> list[dict[str, Any]]:
        """The blocks as a list."""
        return list(self.blocks)

    @property
    def callback_id(self) -> str:
        """The app's name for it."""
        return str(self.raw.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        """What the app hid in it."""
        return str(self.raw.get("private_metadata") or "")


def read_view(value: Any, *, kind: str | None = None) -> dict[str, Any]:
    """Return a view as sent; refuses `invalid_arguments` with reasons, and `view_too_large`."""
    view = decoded(value, "invalid_arguments")
    problems = view_problems(view)
    if not problems and kind and view["type"] != kind:
        problems = [f"must be a {kind} view [json-pointer:/view/type]"]
    if problems:
        raise explained("invalid_arguments", problems)
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise Refusal("view_too_large")
    return dict(view)


class Views:
    """Every view by id, the stack of modals of each person, and the Home tabs."""

    def __init__(self, workspace: Workspace) -> None:
        """Start with nothing open."""
        self._workspace = workspace
        self._views: OrderedDict[str, View] = OrderedDict()
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}

    def top(self, user: str) -> View | None:
        """Return the modal a person has before them, or None."""
        stack = self._stacks.get(user)
        return self._views[stack[-1]] if stack else None

    def home(self, user: str) -> View | None:
        """Return a person's Home tab, or None."""
        return self._views.get(self._homes.get(user, ""))

    @property
    def open_ones(self) -> list[View]:
        """The views that are before somebody."""
        return [view for view in self._views.values() if self.is_open(view.id)]

    def is_open(self, view_id: str) -> bool:
        """Tell whether a view is still before somebody."""
        view = self._views.get(view_id)
        return view is not None and (
            view_id in self._stacks.get(view.user, []) or view_id in self._homes.values()
        )

    def get(self, view_id: str) -> View:
        """Return an open view; refuses `not_found`, which is what Slack calls it."""
        if not self.is_open(view_id):
            raise Refusal("not_found")
        return self._views[view_id]

    def by_external_id(self, external_id: str) -> View:
        """Return the open view that the app named so; refuses `not_found`."""
        for view in self._views.values():
            if view.raw.get("external_id") == external_id and self.is_open(view.id):
                return view
        raise Refusal("not_found")

    def open(self, raw: dict[str, Any], *, user: str, channel: str) -> View:
        """Show a new modal in place of whatever modals the person had."""
        self._stacks[user] = []
        return self._show(raw, user=user, channel=channel)

    def push(self, raw: dict[str, Any], *, user: str) -> View:
        """Put a modal on top; refuses `push_limit_reached` and, with none open, `not_found`."""
        stack = self._stacks.get(user) or []
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= limits.VIEW_STACK:
            raise Refusal("push_limit_reached")
        return self._show(raw, user=user, channel=self._views[stack[-1]].channel)

    def update(self, view: View, raw: dict[str, Any], *, sent_hash: str = "") -> View:
        """Replace what a view shows, keeping what was entered; refuses `hash_conflict`."""
        if sent_hash and sent_hash != view.hash:
            raise Refusal("hash_conflict")
        self._check_external_id(raw, own=view.id)
        blocks = self._blocks(raw)
        changed = replace(
            view,
            raw=raw,
            blocks=blocks,
            hash=self._hash(),
            values=kept_values(blocks, view.values, current_channel=view.channel),
        )
        return self.put(changed)

    def publish(self, raw: dict[str, Any], *, user: str, sent_hash: str = "") -> View:
        """Show a person's Home tab; refuses `hash_conflict`."""
        if (old := self.home(user)) is not None:
            return self.update(old, raw, sent_hash=sent_hash)
        view_id = self._workspace.mint("V")
        self._homes[user] = view_id
        return self._new(view_id, raw, user=user, channel="", previous="", root=view_id)

    def close(self, view: View) -> None:
        """Take one modal away, so that the one below shows again."""
        stack = self._stacks.get(view.user, [])
        if view.id in stack:
            stack.remove(view.id)
        self._announce("view", view, self.top(view.user))

    def clear(self, user: str) -> None:
        """Take away every modal of a person."""
        top = self.top(user)
        self._stacks[user] = []
        if top is not None:
            self._announce("view", top, None)

    def put(self, view: View) -> View:
        """Put a changed view in the place of the old one."""
        self._views[view.id] = view
        if view.type == "home":
            self._announce("home", view, view)
        else:
            self._announce("view", view, self.top(view.user))
        return view

    def _show(self, raw: dict[str, Any], *, user: str, channel: str) -> View:
        self._check_external_id(raw, own="")
        stack = self._stacks.setdefault(user, [])
        view_id = self._workspace.mint("V")
        previous, root = (stack[-1], stack[0]) if stack else ("", view_id)
        stack.append(view_id)
        return self._new(view_id, raw, user=user, channel=channel, previous=previous, root=root)

    def _new(
        self,
        view_id: str,
        raw: dict[str, Any],
        *,
        user: str,
        channel: str,
        previous: str,
        root: str,
    ) -> View:
        blocks = self._blocks(raw)
        self._forget_closed()
        return self.put(
            View(
                id=view_id,
                user=user,
                raw=raw,
                blocks=blocks,
                hash=self._hash(),
                root_view_id=root,
                previous_view_id=previous,
                channel=channel,
                values=first_values(blocks, current_channel=channel),
            )
        )

    def _check_external_id(self, raw: dict[str, Any], *, own: str) -> None:
        external_id = raw.get("external_id")
        taken = [one.id for one in self.open_ones if one.raw.get("external_id") == external_id]
        if external_id and set(taken) - {own}:
            raise Refusal("duplicate_external_id")

    def _forget_closed(self) -> None:
        for view_id in list(self._views)[: max(0, len(self._views) - VIEWS_KEPT)]:
            if not self.is_open(view_id):
                del self._views[view_id]

    def _blocks(self, raw: dict[str, Any]) -> tuple[dict[str, Any], ...]:
        return tuple(with_ids(raw["blocks"], lambda: self._workspace.mint("b")))

    def _hash(self) -> str:
        return f"{self._workspace.stamp()}.{self._workspace.mint('h')}"

    def _announce(self, kind: str, view: View, shown: View | None) -> None:
        self._workspace.changes.announce(Change(kind, user=view.user, payload=shown))
