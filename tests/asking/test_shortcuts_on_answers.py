"""Both message shortcuts on every kind of answer and digest; what is missing here fails."""

import pytest

from bot.asking.core.arguments import Ask
from bot.asking.question import Question
from bot.cli.features import kinds_of
from bot.fieldreports.core.command import parse_analytics
from bot.fieldreports.question import FIGURES, REPORT_LISTS
from bot.runs.core.command import parse_run
from bot.runs.question import RUN_LISTS
from bot.training.core.command import parse_report
from bot.webinars.core.command import AskEvents, parse_events
from bot.webinars.question import EVENT_VIEWS
from bot.workflows.core.command import parse_export
from bot.workflows.question import WORKFLOW_VIEWS
from tests.asking.answers import ASKED, EXPORT, answered, exported, opened, subscribed
from tests.asking.seeing import words
from tests.stage import Stage

KINDS = kinds_of()
COMMANDS = [(kind, command) for kind, commands in ASKED.items() for command in commands]

WITHOUT_AN_ANSWER = {
    # what changes something, and what is told of that
    *("name_flow", "forget_name", "preview_assignment", "assign", "cancel_assignment"),
    *("register", "sign_on", "preview_event", "create_event", "cancel_event"),
    *("subscribe", "remove_subscription", "pause_subscription", "resume_subscription"),
    *("snooze_subscription", "watch_flow", "unwatch_flow", "answer_run", "keep_waiting"),
    *("cancel_run", "cancel_run_too_late", "ask_cancel_run", "follow_run", "start_run"),
    # what only the asker sees, without a menu
    *("help", "list_names", "list_subscriptions", "subscription_history", "list_watches"),
    # what brings an answer of another kind, or fills a form
    *("subscription_now", "digest", "export_in_other_form", "send_file_again", "learn_flow"),
    *("renew_flows", "renew_events", "renew_workflows", "renew_report_channels"),
    *("fill_event_form", "fill_export_form", "fill_analytics_form"),
    # what is told of a run: see test_runs
    *("show_run", "tell_run", "tell_watch", "remind_run"),
}
"""Jobs whose words are no answer to a question; any other is a kind of question."""


def question_of(command: str) -> Question:
    """Return the question of a command."""
    name, _, text = command.partition(" ")
    parse = {
        "/flow-report": parse_report,
        "/flow-run": parse_run,
        "/flow-export": parse_export,
        "/flow-events": parse_events,
        "/flow-analytics": parse_analytics,
    }
    wish = parse[name](text)
    assert isinstance(wish, Ask | AskEvents)
    return wish.question


def views_of(kind: str) -> set[str]:
    """Return the views of a kind that are asked for below."""
    field = {"events": "view", "analytics": "figure", "export": "data", "runs": "which"}
    return {getattr(question_of(each), field.get(kind, "by")) for each in ASKED[kind]}


async def test_every_kind_of_question_is_tried(stage: Stage) -> None:
    jobs = {each.job for each in stage.bot.services.tasks.intents}

    assert set(ASKED) == set(KINDS.names) == jobs - WITHOUT_AN_ANSWER
    assert set(KINDS.names) == set(stage.bot.digests._composers)
    assert jobs >= WITHOUT_AN_ANSWER


@pytest.mark.parametrize(
    ("kind", "views"),
    [
        ("events", EVENT_VIEWS),
        ("analytics", (*FIGURES, *REPORT_LISTS)),
        ("export", WORKFLOW_VIEWS),
        ("runs", ("", *RUN_LISTS)),
    ],
)
def test_every_view_is_tried(kind: str, views: tuple[str, ...]) -> None:
    assert views_of(kind) == set(views)


@pytest.mark.parametrize(("kind", "command"), COMMANDS, ids=[each for _, each in COMMANDS])
async def test_the_data_behind_an_answer_can_be_exported_by_anybody_in_the_channel(
    stage: Stage, kind: str, command: str
) -> None:
    stage.smartflows.set_switch("others_every", 0)
    shown = await answered(stage, command)
    files, told = len(stage.slack.files), len(stage.said())

    view = await exported(stage, shown, user="UGRACE")

    assert "The data behind this" in words(view)
    assert f"/flow-{kind.removesuffix('s') if kind == 'runs' else kind}" in words(view) or (
        kind == "report"
    )
    question = question_of(command)
    about = KINDS.of(question)
    personal = about.is_personal(about.as_file(question, "csv"))
    brought = stage.slack.files[files:]
    grace = stage.slack.workspace.direct_message("UGRACE").id
    assert {each.channel for each in brought} <= {grace if personal else "CTRAIN"}
    if personal:
        assert len(stage.said()) == told
    said = [*stage.said()[told:], *stage.said(grace)]
    assert brought or any("no file" in words(each) for each in said), list(map(words, said))


@pytest.mark.parametrize(("kind", "command"), COMMANDS, ids=[each for _, each in COMMANDS])
async def test_an_answer_can_be_ordered_as_a_digest_whose_shortcuts_work_as_well(
    stage: Stage, kind: str, command: str
) -> None:
    stage.smartflows.set_switch("others_every", 0)
    shown = await answered(stage, command)

    await subscribed(stage, shown, user="UGRACE")

    [order] = await stage.rows("SELECT id, kind, channel, creator FROM subscriptions")
    assert order == {"id": 1, "kind": kind, "channel": "CTRAIN", "creator": "UGRACE"}
    before = len(stage.said())
    await stage.command("/flow now 1")
    digest = stage.said()[before]
    assert "igest 1, " in words(digest), words(digest)
    assert (await opened(stage, EXPORT, digest)).raw["callback_id"] == EXPORT
