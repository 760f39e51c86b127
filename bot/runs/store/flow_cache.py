"""The vendor's flows, kept here because a pick list must be answered within the acknowledgement."""

from collections.abc import Callable, Sequence

from bot.runs.model import Flow
from bot.store.database import Database, Row, Transaction


class FlowCache:
    """Flows by id."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def all(self) -> list[Flow]:
        """Return all flows, by name."""
        rows = await self._database.fetch_all(
            "SELECT * FROM flows WHERE workspace = :workspace ORDER BY LOWER(name), id"
        )
        return [_flow(row) for row in rows]

    async def replace(self, flows: Sequence[Flow], then: Callable[[Transaction], None]) -> None:
        """Keep these flows and no others, and do what follows from that."""

        def write(tx: Transaction) -> None:
            _replace(tx, flows)
            then(tx)

        await self._database.transaction(write)


def _replace(tx: Transaction, flows: Sequence[Flow]) -> None:
    tx.execute("DELETE FROM flows WHERE workspace = :workspace")
    for flow in flows:
        tx.execute(
            """INSERT INTO flows (workspace, id, name, description, input, input_name)
            VALUES (:workspace, :id, :name, :description, :input, :input_name)
            ON CONFLICT (workspace, id) DO NOTHING""",
            {
                "id": flow.id,
                "name": flow.name,
                "description": flow.description,
                "input": flow.input,
                "input_name": flow.input_name,
            },
        )


def _flow(row: Row) -> Flow:
    return Flow(
        id=row["id"],
        name=row["name"],
        description=row["description"],
        input=row["input"],
        input_name=row["input_name"],
    )
