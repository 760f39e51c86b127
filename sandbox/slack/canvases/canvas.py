"""The canvases of a workspace: what stands in them, and where each can be found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sandbox.slack.canvases.markdown import Part, parts_of
from sandbox.slack.refusals import Refusal, explained

HEADINGS: Final = ("h1", "h2", "h3")
ANY: Final = "any_header"


@dataclass(slots=True)
class Canvas:
    """One document. `channel` is that in whose tabs it stands, `is_channels` that it is its own.

    The ids of its sections are handed out by a lookup and good until the next edit, whoever makes
    it.
    """

    id: str
    title: str = ""
    channel: str = ""
    is_channels: bool = False
    creator: str = ""
    parts: list[Part] = field(default_factory=list)
    access: dict[str, str] = field(default_factory=dict)
    _handed: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def markdown(self) -> str:
        """All that stands in it."""
        return "\n\n".join(part.markdown for part in self.parts)

    def write(self, markdown: str) -> None:
        """Replace everything; refuses what a canvas does not take."""
        self._put(0, len(self.parts), parts_of(markdown))

    def lookup(
        self,
        mint: Callable[[], str],
        *,
        kinds: Sequence[str],
        contains: str,
        grouped: bool,
        in_tables: bool,
    ) -> Iterator[str]:
        """Yield an id for each section that is of one of the kinds, if any, and has a text.

        With `grouped` a heading's section has all that follows up to the next heading. A text in
        a table counts if it is looked for `in_tables`.
        """
        wanted = HEADINGS if ANY in kinds else tuple(kinds)
        for at, end in self._sections(grouped=grouped):
            read = (each for each in self.parts[at:end] if in_tables or each.kind != "table")
            told = "\n".join(part.text for part in read)
            if (not wanted or self.parts[at].kind in wanted) and contains in told:
                given = f"temp:C:{mint()}"
                self._handed[given] = at, end
                yield given

    def insert(self, where: str, section: str, markdown: str) -> None:
        """Insert at the start or end, or before or after a section."""
        new = parts_of(markdown)
        if where in {"start", "end"}:
            at = 0 if where == "start" else len(self.parts)
        else:
            first, end = self._range(section)
            at = first if where == "before" else end
        self._put(at, at, new)

    def replace(self, section: str, markdown: str) -> None:
        """Put something in the place of a section, or of everything."""
        new = parts_of(markdown)
        first, end = self._range(section) if section else (0, len(self.parts))
        self._put(first, end, new)

    def delete(self, section: str) -> None:
        """Take a section away."""
        self._put(*self._range(section), [])

    def _range(self, section: str) -> tuple[int, int]:
        """Return where a section begins and ends; refuses an id that is not good any more."""
        if section not in self._handed:
            raise explained("canvas_editing_failed", [f"no section {section}"])
        return self._handed[section]

    def _sections(self, *, grouped: bool) -> list[tuple[int, int]]:
        """Return where each section begins and ends, by the number of its parts."""
        starts = [
            at
            for at, part in enumerate(self.parts)
            if not grouped or at == 0 or part.kind in HEADINGS
        ]
        return list(zip(starts, [*starts[1:], len(self.parts)], strict=True))

    def _put(self, first: int, end: int, new: Sequence[Part]) -> None:
        self.parts[first:end] = new
        self._handed.clear()


class Canvases:
    """All of a workspace."""

    def __init__(self, mint: Callable[[str], str]) -> None:
        """Start with none; `mint` gives new ids."""
        self._mint = mint
        self._all: dict[str, Canvas] = {}

    def create(
        self, markdown: str, *, title: str, creator: str, channel: str = "", is_channels: bool
    ) -> Canvas:
        """Return a new one; refuses what a canvas does not take, and a channel's second own."""
        if is_channels and self.of(channel):
            raise Refusal("channel_canvas_already_exists")
        new = Canvas(self._mint("F"), title, channel, is_channels, creator, parts_of(markdown))
        self._all[new.id] = new
        return new

    def get(self, canvas: str) -> Canvas | None:
        """Return the one of an id, or None."""
        return self._all.get(canvas)

    def delete(self, canvas: str) -> None:
        """Take one away."""
        self._all.pop(canvas)

    def of(self, channel: str) -> Canvas | None:
        """Return a channel's own, or None."""
        return next((each for each in self.tabs(channel) if each.is_channels), None)

    def tabs(self, channel: str) -> list[Canvas]:
        """Return those that stand in a channel's tabs."""
        return [each for each in self._all.values() if each.channel == channel]

    def move(self, channel: str, new: str) -> None:
        """Let a channel's be of its new id."""
        for each in self.tabs(channel):
            each.channel = new
