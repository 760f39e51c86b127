"""What rests in a workspace, and under which troubles."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.doctor.findings import Finding, passed, warned
from bot.slack.blocks.wording import counted
from bot.store.database import Database, Transaction
from bot.troubles.keeper import Troubles
from bot.troubles.model import PLACES, VENDORS, TroubleKind
from bot.troubles.store import all_troubles

RESTING: Final = "digests"
_BY_THEMSELVES: Final = "They come back by themselves when that is over; their owners know how."
_WHY: Final = {
    TroubleKind.SCHEDULE: "as their time never comes",
    TroubleKind.THING: "as what they tell of is gone",
    TroubleKind.OWNER: "as their owner has left",
    **dict.fromkeys(PLACES, "as their channel can't be told anything"),
    **dict.fromkeys(VENDORS, "as a service is off or rejects its key"),
}


class RestingLook:
    """Looks at digests and watches that rest."""

    def __init__(self, database: Database, troubles: Troubles) -> None:
        """Look into the workspace of this database."""
        self._database = database
        self._troubles = troubles

    async def look(self) -> Finding:
        """Look how many rest, and why."""
        found = await self._database.transaction(self._counts)
        if not found:
            return passed(RESTING, "No digest and no watch rests.")
        total = counted(sum(found.values()), "digest or watch", "digests and watches")
        rest = "rests" if sum(found.values()) == 1 else "rest"
        return warned(RESTING, f"{total} {rest}: {'; '.join(_causes(found))}.", _BY_THEMSELVES)

    def _counts(self, tx: Transaction) -> dict[str, int]:
        counts: dict[str, int] = {}
        for trouble in all_troubles(tx):
            why = _WHY[trouble.cause.kind]
            if orders := len(self._troubles.resting(tx, trouble.id)):
                counts[why] = counts.get(why, 0) + orders
        return counts


def _causes(counts: Mapping[str, int]) -> Iterator[str]:
    for why, count in counts.items():
        yield f"{count} {why}"
