"""A channel's canvas: found or made, and single sections of it written, at Slack's pace.

Slack's ids of sections are good until the next edit, so one is looked up before each edit, and a
call makes one change: https://docs.slack.dev/reference/methods/canvases.edit
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.clock import Clock
from bot.errors import SlackError
from bot.scoreboards.rendering.section import WrittenSection
from bot.slack.client import Slack
from bot.slack.pace import BusyError, PacedMethod

PACES: Final = {
    "conversations.info": 10,
    "conversations.canvases.create": 15,
    "canvases.sections.lookup": 40,
    "canvases.edit": 40,
}
"""Calls a minute of each method, some less than Slack allows."""
NO_CANVAS: Final = frozenset({"canvas_deleted", "canvas_not_found"})
OFF: Final = frozenset(
    {
        "canvas_creation_failed",
        "canvas_disabled_user_team",
        "canvas_tab_creation_failed",
        "channel_canvas_creation_failed",
        "free_team_canvas_tab_already_exists",
        "free_teams_cannot_create_non_tabbed_canvases",
        "free_teams_cannot_create_standalone_canvases",
        "free_teams_cannot_edit_standalone_canvases",
        "restricted_plan_standalone_canvas_forbidden",
        "slack_connect_canvas_sharing_blocked",
        "team_tier_cannot_create_channel_canvases",
    }
)
"""What Slack says where there are no canvases for us, whatever is to stand in them."""
NOT_FINDABLE: Final = "section_not_findable"
"""Ours, not Slack's: a section that was just written is not found."""
TOO_LARGE: Final = "canvas_too_large"
MAY_NOT: Final = frozenset(
    {
        "access_denied",
        "channel_not_found",
        "is_archived",
        "missing_scope",
        "no_permission",
        "not_in_channel",
        "restricted_action",
    }
)
FINAL: Final = NO_CANVAS | OFF | MAY_NOT | {TOO_LARGE, "channel_canvas_already_exists"}
_STALE: Final = "canvas_editing_failed"
_EDITS: Final = 3
_SOON: Final = timedelta(seconds=20)


class SectionGoneError(Exception):
    """People took the section out of the canvas, or the canvas away."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a section is: `whole` says that the id stands for its heading with all below it."""

    id: str
    whole: bool


class ChannelCanvases:
    """Raises BusyError where Slack is to be asked later, and SlackError for what is final."""

    def __init__(self, slack: Slack, clock: Clock) -> None:
        """Ask `slack`."""
        self._clock = clock
        self._methods = {
            name: PacedMethod(name, slack, clock, most=most, final=FINAL)
            for name, most in PACES.items()
        }

    async def write(
        self, channel: str, known: str, section: WrittenSection, *, is_there: bool
    ) -> str:
        """Write a section of a channel's canvas, and return the canvas's id.

        `known` is the id that was seen last. A section that `is_there` is replaced in its place,
        wherever people moved it; raises SectionGoneError where it is not. Any other is added at the
        end, unless it is there already, as of somebody who was stopped before that was noted.
        """
        canvas = known or await self._of(channel)
        if not canvas and is_there:
            raise SectionGoneError
        if not canvas:
            try:
                return await self._findable(await self._create(channel, section), section)
            except SlackError as error:
                if error.code != "channel_canvas_already_exists":
                    raise
            canvas = await self._of(channel)
        if not canvas:
            raise BusyError(self._clock.now() + _SOON)
        try:
            await self._write(canvas, section, is_there=is_there)
        except SlackError as error:
            if error.code not in NO_CANVAS or not known:
                raise
            return await self.write(channel, "", section, is_there=is_there)
        return canvas

    async def replace(self, canvas: str, section: WrittenSection) -> bool:
        """Replace a section if it is there, and return whether it was."""
        try:
            await self._write(canvas, section, is_there=True)
        except SectionGoneError:
            return False
        return True

    async def has(self, channel: str, known: str, section: WrittenSection) -> bool:
        """Return whether a section is in a channel's canvas; nothing is changed for that."""
        canvas = known or await self._of(channel)
        try:
            return bool(canvas) and await self._find(canvas, section) is not None
        except SlackError as error:
            if error.code not in NO_CANVAS:
                raise
            return False

    async def _write(self, canvas: str, section: WrittenSection, *, is_there: bool) -> None:
        for _ in range(_EDITS):
            found = await self._find(canvas, section)
            if found is None and is_there:
                raise SectionGoneError
            try:
                await self._edit(canvas, found, section)
            except BusyError as busy:
                if busy.trouble != _STALE:
                    raise
            else:
                if found is None:
                    await self._findable(canvas, section)
                return
        raise BusyError(self._clock.now() + _SOON, _STALE)  # somebody writes there all the time

    async def _edit(self, canvas: str, spot: _Spot | None, section: WrittenSection) -> None:
        change: dict[str, Any] = {"operation": "insert_at_end"}
        if spot:
            change = {"operation": "replace", "section_id": spot.id}
        text = section.table if spot and not spot.whole else section.markdown
        change["document_content"] = {"type": "markdown", "markdown": text}
        await self._methods["canvases.edit"].call(canvas_id=canvas, changes=[change])

    async def _find(self, canvas: str, section: WrittenSection) -> _Spot | None:
        """Return where the table with our mark is; the first one where people copied it.

        Slack's pages do not say whether a heading's section has what follows it. If it has, the
        mark is found in a heading.
        """
        marked = {"contains_text": section.mark}
        ids = await self._lookup(canvas, marked)
        if not ids:
            return None
        headed = await self._lookup(canvas, {"section_types": ["any_header"], **marked})
        return _Spot(headed[0], whole=True) if headed else _Spot(ids[0], whole=False)

    async def _findable(self, canvas: str, section: WrittenSection) -> str:
        """Return a canvas in which a new section is found, as it has to be whenever it changes.

        Slack's pages do not say whether it looks into tables. Raises SlackError where it does not.
        """
        if await self._find(canvas, section) is None:
            raise SlackError("canvases.sections.lookup", NOT_FINDABLE)
        return canvas

    async def _lookup(self, canvas: str, criteria: Mapping[str, Any]) -> list[str]:
        lookup = self._methods["canvases.sections.lookup"]
        answer = await lookup.call(canvas_id=canvas, criteria=criteria)
        return [str(each["id"]) for each in answer.get("sections") or ()]

    async def _create(self, channel: str, section: WrittenSection) -> str:
        answer = await self._methods["conversations.canvases.create"].call(
            channel_id=channel, document_content={"type": "markdown", "markdown": section.markdown}
        )
        return str(answer.get("canvas_id") or "")

    async def _of(self, channel: str) -> str:
        """Return the id of a channel's own canvas, or an empty text."""
        answer = await self._methods["conversations.info"].call(channel=channel)
        properties = (answer.get("channel") or {}).get("properties") or {}
        return str((properties.get("canvas") or {}).get("file_id") or "")
