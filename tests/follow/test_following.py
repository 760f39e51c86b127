"""What people follow: begun in each way there is, listed, changed and ended."""

from typing import Any

import pytest

from bot.follow.desk import MOST
from tests.asking.seeing import labels, words
from tests.digests.people import stand
from tests.follow.people import NINE, OVERDUE, alone, choose, down, last, press, told
from tests.stage import Stage

BEGUN = (
    "You follow Onboarding: overdue. Now: overdue 2. I'll tell you what moved every weekday at "
    "09:00 (Berlin time), and at once what gets worse. Next: today 09:00."
)


async def followed(stage: Stage) -> list[tuple[str, str, str]]:
    rows = await stage.rows("SELECT person, kind, measure FROM follows ORDER BY id")
    return [(row["person"], row["kind"], row["measure"]) for row in rows]


async def test_following_tells_the_figures_now_and_when_they_come(stage: Stage) -> None:
    stand(stage, done=3, late=2)
    await stage.command(OVERDUE)

    shown = alone(stage)
    assert shown.text == BEGUN
    assert labels(shown) == ["Only at 09:00", "Unfollow", "What I follow"]
    assert stage.said() == []  # what somebody follows is their own affair


@pytest.mark.parametrize(
    ("line", "kind", "measure"),
    [
        ("follow report onboarding", "report", ""),
        ("follow report onboarding completion rate", "report", "completion"),
        ("follow report the overdue of onboarding", "report", "overdue"),
        ("track report onboarding late", "report", "overdue"),
        ("follow runs failed", "runs", "failed"),
        ("follow events future", "events", ""),
        ("follow analytics channels", "analytics", "channels"),
    ],
)
async def test_a_figure_is_named_before_or_after_what_it_is_of(
    stage: Stage, line: str, kind: str, measure: str
) -> None:
    await stage.command(f"/flow {line}")

    assert alone(stage).text.startswith("You follow ")
    assert await followed(stage) == [("UADA", kind, measure)]


async def test_in_plain_words_it_is_shown_first(stage: Stage) -> None:
    await stage.command("/flow follow the overdue of onboarding")
    assert "Shall I do this?" in alone(stage).text
    assert await followed(stage) == []

    await press(stage, alone(stage), "Yes, do it")
    assert await followed(stage) == [("UADA", "report", "overdue")]


async def test_it_is_said_to_flowbot_as_well(stage: Stage) -> None:
    direct = stage.slack.workspace.direct_message("UADA").id
    await stage.slack.say("follow the overdue of onboarding", user="UADA", channel=direct)
    await stage.settle()
    await press(stage, last(stage), "Yes, do it")
    await stage.slack.say("what do I follow?", user="UADA", channel=direct)
    await stage.settle()

    assert "You follow 1 thing: Onboarding: overdue" in told(stage)[-1]


async def test_the_window_of_a_digest_turns_into_one_of_following(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    await press(stage, stage.said()[-1], "Subscribe")
    order = stage.slack.view_of("UADA")
    assert order is not None
    assert "Follow instead" in words(order)
    await stage.slack.click(order, action_id="digest_follow", user="UADA")
    view = stage.slack.view_of("UADA")
    assert view is not None
    assert "Onboarding" in words(view)
    values = {
        "follow_figure": {"follow_figure": "completion"},
        "follow_how": {"follow_how": "mornings"},
    }
    await stage.slack.submit(view, values=values)
    await stage.settle()

    assert told(stage)[-1].startswith("You follow Onboarding: completion. Now: completion ")
    assert "at once" not in told(stage)[-1]


async def test_a_digest_is_followed_from_its_menu(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00")
    await stage.at(NINE)
    shown = stage.said()[-1]
    await stage.slack.click(shown, action_id="digest_menu", value="1:follow", user="UGRACE")
    await stage.settle()

    assert stage.whispered("UGRACE")[-1].startswith("You follow Onboarding. Now: completion ")
    for line in ("#1", "digest 1"):
        await stage.command(f"/flow follow {line}", user="UGRACE")
        assert stage.whispered("UGRACE")[-1] == "You follow Onboarding already."


async def test_what_has_no_figure_says_so(stage: Stage) -> None:
    outcome = await stage.command("/flow follow events info quarterly")

    assert "There's no figure" in f"{outcome.text} {stage.whispered()}"


async def test_a_flow_that_is_not_there_is_not_followed(stage: Stage) -> None:
    await stage.command("/flow follow report onbording overdue")

    assert await followed(stage) == []
    await press(stage, alone(stage), "Yes, onboarding")
    assert await followed(stage) == [("UADA", "report", "overdue")]


async def test_a_service_that_fails_is_read_when_it_is_time(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")  # so that the flow is known
    down(stage)
    stage.clock.advance(seconds=60)
    await stage.command(OVERDUE)

    assert "MomoFlow isn't responding." in alone(stage).text
    assert "I'll read it when it's time." in alone(stage).text
    assert await followed(stage) == [("UADA", "report", "overdue")]


async def test_the_list_shows_each_with_what_can_be_done(stage: Stage) -> None:
    stand(stage, done=3, late=2)
    await stage.command("/flow following")
    assert alone(stage).text.startswith("You don't follow anything yet.")

    await stage.command(OVERDUE)
    await stage.command("/flow follow report gdpr completion")
    await stage.command("/flow following")
    shown = alone(stage)
    assert "1 · Onboarding: overdue\nOverdue 2 (08:30)" in words(shown)
    assert labels(shown) == ["Change", "Change", "When it comes", "Pause 1 week"]
    assert "You hear of it every weekday at 09:00 (Berlin time); next today 09:00" in words(shown)

    await choose(stage, shown, "Change", "Unfollow")
    assert alone(stage).text == "I don't follow Onboarding: overdue for you any more."
    await press(stage, alone(stage), "Undo")
    assert len(await followed(stage)) == 2


async def test_which_figure_and_how_are_changed_in_a_window(stage: Stage) -> None:
    await stage.command(OVERDUE)
    await stage.command("/flow following")
    await choose(stage, alone(stage), "Change", "Which figure, and when")
    view = stage.slack.view_of("UADA")
    assert view is not None
    values = {
        "follow_figure": {"follow_figure": "all"},
        "follow_how": {"follow_how": "mornings"},
    }
    await stage.slack.submit(view, values=values)
    await stage.settle()

    assert told(stage)[-1] == (
        "You follow Onboarding: I'll tell you every weekday at 09:00 (Berlin time), only then."
    )
    [row] = await stage.rows("SELECT measure, at_once FROM follows")
    assert row == {"measure": "", "at_once": 0}


async def test_when_it_comes_is_chosen_in_a_window_or_typed(stage: Stage) -> None:
    await stage.command(OVERDUE)
    await stage.command("/flow following")
    await press(stage, alone(stage), "When it comes")
    view = stage.slack.view_of("UADA")
    assert view is not None
    values: dict[str, dict[str, Any]] = {
        "follow_at": {"follow_at": "07:30"},
        "follow_days": {"follow_days": "daily"},
        "follow_quiet": {"follow_quiet": ["also"]},
    }
    await stage.slack.submit(view, values=values)
    await stage.settle()
    assert told(stage)[-1] == (
        "I'll tell you what moved every day at 07:30 (Berlin time), also that nothing moved. "
        "Next: tomorrow 07:30."
    )

    for typed, said in {
        "at 8:45": "every day at 08:45",
        "weekdays": "every weekday at 08:45",
        "only at 9:00": "every weekday at 09:00",
        "pause 2 weeks": "Paused: I'll tell you nothing of what you follow until then. Next: Mon 7",
        "resume": "It goes on. Next: today 09:00.",
    }.items():
        await stage.command(f"/flow following {typed}")
        assert said in alone(stage).text
    outcome = await stage.command("/flow following in the bathtub")
    assert 'I didn\'t understand "in the bathtub".' in outcome.text


async def test_one_is_ended_by_its_number_or_its_name_or_all_at_once(stage: Stage) -> None:
    for line in ("onboarding overdue", "onboarding completion", "gdpr"):
        await stage.command(f"/flow follow report {line}")
    await stage.command("/flow unfollow 3")
    await stage.command("/flow unfollow onboarding")
    assert "Onboarding: completion" in words(alone(stage))  # which of the two is asked
    await stage.command("/flow unfollow completion")
    assert await followed(stage) == [("UADA", "report", "overdue")]
    await stage.command("/flow unfollow all")

    assert await followed(stage) == []
    assert await stage.rows("SELECT * FROM followers") == []
    await stage.command("/flow unfollow 1")
    assert alone(stage).text == "You don't follow that."


async def test_there_is_an_end_to_what_one_can_follow(stage: Stage) -> None:
    for number in range(1, MOST + 1):
        await stage.command(f"/flow follow runs last-{number}d failed")
    assert len(await followed(stage)) == MOST
    await stage.command(OVERDUE)

    assert alone(stage).text == "You follow 25 things, which is the most. Unfollow one first."
    assert len(await followed(stage)) == MOST


async def test_a_long_list_comes_page_by_page_and_says_how_it_stands(stage: Stage) -> None:
    for number in range(1, 8):
        await stage.command(f"/flow follow runs last-{number}d failed")
    await stage.command("/flow following pause 3 days")
    await stage.command("/flow following")
    first = alone(stage)
    assert "Paused; next Thu 26 Nov 09:00 · Page 1 of 2" in words(first)
    assert labels(first)[5:] == ["More", "When it comes", "Resume now"]
    await press(stage, first, "More")
    second = alone(stage)
    assert "7 · All Smart Flows, last 7 days: failed" in words(second)
    assert labels(second)[2:] == ["Back", "When it comes", "Resume now"]


async def test_home_has_a_short_section_of_it(stage: Stage) -> None:
    stand(stage, done=3, late=2)
    await stage.command(OVERDUE)
    await stage.after(seconds=11)
    await stage.slack.open_home(user="UADA")
    await stage.settle()
    view = stage.slack.home_of("UADA")
    assert view is not None
    assert "What you follow\nOnboarding\n: overdue 2 (08:30)" in words(view)

    [element] = [
        each
        for block in view.blocks
        for each in block.get("elements", [])
        if each.get("placeholder", {}).get("text") == "Stop following"
    ]
    value = element["options"][0]["value"]
    await stage.slack.click(view, action_id=element["action_id"], value=value, user="UADA")
    await stage.settle()
    view = stage.slack.home_of("UADA")
    assert view is not None
    assert "What you follow" not in words(view)
    assert "I don't follow Onboarding: overdue" in words(view).replace("\n", "")


@pytest.mark.parametrize("line", [OVERDUE, "/flow following every day", "/flow follow #1"])
async def test_a_guest_follows_nothing(stage: Stage, line: str) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00")
    await stage.command(line, user="UGUEST")

    assert stage.whispered("UGUEST")[-1].startswith("Guests cannot follow figures.")
    assert await followed(stage) == []


async def test_a_rule_says_who_may_follow(stage: Stage) -> None:
    await stage.command("/flow policy follow only <@UGRACE|grace>")
    await stage.command(OVERDUE, user="ULIN")
    assert "may follow figures. An admin decided that." in stage.whispered("ULIN")[-1]
    await stage.command(OVERDUE, user="UGRACE")

    assert [each[0] for each in await followed(stage)] == ["UGRACE"]


async def test_only_a_digest_of_ones_own_channels_can_be_followed(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00", user="UGRACE")
    await stage.slack.command("/remove @lin", user="UGRACE", channel="CTRAIN")
    await stage.command("/flow follow #1", user="ULIN", channel="CGENERAL")

    assert stage.whispered("ULIN")[-1] == "There's no digest 1 that you can see."
    assert await followed(stage) == []
