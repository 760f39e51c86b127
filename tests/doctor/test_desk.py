"""/flow doctor: admins hear of their workspace what they may see, and nothing of the machine."""

from datetime import timedelta

import pytest

from bot.store.database import stamp
from sandbox.slack import Message
from tests.asking.seeing import interactive, labels, words
from tests.snapshots import as_json, expected
from tests.stage import Stage
from tests.talk.test_home import home, press, shown
from tests.talk.test_home import labels as home_labels


async def told(stage: Stage, user: str = "UADA") -> Message:
    """Type /flow doctor and return what that person alone is told."""
    before = len(stage.slack.ephemerals(user))
    posted = len(stage.said())
    await stage.command("/flow doctor", user=user)
    new = stage.slack.ephemerals(user)[before:]
    assert len(stage.said()) == posted
    [message] = new
    return message


async def test_all_is_well_in_one_line_and_a_grey_one(stage: Stage) -> None:
    found = await told(stage)

    assert found.text == "Everything works."
    assert labels(found) == ["Look again"]
    assert as_json(found.blocks) == expected("doctor_well", as_json(found.blocks))


@pytest.mark.parametrize("user", ["UGRACE", "UGUEST"])
async def test_only_admins_may(stage: Stage, user: str) -> None:
    found = await told(stage, user)

    assert "Only admins" in words(found)
    assert not [each for each in stage.slack.calls if each.method == "files.getUploadURLExternal"]
    assert not stage.momoflow.calls


async def test_what_fails_comes_first_with_its_mend(stage: Stage) -> None:
    stage.slack.revoke("files:write")
    stage.giosg.set_switch("expired_key", value=True)
    found = await told(stage)

    assert found.text == "2 things don't work."
    said = words(found)
    assert "The token lacks files:write: without files:write files cannot be posted." in said
    assert "giosg rejects the key." in said
    assert "Set GIOSG_API_TOKEN to one that is valid." in said
    assert "Fine: Slack's token, MomoFlow" in said
    assert as_json(found.blocks) == expected("doctor_fails", as_json(found.blocks))


async def test_a_service_that_is_off_is_not_looked_at(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_429", 1)
    found = await told(stage)

    assert found.text == "Flowbot works; 1 thing to look at."
    assert "MomoFlow's rate limit is used up." in words(found)


async def test_what_rests_is_told_with_the_way_to_it(stage: Stage) -> None:
    line = "/flow subscribe report onboarding daily 09:00 Europe/Berlin"
    await stage.command(line)
    await stage.slack.admin.remove_app("CTRAIN", told=True)
    await stage.settle()
    await stage.command("/flow doctor", channel="CGENERAL")
    found = stage.slack.ephemerals("UADA")[-1]

    assert "1 digest or watch rests: 1 as their channel can't be told anything." in words(found)
    assert labels(found) == ["See all digests", "Look again"]


async def test_a_press_looks_again(stage: Stage) -> None:
    stage.giosg.set_switch("expired_key", value=True)
    found = await told(stage)
    stage.giosg.set_switch("expired_key", value=False)
    again = next(each for each in interactive(found.blocks) if each["text"]["text"] == "Look again")
    await stage.slack.click(found, action_id=again["action_id"], user="UADA")
    await stage.settle()

    assert stage.slack.ephemerals("UADA")[-1].text == "Everything works."


async def test_work_of_another_workspace_is_not_its_business(stage: Stage) -> None:
    due = stamp(stage.clock.now() - timedelta(hours=2))
    await stage.bot.database.execute(
        """INSERT INTO jobs (workspace, key, lane, name, arguments, run_at, created_at, state)
        VALUES ('TOTHER', 'stuck', 'main', 'x', '{}', :due, :due, 'queued')""",
        {"due": due},
    )
    await stage.slack.command("/flow doctor", user="UADA", channel="CTRAIN")
    await stage.bot.settle()

    assert stage.slack.ephemerals("UADA")[-1].text == "Everything works."


async def test_nothing_of_the_machine_is_told(stage: Stage) -> None:
    stage.slack.revoke("files:write", "commands")
    stage.flowapp.set_switch("answer_500", 1)
    stage.saferme.set_switch("expired_key", value=True)
    shown = str((await told(stage)).blocks)

    host = "127.0.0.1"
    assert not any(each in shown for each in (host, "tmp/", "sqlite", ".db", "flowbot run"))


async def test_words_after_it_are_not_understood(stage: Stage) -> None:
    outcome = await stage.command("/flow doctor giosg")

    assert "Type /flow doctor and nothing after it" in outcome.text


async def test_the_home_tab_of_admins_has_it_too(stage: Stage) -> None:
    stage.giosg.set_switch("expired_key", value=True)
    await home(stage)
    found = await press(stage, "Check Flowbot")
    await home(stage, "UGRACE")

    assert "One thing doesn't work" in words(found)
    assert "giosg rejects the key." in words(found)
    assert "Check Flowbot" not in home_labels(shown(stage, "UGRACE"))
