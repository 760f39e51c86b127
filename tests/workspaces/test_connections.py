"""A workspace's own access to a vendor: kept encrypted, used by that workspace alone."""

from pathlib import Path

import structlog

from bot.workspaces.store.connections import ConnectionStore
from sandbox.slack import Tenant, View
from sandbox.world import FLOW_NAMES
from tests.asking.seeing import interactive, words
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


def window(tenant: Tenant, user: str = "UADA") -> View:
    view = tenant.view_of(user)
    assert view is not None
    return view


async def home(front: Front, tenant: Tenant, user: str = "UADA") -> View:
    await tenant.open_home(user=user)
    await front.settle_all(2)
    view = tenant.home_of(user)
    assert view is not None
    return view


def in_one(view: View) -> str:
    """Return the words of a view, also those of one line that are formatted apart."""
    return words(view).replace("\n", "")


def labels(view: View) -> list[str]:
    found = (each.get("text") for each in interactive(view.blocks))
    return [each["text"] for each in found if isinstance(each, dict)]


async def press(front: Front, tenant: Tenant, shown: View, label: str) -> None:
    (button,) = [
        each for each in interactive(shown.blocks) if (each.get("text") or {}).get("text") == label
    ]
    block = next(
        each["block_id"] for each in shown.blocks if button in (each.get("elements") or ())
    )
    await tenant.click(shown, action_id=button["action_id"], block_id=block, user="UADA")


async def enter(front: Front, tenant: Tenant, key: str) -> None:
    """Type a key into the open window and wait for what comes of it."""
    action = "connect_field:api_key"
    await tenant.submit(window(tenant), values={action: {action: key}})
    await front.settle_all(3)


async def test_an_admin_connects_a_service_in_home_and_it_answers(
    front: Front, second: Tenant, path: Path
) -> None:
    await front.install(second)
    shown = await home(front, second)
    assert "MomoFlow: not connected" in in_one(shown)
    await press(front, second, shown, "Connect MomoFlow")
    key = front.stage.momoflow.api_key
    await enter(front, second, key)

    assert "MomoFlow is connected" in words(window(second))
    await second.command(f"/flow-report {FLOW}", user="UADA", channel="CTRAIN")
    await front.settle_all()
    assert second.messages("CTRAIN")
    shown = await home(front, second)
    assert "MomoFlow: connected by" in in_one(shown)
    for file in path.parent.iterdir():
        assert key.encode() not in file.read_bytes(), file


async def test_a_wrong_key_is_refused_in_the_window_and_kept_nowhere(
    front: Front, second: Tenant, path: Path
) -> None:
    await front.install(second)
    await press(front, second, await home(front, second), "Connect MomoFlow")
    with structlog.testing.capture_logs() as logged:
        await enter(front, second, KEY)

    assert "rejected" in words(window(second))
    assert "Try again" in labels(window(second))
    assert await front.stage.rows("SELECT * FROM connections") == []
    assert KEY not in repr(logged)
    for file in path.parent.iterdir():
        assert KEY.encode() not in file.read_bytes(), file


async def test_what_was_connected_is_changed_without_showing_it_and_let_go(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    await press(front, second, await home(front, second), "Connect MomoFlow")
    await enter(front, second, front.stage.momoflow.api_key)
    await press(front, second, await home(front, second), "Change MomoFlow")
    assert front.stage.momoflow.api_key not in repr(window(second).blocks)
    await enter(front, second, "")
    assert "MomoFlow is connected" in words(window(second))

    await press(front, second, await home(front, second), "Disconnect MomoFlow")
    await front.settle_all(3)
    assert await front.stage.rows("SELECT * FROM connections") == []
    assert "MomoFlow: not connected" in in_one(await home(front, second))
    audited = await front.stage.rows("SELECT * FROM audit ORDER BY id")
    assert "Disconnect a service" in audited[-1].values()
    assert "MomoFlow" in audited[-1].values()


async def test_members_see_how_it_stands_and_who_can_change_it(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    shown = await home(front, second, user="UGRACE")

    assert "MomoFlow: not connected" in in_one(shown)
    assert "An admin of the workspace can connect them here" in in_one(shown)
    assert "Connect MomoFlow" not in labels(shown)
    asked = await second.command(f"/flow-report {FLOW}", user="UGRACE", channel="CTRAIN")
    await front.settle_all(2)
    assert "An admin of the workspace can connect it" in asked.text


async def test_in_the_workspace_of_the_token_nothing_can_be_connected(front: Front) -> None:
    shown = await home(front, front.slack)

    assert "Connect MomoFlow" not in labels(shown)


async def test_a_row_that_cannot_be_read_leaves_the_workspace_at_work(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    await connect(front, second.team_id, KEY)
    keys = front.stage.bot.process.resources.keys
    await front.stage.bot.database.execute(
        "UPDATE connections SET secrets = :secrets", {"secrets": keys.encrypt("no JSON")}
    )
    shown = await home(front, second)

    assert "its key can't be read any more" in in_one(shown)
    assert "Change MomoFlow" in labels(shown)


async def test_the_workspace_of_the_token_reads_with_the_environment_after_coming_back(
    front: Front,
) -> None:
    await front.slack.uninstall()
    await front.install(front.slack)
    shown = await home(front, front.slack)

    assert "Connect MomoFlow" not in labels(shown)
    assert "not connected" not in in_one(shown)
