"""A workspace's own access to a vendor: kept encrypted, used by that workspace alone."""

from pathlib import Path

from bot.workspaces.store.connections import ConnectionStore
from sandbox.slack import Tenant
from sandbox.world import FLOW_NAMES
from tests.workspaces.conftest import Front

FLOW = next(iter(FLOW_NAMES.values()))
KEY = "a-key-of-the-second-workspace"


async def connect(front: Front, workspace: str, key: str) -> None:
    """Keep a connection as its window does, from another process."""
    resources = front.stage.bot.process.resources
    store = ConnectionStore(resources.database.of(workspace), resources.keys)
    await resources.database.of(workspace).transaction(
        lambda tx: store.put(
            tx,
            "training",
            values={"base_url": front.stage.momoflow.environment["MOMOFLOW_BASE_URL"]},
            secrets={"api_key": key},
            by="UADA",
            now=front.stage.clock.now(),
        )
    )


async def test_what_a_workspace_connects_it_reads_with_and_nobody_finds_in_the_files(
    front: Front, second: Tenant, path: Path
) -> None:
    await front.install(second)
    await second.command(f"/flow-report {FLOW}", user="UADA", channel="CTRAIN")
    await front.settle_all()
    assert not front.stage.momoflow.calls
    await connect(front, second.team_id, KEY)
    front.stage.bot.process.installs.installations.others_wrote()
    await front.stage.bot.process.catch_up()

    await second.command(f"/flow-report {FLOW}", user="UADA", channel="CTRAIN")
    await front.settle_all()

    assert front.stage.momoflow.calls
    for file in path.parent.iterdir():
        assert KEY.encode() not in file.read_bytes(), file
