"""A workspace lets Flowbot in: the pages, what is kept, and what goes wrong on the way."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import structlog

from bot.assembly.process import open_process
from bot.door.serving import listening, serving
from bot.store.secret_keys import ENCRYPTED
from bot.workspaces.store.states import MOST_STATES
from sandbox.slack import Tenant
from tests.stage import Stage
from tests.workspaces.conftest import INSTALL, REDIRECT, ROOT, Front


async def rows(front: Front) -> list[dict[str, object]]:
    found = await front.stage.rows("SELECT * FROM installations ORDER BY installed_at, workspace")
    return [each for each in found if each["workspace"] != front.slack.team_id]


async def test_the_page_leads_to_slack_and_back_and_the_workspace_is_kept(
    front: Front, second: Tenant
) -> None:
    page = await front.install(second)

    assert page.status == 200
    assert "Flowbot is in Second &lt;Works&gt;." in page.text
    (row,) = await rows(front)
    assert row["workspace"] == row["team_id"] == "TSECOND"
    assert (row["name"], row["installer"]) == ("Second <Works>", "UADA")
    assert (row["bot_user_id"], row["bot_id"]) == (second.bot_user_id, second.identity.bot_id)
    assert "chat:write" in str(row["scopes"]).split(",")
    assert str(row["secrets"]).startswith(ENCRYPTED)
    assert (row["gone_at"], row["expires_at"]) == (None, None)


async def test_the_workspace_of_the_token_is_kept_without_its_token(front: Front) -> None:
    (row,) = await front.stage.rows("SELECT * FROM installations")

    assert (row["workspace"], row["secrets"]) == (front.slack.team_id, "")
    assert row["bot_user_id"] == front.slack.bot_user_id


async def test_no_token_is_in_the_files_of_the_database_nor_in_the_log(
    front: Front, second: Tenant, path: Path
) -> None:
    with structlog.testing.capture_logs() as logged:
        await front.install(second)

    token = second.bot_token
    assert token.startswith("xoxb-")
    for file in path.parent.iterdir():
        assert b"xox" not in file.read_bytes(), file
    dump = await asyncio.to_thread(_dump, path)
    assert "TSECOND" in dump
    assert "xox" not in dump
    assert "xox" not in repr(logged)
    assert front.slack.identity.client_secret not in repr(logged)


def _dump(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return "\n".join(connection.iterdump())


async def test_the_pages_take_nothing_from_outside_and_may_not_be_framed(
    front: Front, second: Tenant
) -> None:
    async with front.browser() as browser:
        start = await browser.get(f"{INSTALL}?x=<script>alert(1)</script>")
        back = await browser.get(f"{REDIRECT}?error=<script>alert(1)</script>")
        post = await browser.ask("POST", INSTALL, {"a": "b"})
        head = await browser.ask("HEAD", REDIRECT)
        long = await browser.get(f"{REDIRECT}?state={'x' * 3000}")

    assert (start.status, back.status) == (200, 200)
    assert (post.status, head.status, long.status) == (405, 405, 414)
    for page in (start, back):
        assert "script" not in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "added"),
    [("team=TSECOND", "&team=TSECOND"), ("team=T1%26scope%3Dadmin", ""), ("scope=admin", "")],
)
async def test_a_link_may_name_a_workspace_and_nothing_else(
    front: Front, query: str, added: str
) -> None:
    async with front.browser() as browser:
        page = await browser.get(f"{INSTALL}?{query}")
        link = page.link("authorize")

    assert "admin" not in link
    assert link.endswith(f"redirect_uri={REDIRECT}{added}")


async def test_the_state_is_a_secret_of_one_browser_for_ten_minutes(
    front: Front, second: Tenant
) -> None:
    async with front.browser() as browser:
        cookie = (await browser.ask("GET", INSTALL)).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "Max-Age=600" in cookie


async def test_what_was_done_once_cannot_be_done_again(front: Front, second: Tenant) -> None:
    async with front.browser() as browser:
        start = await browser.get(INSTALL)
        kept = dict(browser.cookies[ROOT])
        back = await second.allow(browser, start.link("authorize"))
        first = await browser.get(back)
        gone = dict(browser.cookies[ROOT])
        browser.cookies[ROOT] = kept
        again = await browser.get(back)

    assert (first.status, again.status) == (200, 401)
    assert gone == {}
    assert "This link has expired" in again.text
    assert again.link("/slack/install") == INSTALL
    assert len(await rows(front)) == 1


async def test_any_process_finishes_what_another_began_once(front: Front, second: Tenant) -> None:
    settings, clock = front.stage.bot.process.resources.settings, front.stage.clock
    async with (
        open_process(settings, clock=clock) as process,
        listening(settings, port=0) as endpoint,
        serving(settings, process, endpoint),
        front.browser() as browser,
    ):
        here = browser.served[ROOT]
        there = f"http://127.0.0.1:{endpoint.port}"
        start = await browser.get(INSTALL)
        back = await second.allow(browser, start.link("authorize"))
        kept = dict(browser.cookies[ROOT])
        browser.served[ROOT] = there
        finished = await browser.get(back)
        browser.served[ROOT], browser.cookies[ROOT] = here, kept
        again = await browser.get(back)

    assert (finished.status, again.status) == (200, 401)
    assert len(await rows(front)) == 1


async def test_a_tampered_state_and_another_browser_are_refused(
    front: Front, second: Tenant
) -> None:
    async with front.browser() as browser, front.browser() as victim:
        start = await browser.get(INSTALL)
        back = await second.allow(browser, start.link("authorize"))
        stolen = await victim.get(back)
        name, state = next(iter(browser.cookies[ROOT].items()))
        browser.cookies[ROOT][name] = "forged"
        forged = await browser.get(back.replace(state, "forged"))
        stateless = await browser.get(back.replace(state, ""))

    assert (stolen.status, "another browser" in stolen.text) == (400, True)
    assert (forged.status, "This link has expired" in forged.text) == (401, True)
    assert stateless.status == 400
    assert await rows(front) == []


async def test_a_state_expires(front: Front, second: Tenant) -> None:
    async with front.browser() as browser:
        start = await browser.get(INSTALL)
        front.stage.clock.advance(seconds=601)
        back = await second.allow(browser, start.link("authorize"))
        late = await browser.get(back)

    assert late.status == 401
    assert await rows(front) == []


async def test_too_many_at_once_are_asked_to_wait(front: Front) -> None:
    await front.stage.bot.database.transaction(
        lambda tx: [
            tx.execute(
                "INSERT INTO oauth_states (state, until) VALUES (:state, :until)",
                {"state": str(each), "until": "2026-11-23T07:40:00.000000+00:00"},
            )
            for each in range(MOST_STATES)
        ]
    )
    async with front.browser() as browser:
        refused = await browser.get(INSTALL)
        front.stage.clock.advance(seconds=660)
        then = await browser.get(INSTALL)

    assert (refused.status, "Too many" in refused.text) == (503, True)
    assert then.status == 200
    assert len(await front.stage.rows("SELECT * FROM oauth_states")) == 1


async def test_who_cancels_is_told_kindly(front: Front, second: Tenant) -> None:
    async with front.browser() as browser:
        start = await browser.get(INSTALL)
        back = await second.allow(browser, start.link("authorize"), cancel=True)
        page = await browser.get(back)

    assert (page.status, "You cancelled it in Slack" in page.text) == (200, True)
    assert await rows(front) == []


@pytest.mark.parametrize("error", ["bad_client_secret", "invalid_code"])
async def test_a_code_that_slack_refuses_is_told_kindly(
    front: Front, second: Tenant, error: str
) -> None:
    front.slack.refuse("oauth.v2.access", error=error)
    page = await front.install(second)

    assert (page.status, "did not confirm" in page.text) == (401, True)
    assert await rows(front) == []


async def test_slack_out_of_reach_is_told_kindly(front: Front, second: Tenant) -> None:
    front.slack.disturb("oauth.v2.access", kind="drop_before")
    page = await front.install(second)

    assert (page.status, "did not confirm" in page.text) == (401, True)


async def test_to_install_again_replaces(front: Front, second: Tenant) -> None:
    await front.install(second)
    (before,) = await rows(front)
    front.stage.clock.advance(seconds=60)
    await front.install(second)
    (after,) = await rows(front)

    assert after["secrets"] != before["secrets"]
    assert str(after["installed_at"]) > str(before["installed_at"])


async def test_a_whole_organisation_is_one_row(front: Front) -> None:
    tenant = front.slack.add_workspace("TGRID", name="Grid", enterprise_id="EGRID")
    page = await front.install(tenant, org=True)

    (row,) = await rows(front)
    assert (row["workspace"], row["team_id"], row["enterprise_id"]) == ("EGRID", "", "EGRID")
    assert "in no workspace yet" in page.text
    add = f"EGRID/integrations/profile/{front.slack.app_id}/workspaces/add"
    assert page.link("manage") == f"https://app.slack.com/manage/{add}"


class TestOnlySome:
    @pytest.fixture
    def general(self) -> dict[str, str]:
        return {"workspaces": "TSECOND,EGRID"}

    async def test_those_who_are_listed_may_install(self, front: Front, second: Tenant) -> None:
        grid = front.slack.add_workspace("TGRID", enterprise_id="EGRID")

        assert (await front.install(second)).status == 200
        assert (await front.install(grid)).status == 200
        assert {row["workspace"] for row in await rows(front)} == {"TSECOND", "TGRID"}

    @pytest.mark.parametrize("rotates", [False, True])
    async def test_a_stranger_is_turned_away_and_its_token_given_back(
        self, front: Front, *, rotates: bool
    ) -> None:
        front.slack.tenants.rotates = rotates
        stranger = front.slack.add_workspace("TSTRANGE")
        page = await front.install(stranger)

        assert (page.status, "not open to your workspace" in page.text) == (403, True)
        assert await rows(front) == []
        assert not stranger.tokens.is_installed


class TestWithoutAClient:
    async def test_there_are_no_such_pages(self, stage: Stage) -> None:
        async with Front(stage).browser() as browser:
            assert (await browser.get(INSTALL)).status == 404
            assert (await browser.get(REDIRECT)).status == 404
