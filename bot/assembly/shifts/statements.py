"""The SQL of the agenda: one look at many workspaces, at each of them by its indexes."""

from collections.abc import Iterable, Mapping, Sequence


def look_of(workspaces: Iterable[str], looks: Mapping[str, Sequence[str]]) -> str:
    """Return the statement that says of each workspace whether each look finds a row.

    `workspaces` are the names of parameters. A look is what follows FROM, with `mine.workspace`.
    """
    mine = ", ".join(f"(CAST(:{name} AS TEXT))" for name in workspaces)
    found = ", ".join(f"{_any(each)} AS {name}" for name, each in looks.items())
    return f"WITH mine (workspace) AS (VALUES {mine}) SELECT workspace, {found} FROM mine"  # noqa: S608  # ours


def _any(looks: Sequence[str]) -> str:
    found = [f"EXISTS (SELECT 1 FROM {each})" for each in looks]  # noqa: S608  # statements of ours
    return f"({' OR '.join(found)})" if found else "(1 = 0)"
