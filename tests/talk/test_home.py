"""The Home tab: what needs one first, what comes next, and what is done there shows there."""

from datetime import UTC, datetime

import pytest

from bot.jobs.request import Request
from bot.talk.health import ServiceHealth
from bot.talk.intents import HomePage, ShowHome
from bot.talk.store import HealthStore
from sandbox.slack.channels import Channel
from sandbox.slack.views import View
from tests.asking.seeing import interactive, words
from tests.stage import Stage

WEEKDAYS = "/flow subscribe report onboarding weekdays 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
MANY = 1_000
MOST_STATEMENTS = 40


async def home(stage: Stage, user: str = "UADA") -> View:
    """Open the tab and return it."""
    await stage.after(seconds=11)
    await stage.slack.open_home(user=user)
    await stage.settle()
    return shown(stage, user)


def shown(stage: Stage, user: str = "UADA") -> View:
    view = stage.slack.home_of(user)
    assert view is not None
    return view


def labels(view: View) -> list[str]:
    return [each["text"]["text"] for each in interactive(view.blocks) if "text" in each]


async def press(stage: Stage, label: str, *, user: str = "UADA") -> View:
    """Press the first button of the tab with a label and return the tab as it is then."""
    view = shown(stage, user)
    [action, row, *_] = [
        each
        for block in view.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["text"]["text"] == label
        for each in (element["action_id"], block["block_id"])
    ]
    outcome = await stage.slack.click(view, action_id=action, block_id=row, user=user)
    assert (outcome.status, outcome.error) == (200, "")
    await stage.settle()
    return shown(stage, user)


async def choose(stage: Stage, row: str, label: str, *, user: str = "UADA") -> View:
    """Choose in the menu beside the digest of a row and return the tab as it is then."""
    view = shown(stage, user)
    [block] = [each for each in view.blocks if "accessory" in each and row in str(each)]
    [value] = [
        each["value"] for each in block["accessory"]["options"] if each["text"]["text"] == label
    ]
    await stage.slack.click(
        view, action_id="digest_menu", block_id=block["block_id"], value=value, user=user
    )
    await stage.settle()
    return shown(stage, user)


def told_directly(stage: Stage, user: str = "UADA") -> int:
    direct = stage.slack.workspace.direct_message(user).id
    private = [each for each in stage.slack.ephemerals(user) if each.channel == direct]
    return len(stage.said(direct)) + len(private)


async def many(stage: Stage, count: int) -> None:
    """Let there be as many digests of Ada's, all alike but for their channels."""
    await stage.command(WEEKDAYS)
    await stage.bot.database.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
        INSERT INTO subscriptions
          (workspace, channel, kind, question, cron, words, zone, creator, created_at, next_run_at)
        SELECT workspace, 'C' || (10000 + i), kind, question, cron, words, zone, creator,
          created_at, next_run_at
        FROM subscriptions, n""",
        {"count": count},
    )


async def test_what_needs_attention_comes_first(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await stage.command("/flow subscribe report gdpr daily 12:00")
    await stage.bot.database.execute(
        "UPDATE subscriptions SET last_error = 'MomoFlow is away.' WHERE id = 1"
    )

    seen = words(await home(stage))
    order = ["1 of your 2 digests needs attention", "Failed last time", "Next 24 hours"]
    places = [seen.index(each) for each in (*order, "My digests", "Gdpr, every day", "Ask me")]
    assert places == sorted(places)
    assert "Today 12:00 · Gdpr" in seen


async def test_without_digests_it_says_how_to_get_one(known: Stage) -> None:
    seen = await home(known)

    assert "You have no digests yet" in words(seen)
    assert any("9:00" in each for each in labels(seen))


async def test_what_is_done_in_home_is_said_there_and_nowhere_else(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await home(stage)
    said, direct = len(stage.said()), told_directly(stage)

    seen = await choose(stage, "Onboarding", "Pause")
    assert words(seen).index("Paused") < words(seen).index("My digests")
    assert "Paused" in words(seen).partition("My digests")[2]
    assert (len(stage.said()), told_directly(stage)) == (said, direct)

    seen = await press(stage, "Resume now")
    assert "Resumed" in words(seen)
    assert "Active · next" in words(seen)
    seen = await press(stage, "Close")
    assert "Resumed" not in words(seen)


async def test_what_was_stopped_in_home_comes_back(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await home(stage)
    await choose(stage, "Onboarding", "Pause")
    assert "You have no digests yet" in words(await press(stage, "Stop"))

    assert "Onboarding" in words(await press(stage, "Undo")).partition("My digests")[2]
    [row] = await stage.rows("SELECT channel, creator FROM subscriptions")
    assert row == {"channel": "CTRAIN", "creator": "UADA"}


async def test_a_digest_is_sent_from_home_to_its_channel(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await home(stage)
    count = len(stage.said())
    seen = await choose(stage, "Onboarding", "Send now")

    assert len(stage.said()) == count + 1
    assert "CTRAIN" in str(seen.blocks[0])


async def test_the_history_is_shown_in_home(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await stage.at(NINE)
    await home(stage)
    seen = await choose(stage, "Onboarding", "History")

    assert words(seen).startswith("Onboarding: 1 of 1 digest sent")


async def test_a_file_asked_for_in_home_comes_directly_and_home_says_so(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await stage.at(NINE)
    await home(stage)
    await choose(stage, "Onboarding", "History")
    seen = await press(stage, "Export")

    [file] = stage.slack.files
    assert file.name.endswith(".csv")
    assert words(seen).startswith("I sent it to you directly, as it is for you alone")


async def test_a_digest_is_handed_over_in_home(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await home(stage)
    await choose(stage, "Onboarding", "Hand over")
    window = stage.slack.view_of("UADA")
    assert window is not None
    assert words(window).startswith("Onboarding")

    chosen = {"digest_heir": {"digest_heir": "UGRACE"}}
    outcome = await stage.slack.submit(window, values=chosen)
    assert outcome.errors == {}
    await stage.settle()
    seen = shown(stage)
    assert "Handed" in words(seen)
    assert "You have no digests yet" in words(seen)
    assert [each["creator"] for each in await stage.rows("SELECT creator FROM subscriptions")] == [
        "UGRACE"
    ]


async def test_a_digest_is_edited_in_home_and_home_shows_it(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await home(stage)
    await choose(stage, "Onboarding", "Edit")
    window = stage.slack.view_of("UADA")
    assert window is not None
    outcome = await stage.slack.submit(window, values={"digest_time": {"digest_time": "10:00"}})
    assert outcome.errors == {}
    await stage.settle()

    assert "Onboarding, every weekday at 10:00" in words(shown(stage))


async def test_a_refusal_is_said_in_home(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await home(stage)
    await stage.command("/flow remove 1")
    seen = await choose(stage, "Onboarding", "Pause")

    assert "You have no digest 1" in words(seen)
    assert "My digests" not in words(seen)


async def test_home_goes_on_where_it_was_and_back(stage: Stage) -> None:
    await many(stage, 12)
    first = words(await home(stage))
    second = words(await press(stage, "More"))
    third = words(await press(stage, "More"))

    pages = [
        {line.partition(" ")[0] for line in page.splitlines() if " · Onboarding, " in line}
        for page in (first, second, third)
    ]
    assert [len(each) for each in pages] == [5, 5, 2]
    assert len(set().union(*pages)) == 12
    paused = words(await choose(stage, "12 · Onboarding", "Pause"))
    assert "12 · Onboarding" in paused
    back = words(await press(stage, "Back to the first"))
    assert pages[0] == {
        line.partition(" ")[0] for line in back.splitlines() if " · Onboarding, " in line
    }


async def test_an_admin_sees_all_digests_and_nobody_else_does(stage: Stage) -> None:
    await stage.command(WEEKDAYS, user="UGRACE")
    assert "You have no digests yet" in words(await home(stage))
    seen = await press(stage, "Whole workspace")
    assert "1 digest in this workspace" in words(seen)
    assert "Onboarding" in words(seen).partition("Digests of this workspace")[2]

    await home(stage, "ULIN")
    assert "Whole workspace" not in labels(shown(stage, "ULIN"))


async def test_an_admin_hears_what_needs_attention_elsewhere(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00 Berlin", user="UGRACE")
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE)

    assert "Whole workspace (1 needs attention)" in labels(await home(stage))


async def test_a_page_that_somebody_made_up_shows_them_nothing_more(stage: Stage) -> None:
    await stage.command(WEEKDAYS, user="UGRACE")
    forged = Request("ULIN", "", "", ShowHome(HomePage(everywhere=True)))
    await stage.bot.services.inbox.accept("forged", forged)
    await stage.settle()

    assert "You have no digests yet" in words(shown(stage, "ULIN"))


@pytest.mark.parametrize("count", [3, MANY])
async def test_home_asks_the_database_as_often_however_many_there_are(
    stage: Stage, count: int
) -> None:
    await many(stage, count)
    await home(stage)
    asked: list[str] = []
    database = stage.bot.database
    database._reader.set_trace_callback(asked.append)  # type: ignore[attr-defined]
    await press(stage, "More" if count == MANY else "Got it")
    database._reader.set_trace_callback(None)  # type: ignore[attr-defined]

    of_digests = [each for each in asked if "FROM subscriptions" in each]
    assert len(of_digests) <= 6
    assert len(asked) <= MOST_STATEMENTS
    assert len(shown(stage).blocks) <= 100


async def test_an_older_view_never_takes_the_place_of_a_newer_one(stage: Stage) -> None:
    await home(stage)
    await stage.command(WEEKDAYS)
    await stage.bot.database.execute("UPDATE home_views SET hash = 'of long ago'")
    seen = await home(stage)

    published = [each for each in stage.slack.calls if each.method == "views.publish"]
    assert [each.error for each in published] == ["", "hash_conflict", ""]
    assert "Onboarding" in words(seen).partition("My digests")[2]
    [row] = await stage.rows("SELECT hash FROM home_views")
    assert row["hash"] == seen.hash


async def test_a_double_click_counts_once_and_the_same_button_again_counts(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    view = await home(stage)
    [block] = [each for each in view.blocks if "accessory" in each]
    for _ in range(2):
        await stage.slack.click(
            view, action_id="digest_menu", block_id=block["block_id"], value="1:now"
        )
    await stage.settle()
    runs = "SELECT id FROM digest_runs"
    assert len(await stage.rows(runs)) == 1

    await choose(stage, "Onboarding", "Send now")
    assert len(await stage.rows(runs)) == 2


async def test_whoever_opens_home_first_is_shown_around_once(stage: Stage) -> None:
    assert words(await home(stage)).startswith("Hello! I'm Flowbot")
    assert words(await home(stage)).startswith("Hello! I'm Flowbot")
    assert "Hello!" not in words(await press(stage, "Got it"))
    await stage.after(seconds=20)
    assert "Hello!" not in words(await home(stage))


async def test_home_shows_what_can_be_done_and_ones_digests(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    await known.slack.open_home(user="UADA")
    await known.settle()

    home = known.slack.home_of("UADA")
    assert home is not None
    assert "Ask me" in words(home)
    assert "Onboarding" in words(home).partition("My digests")[2]


async def test_home_shows_ones_last_runs(known: Stage) -> None:
    await known.command('/flow-run "Invoice run"')
    await known.after(seconds=30)
    await known.slack.open_home(user="UADA")
    await known.slack.open_home(user="UGRACE")
    await known.settle()

    home, other = known.slack.home_of("UADA"), known.slack.home_of("UGRACE")
    assert home is not None
    assert "Invoice run: " in words(home).partition("My last runs")[2]
    assert other is not None
    assert "My last runs" not in words(other)


async def test_each_button_of_home_is_answered_directly_in_home_or_in_a_window(
    known: Stage,
) -> None:
    seen = await home(known)
    rows = [each for each in seen.blocks if each["type"] == "actions"]
    assert rows
    for block in rows:
        for element in block["elements"]:
            before, at_first = told_directly(known), shown(known).hash
            window = known.slack.view_of("UADA")
            action, row = element["action_id"], block["block_id"]
            if (row, action) not in places(shown(known)):
                continue  # an earlier one took its place
            outcome = await known.slack.click(seen, action_id=action, block_id=row)
            await known.settle()
            assert (outcome.status, outcome.error) == (200, "")
            told = told_directly(known) > before or known.slack.view_of("UADA") != window
            assert told or shown(known).hash != at_first, element["text"]["text"]
            assert known.said() == []


def places(view: View) -> set[tuple[str, str]]:
    return {
        (block["block_id"], element["action_id"])
        for block in view.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    }


async def test_home_is_not_written_for_each_of_many_openings(stage: Stage) -> None:
    for _ in range(5):
        await stage.slack.open_home(user="UADA")
    await stage.settle()
    published = [each for each in stage.slack.calls if each.method == "views.publish"]
    assert len(published) == 1

    await stage.after(seconds=20)
    await stage.slack.open_home(user="UADA")
    await stage.settle()
    assert len([each for each in stage.slack.calls if each.method == "views.publish"]) == 2


async def test_home_waits_as_long_as_slack_wants(stage: Stage) -> None:
    stage.slack.disturb("views.publish", kind="rate_limited", seconds=3)
    await stage.slack.open_home(user="UADA")
    await stage.settle()

    assert stage.slack.home_of("UADA") is not None


async def test_home_says_when_each_service_answered_last_and_what_is_wrong(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    await stage.after(seconds=120, step=60)
    seen = words(await home(stage)).partition("Services")[2]
    assert "MomoFlow answered 2 minutes ago" in seen

    stage.momoflow.set_switch("expired_key", value=True)
    await stage.command("/flow-report onboarding")
    seen = words(await home(stage, "UGRACE")).partition("Services")[2].lstrip()
    assert seen.startswith(
        "MomoFlow\n has given no good answer since today 02:30: MomoFlow rejected"
    )


async def test_how_services_are_is_written_down_seldom_and_outlasts_a_process(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding")
    await stage.command("/flow-report onboarding overdue")
    assert await stage.rows("SELECT * FROM service_health") == []

    health = stage.bot.talk.health
    assert await health.note() > 0
    assert await health.note() == 0
    others = ServiceHealth(
        [wiring.connection for wiring in stage.bot.wirings], HealthStore(stage.bot.parts.database)
    )
    assert (await others.all())["MomoFlow"].answered_at is not None

    stage.momoflow.set_switch("expired_key", value=True)
    await stage.after(seconds=120, step=60)
    await stage.command("/flow-report onboarding")
    assert await health.note() >= 1
    assert "rejected" in (await health.all())["MomoFlow"].trouble


async def test_home_shows_the_files_of_ones_channels_and_no_others(stage: Stage) -> None:
    members = ("UADA", stage.slack.bot_user_id)
    stage.slack.admin.add(Channel("CBOARD", "board", is_private=True, members=members))
    await stage.command("/flow-report gdpr export xlsx", channel="CBOARD")
    await stage.command("/flow-report onboarding export csv")
    direct = stage.slack.workspace.direct_message("UADA").id
    await stage.command("/flow-report gdpr export csv", channel=direct)

    mine = words(await home(stage)).partition("Recent files")[2].partition("Services")[0]
    assert len([line for line in mine.splitlines() if line.endswith((".csv", ".xlsx"))]) == 3
    lins = words(await home(stage, "UGRACE")).partition("Recent files")[2].partition("Services")[0]
    assert [line for line in lins.splitlines() if line.endswith((".csv", ".xlsx"))] == [
        file.name for file in stage.slack.files if "CTRAIN" in str(file)
    ]


async def test_where_slack_does_not_say_who_is_there_no_file_is_shown(stage: Stage) -> None:
    await stage.command("/flow-report onboarding export csv")
    stage.slack.refuse("conversations.members", error="fatal_error", times=9)

    assert "Recent files" not in words(await home(stage))


async def test_whoever_opens_the_messages_first_is_greeted_there_once(stage: Stage) -> None:
    direct = stage.slack.workspace.direct_message("UADA").id
    for _ in range(2):
        await stage.slack.open_home(user="UADA", tab="messages")
        await stage.settle()
    [said] = stage.said(direct)
    assert said.text.startswith("Hello! I'm Flowbot.")

    await home(stage, "UGRACE")
    await stage.slack.open_home(user="UGRACE", tab="messages")
    await stage.settle()
    assert stage.said(stage.slack.workspace.direct_message("UGRACE").id) == []


async def test_a_new_digest_is_ordered_from_home(stage: Stage) -> None:
    await home(stage)
    await press(stage, "New digest")

    window = stage.slack.view_of("UADA")
    assert window is not None
    assert window.title == "New digest"


async def test_who_may_order_nothing_is_offered_nothing_of_the_kind(known: Stage) -> None:
    offered = labels(await home(known, "UGUEST"))
    assert "New digest" not in offered
    assert not any("09:00" in each for each in offered)
    assert "All rules" not in offered


async def test_an_admin_finds_the_rules_in_home(stage: Stage) -> None:
    await home(stage)
    seen = await press(stage, "All rules")

    assert "Close" in labels(seen)
    assert told_directly(stage) == 0


async def test_what_home_cannot_show_is_said_directly(stage: Stage) -> None:
    await stage.command(WEEKDAYS)
    await home(stage)
    stage.slack.refuse("views.publish", error="view_too_large", times=1)
    direct = stage.slack.workspace.direct_message("UADA").id
    await choose(stage, "Onboarding", "Pause")

    [said] = stage.said(direct)
    assert said.text.startswith("Paused")


async def test_home_is_shown_as_soon_as_slack_is_reached_again(stage: Stage) -> None:
    stage.slack.disturb("views.publish", kind="drop_before")
    await stage.slack.open_home(user="UADA")
    await stage.settle()

    assert stage.slack.home_of("UADA") is not None
