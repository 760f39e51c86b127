"""List calls: the rows of one page, found without looking at every execution."""

from collections.abc import Iterator
from itertools import islice

from sandbox.vendors.smartflows.filters import Filter, Paging
from sandbox.vendors.smartflows.index import RunIndex
from sandbox.vendors.smartflows.refusals import RefusedError
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.switches import Switches

CREATED = "createdAt"
MODIFIED = "modifiedAt"


def page(
    index: RunIndex,
    switches: Switches,
    *,
    rows: Paging,
    kept: Filter,
    flow: str = "",
    user: str = "",
) -> list[Run]:
    """Return one page; `flow` and `user` are ids that narrow it. Raises RefusedError."""
    ordered = _ordered(index, _sorted_by(rows, switches), kept=kept, flow=flow, user=user)
    found = (
        run
        for run in ordered
        if (not flow or (run.plan and run.plan.id == flow))
        and (not user or run.user.id == user)
        and kept.keeps(run)
    )
    return list(islice(found, rows.offset, rows.offset + rows.size))


def _sorted_by(rows: Paging, switches: Switches) -> Paging:
    """Return the sort as the server understands it."""
    if rows.key not in ("", CREATED, MODIFIED):
        raise RefusedError(400, f"Cannot sort by {rows.key}")
    if rows.key == MODIFIED and switches.choice("sort_modified") != "accepted":
        if switches.choice("sort_modified") == "refused":
            raise RefusedError(400, "Cannot sort by modifiedAt")
        newest = switches.choice("default_order") == "newest first"
        return Paging(rows.offset, rows.size, CREATED, newest=newest)
    return rows


def _ordered(index: RunIndex, rows: Paging, *, kept: Filter, flow: str, user: str) -> Iterator[Run]:
    if rows.key == MODIFIED:
        return index.by_last_change(kept.statuses, newest=rows.newest)
    return index.by_creation(kept.statuses, flow=flow, user=user, newest=rows.newest)
