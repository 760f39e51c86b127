"""The database is away while people of installed workspaces ask: they read why nothing is done."""

from sandbox.slack import Browser
from sandbox.world import World
from tests.postgres_wire import line_to
from tests.workspaces.conftest import INSTALL, REDIRECT, ROOT
from tests.workspaces.test_modes import started


async def test_nobody_is_left_without_a_word(postgres_url: str) -> None:
    async with World() as world, line_to(postgres_url) as line:
        world.slack.tenants.redirect_urls.append(REDIRECT)
        world.slack.switches.background_retries = True  # they come after minutes
        known, new, late = (world.slack.add_workspace(team) for team in ("TONE", "TTWO", "TTHREE"))
        late.installed()
        async with started(world, url=line.url) as (_, port, _):
            door = f"http://127.0.0.1:{port}"
            world.slack.connect(f"{door}/slack/events")
            async with Browser({ROOT: door}) as browser:
                for tenant in (known, new):
                    assert (await tenant.install(browser, INSTALL)).status == 200
                await known.command("/flow list", channel="CTRAIN")
                line.go_away()
                asked = [
                    await tenant.command("/flow list", channel="CTRAIN")
                    for tenant in (known, new, late)
                ]
                event = await new.event({"type": "channel_left", "channel": "CTRAIN"})
                page = await browser.get(INSTALL)
                line.come_back()
                then = await new.command("/flow help", channel="CTRAIN")

    assert [each.status for each in asked] == [200] * 3
    assert all("so nothing was done" in each.text for each in asked), asked
    assert event.deliveries[0].status == 503
    assert (page.status, "does not answer" in page.text) == (503, True)
    assert (then.status, then.error) == (200, "")
