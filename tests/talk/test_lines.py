"""What is said without a command: in direct messages, and after a mention."""

import pytest

from sandbox.slack import Message
from tests.asking.seeing import interactive, words
from tests.stage import Stage

BOT = "@flowbot"
ONBOARDING = "5 people are overdue in Onboarding (25 of 45 done, 56%)."


async def told(stage: Stage, line: str) -> list[Message]:
    """Say something to the bot in a direct message and return what it answers there."""
    direct = stage.slack.workspace.direct_message("UADA").id
    before = len(stage.said(direct))
    await stage.slack.say(line, user="UADA", channel=direct)
    await stage.settle()
    return stage.said(direct)[before:]


async def mentioned(stage: Stage, line: str, *, user: str = "UADA") -> list[Message]:
    """Mention the bot in #training; return what is told there, to all or to who said it."""
    seen = {each.ts for each in (*stage.said(), *stage.slack.ephemerals(user))}
    await stage.slack.say(f"{BOT} {line}", user=user, channel="CTRAIN")
    await stage.settle()
    return [each for each in (*stage.said(), *stage.slack.ephemerals(user)) if each.ts not in seen]


def labels(message: Message) -> list[str]:
    return [each["text"]["text"] for each in interactive(message.blocks)]


# What is meant


@pytest.mark.parametrize("line", ["hello", "Help!", "hi", "hilfe", "?", "what can you do?", "menu"])
async def test_a_greeting_is_answered_with_what_can_be_done(stage: Stage, line: str) -> None:
    [answer] = await told(stage, line)

    assert "What I can do here" in words(answer)
    assert len(labels(answer)) >= 3


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("onboarding", ONBOARDING),
        ("Onboarding?", ONBOARDING),
        ("flow-report onboarding", ONBOARDING),
        ("/flow-report onboarding overdue", "5 people are overdue in Onboarding"),
        ("who is overdue in onboarding?", "5 people are overdue in Onboarding"),
        ("who is overdue?", "154 people are overdue"),
        ("spring campaign", "Spring campaign: "),
        ("site hazards", "Site hazards"),
        ("site hazards by severity please", "Site hazards"),
        ("visitors of spring campaign last week", "Spring campaign"),
        ("flow list", "No digests in your direct messages"),
        ("subscribe onboarding", "When should I send it?"),
        ("please subscribe who is overdue in onboarding", "When should I send it?"),
        ("digests in <#CGENERAL|general>", "No digests in #general"),
        ("show me the digests of <#CGENERAL|general>", "No digests in #general"),
    ],
)
async def test_a_plain_line_is_answered_as_if_typed_with_its_command(
    known: Stage, line: str, begins: str
) -> None:
    direct = known.slack.workspace.direct_message("UADA").id
    answers = await told(known, line) or known.slack.ephemerals("UADA")

    assert answers[-1].text.startswith(begins) or begins in words(answers[-1])
    assert answers[-1].channel == direct


async def test_webinars_are_listed(known: Stage) -> None:
    [answer] = await told(known, "upcoming webinars")

    assert "Product tour" in words(answer)


async def test_a_mention_that_is_a_question_is_answered_for_all(known: Stage) -> None:
    [answer] = await mentioned(known, "who is overdue in onboarding?")

    assert answer.text.startswith("5 people are overdue in Onboarding")
    assert answer.ephemeral_to == ""


async def test_a_mention_in_a_thread_is_answered_there(known: Stage) -> None:
    root = (await known.slack.say("Any news?", user="UADA", channel="CTRAIN")).message
    assert root is not None
    await known.slack.say(
        f"{BOT} onboarding export csv", user="UADA", channel="CTRAIN", thread_ts=root.ts
    )
    await known.settle()

    [_, answer] = known.slack.thread("CTRAIN", root.ts)[:2]
    assert answer.text.startswith("Onboarding")
    assert [each.thread_ts for each in known.slack.files] == [root.ts]


# What would change something


async def test_an_order_of_a_digest_is_shown_before_it_is_done(known: Stage) -> None:
    [shown] = await mentioned(known, "every Monday at 9 send onboarding here")

    assert shown.ephemeral_to == "UADA"
    assert shown.text == "Shall I send Onboarding here, Mondays at 09:00 (Berlin time)?"
    assert await known.rows("SELECT id FROM subscriptions") == []

    await known.slack.click(shown, action_id="type_line")
    await known.settle()
    [ordered] = await known.rows("SELECT channel, creator FROM subscriptions")
    assert ordered == {"channel": "CTRAIN", "creator": "UADA"}


async def test_an_order_can_be_changed_in_its_form_before_it_is_done(known: Stage) -> None:
    [shown] = await mentioned(known, "every Monday at 9 send who is overdue in onboarding here")
    assert labels(shown) == ["Yes, send it", "Change"]

    await known.slack.click(shown, action_id="open_form")
    form = known.slack.view_of("UADA")
    assert form is not None
    assert form.callback_id == "new_digest"
    assert "Onboarding, overdue" in words(form)
    chosen = str(form.blocks)
    assert "CTRAIN" in chosen
    assert "'09:00'" in chosen
    assert "monday" in chosen
    assert await known.rows("SELECT id FROM subscriptions") == []

    await known.slack.submit(form, values={})
    await known.settle()
    [ordered] = await known.rows("SELECT channel, cron, creator FROM subscriptions")
    assert ordered == {"channel": "CTRAIN", "cron": "0 9 * * 1", "creator": "UADA"}


async def test_an_order_for_oneself_is_shown_as_one(known: Stage) -> None:
    [shown] = await mentioned(known, "send onboarding overdue to me every weekday at 9")

    assert shown.text.startswith("Shall I send Onboarding, overdue to you directly, weekdays at")


async def test_an_order_for_another_channel_names_it(known: Stage) -> None:
    [shown] = await mentioned(known, "send gdpr every weekday at 8:30 to <#CGENERAL|general>")

    assert shown.text.startswith("Shall I send Gdpr to another channel, weekdays at 08:30")
    assert "CGENERAL" in str(shown.blocks[0])


async def test_a_run_is_started_by_its_button_alone(known: Stage) -> None:
    [shown] = await told(known, "run the invoice flow")
    assert labels(shown) == ["Yes, do it"]
    assert "StartExecution" not in str(known.smartflows.calls)
    assert await known.rows("SELECT id FROM jobs WHERE name = 'start_run'") == []

    await known.slack.click(shown, action_id="type_line")
    await known.settle()
    assert len(await known.rows("SELECT id FROM jobs WHERE name = 'start_run'")) == 1


@pytest.mark.parametrize("line", ["remove 3", "flow remove 3", "/flow-report unname onboarding"])
async def test_nothing_is_changed_unasked(known: Stage, line: str) -> None:
    await told(known, line)

    changing = "SELECT name FROM jobs WHERE name IN ('remove_subscription', 'forget_name')"
    assert await known.rows(changing) == []


# What nobody understands


async def test_what_is_not_understood_is_answered_with_three_suggestions(known: Stage) -> None:
    [answer] = await told(known, "the weather tomorrow in Cologne")

    assert labels(answer)[3:] == ["What I can do"]
    for name in ("type_line", "type_line:2", "do"):
        before = len(known.said("DADA")) + len(known.slack.ephemerals("UADA"))
        await known.slack.click(answer, action_id=name)
        await known.settle()
        assert len(known.said("DADA")) + len(known.slack.ephemerals("UADA")) > before


async def test_a_misspelt_name_is_answered_with_the_nearest(known: Stage) -> None:
    [answer] = await told(known, "onbording")

    assert answer.text.startswith("Which of these do you mean?")
    assert labels(answer) == ["onboarding", "What I can do"]


# Who is heard


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "thread_broadcast"},
        {"subtype": "bot_message"},
        {"hidden": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["message", "app_mention"])
async def test_what_no_person_newly_said_is_not_answered(
    stage: Stage, kind: str, more: dict[str, object]
) -> None:
    direct = stage.slack.workspace.direct_message("UADA").id
    event = {"type": kind, "user": "UADA", "channel": direct, "text": "hello", "ts": "1.0"}
    await stage.slack.event({**event, "channel_type": "im", **more})
    await stage.settle()

    assert stage.said(direct) == []
    assert await stage.rows("SELECT id FROM jobs") == []


async def test_its_own_messages_are_not_answered(stage: Stage) -> None:
    direct = stage.slack.workspace.direct_message("UADA").id
    bot = stage.slack.bot_user_id
    event = {"type": "message", "user": bot, "channel": direct, "text": "hello", "ts": "1.0"}
    await stage.slack.event({**event, "channel_type": "im"})
    await stage.settle()

    assert await stage.rows("SELECT id FROM jobs") == []


async def test_a_message_delivered_again_is_answered_once(stage: Stage) -> None:
    direct = stage.slack.workspace.direct_message("UADA").id
    event = {"type": "message", "user": "UADA", "channel": direct, "text": "hi", "ts": "1.0"}
    await stage.slack.event({**event, "channel_type": "im"}, redeliver=2)
    await stage.settle()

    assert len(stage.said(direct)) == 1


async def test_a_flood_is_answered_so_far_and_then_with_one_word(stage: Stage) -> None:
    direct = stage.slack.workspace.direct_message("UADA").id
    for _ in range(30):
        await stage.slack.say("hello", user="UADA", channel=direct)
    await stage.settle()

    said = [each.text for each in stage.said(direct)]
    assert len(said) == 11
    assert len([each for each in said if each.startswith("That is a lot at once.")]) == 1

    await stage.after(minutes=2, step=30)
    await stage.slack.say("hello", user="UADA", channel=direct)
    await stage.settle()
    assert len(stage.said(direct)) == 12
