"""What becomes of installations when SECRET_KEYS are other ones, or are lost."""

from pathlib import Path

import structlog
from cryptography.fernet import Fernet

from bot.workspaces.installations import NOT_INSTALLED
from tests.stage import open_stage
from tests.workspaces.conftest import KEY, REDIRECT, ROOT, Front

OTHER = Fernet.generate_key().decode()


async def test_with_lost_keys_it_says_whose_token_cannot_be_read_and_nothing_is_lost(
    path: Path,
) -> None:
    async with open_stage(path, installs=True, secret_keys=KEY, public_url=ROOT) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        tenant = stage.slack.add_workspace("TSECOND", name="Second Works")
        await Front(stage).install(tenant)
        (before,) = await stage.rows("SELECT secrets FROM installations WHERE secrets > ''")

    with structlog.testing.capture_logs() as logged:
        async with open_stage(path, installs=True, secret_keys=OTHER, public_url=ROOT) as stage:
            stage.slack.tenants.redirect_urls.append(REDIRECT)
            tenant = stage.slack.add_workspace("TSECOND", name="Second Works")
            tenant.installed()
            await stage.bot.process.installs.tell()
            await tenant.command("/flow help", channel="CTRAIN")
            (after,) = await stage.rows("SELECT secrets FROM installations WHERE secrets > ''")
            refused = [each.text for each in tenant.ephemerals("UADA")]
            await Front(stage).install(tenant)
            await tenant.command("/flow help", channel="CTRAIN")
            then = [each.text for each in tenant.ephemerals("UADA")]

    (said,) = [each for each in logged if each["event"] == "installation_not_readable"]
    assert (said["workspace"], said["name"]) == ("TSECOND", "Second Works")
    assert "Add the key it was encrypted under" in said["why"]
    assert after == before
    assert refused == [NOT_INSTALLED]
    assert len(then) == 2


async def test_who_may_no_more_is_served_no_more_and_nothing_is_lost(path: Path) -> None:
    async with open_stage(path, installs=True, secret_keys=KEY, public_url=ROOT) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        await Front(stage).install(stage.slack.add_workspace("TSECOND"))

    narrow = {"secret_keys": KEY, "public_url": ROOT, "workspaces": "TOTHER"}
    async with open_stage(path, installs=True, **narrow) as stage:  # type: ignore[arg-type]
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        tenant = stage.slack.add_workspace("TSECOND")
        tenant.installed()
        await tenant.command("/flow help", channel="CTRAIN")
        page = await Front(stage).install(tenant)
        served = await stage.bot.process.installs.installations.served()
        kept = await stage.rows("SELECT gone_at, secrets FROM installations WHERE secrets > ''")

    assert [each.text for each in tenant.ephemerals("UADA")] == [NOT_INSTALLED]
    assert (page.status, served) == (403, [stage.slack.team_id])
    assert tenant.tokens.is_installed  # what Slack gave out may be the token that is kept
    assert [each["gone_at"] for each in kept] == [None]


async def test_an_older_key_still_reads(path: Path) -> None:
    async with open_stage(path, installs=True, secret_keys=KEY, public_url=ROOT) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        await Front(stage).install(stage.slack.add_workspace("TSECOND"))

    both = f"{OTHER},{KEY}"
    async with open_stage(path, installs=True, secret_keys=both, public_url=ROOT) as stage:
        found = await stage.bot.process.installs.installations.get("TSECOND")
        assert found is not None
        assert found.tokens is not None
