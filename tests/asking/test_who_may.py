"""Every way into Flowbot, used by a guest, by somebody of another organisation, and by somebody of
whom Slack does not tell: what each may do. A new way without a decision here fails."""

from dataclasses import dataclass

import pytest

from bot.assembly.features import FEATURES
from bot.digests.ids import REDRAWS
from bot.jobs.access import Right
from bot.jobs.request import Intent
from handlers import forms_of
from handlers.events import NOBODYS
from handlers.installs import REVOKED, UNINSTALLED
from sandbox.slack import Message
from tests.asking.payloads import use
from tests.asking.seeing import words
from tests.stage import Stage
from tests.surface import Surface

GUESTS, MEMBERS = "guests too", "members alone"
LISTENERS = {
    "command": dict.fromkeys(
        ("/flow", "/flow-report", "/flow-events", "/flow-export", "/flow-analytics", "/flow-run"),
        GUESTS,
    ),
    "event": dict.fromkeys(
        ("app_mention", "message", "member_joined_channel", "app_home_opened"), GUESTS
    ),
    "global": {
        "get_training_report": GUESTS,
        "find_event": GUESTS,
        "export_workflow_step": GUESTS,
        "field_analytics": GUESTS,
        "run_smart_flow": MEMBERS,
        "new_digest": MEMBERS,
    },
    "message": {
        "export_data": GUESTS,
        "subscribe_to_this": MEMBERS,
        "run_smart_flow_with_this": MEMBERS,
    },
    "options": {
        "flow": GUESTS,
        "event": GUESTS,
        "workflow": GUESTS,
        "report_channel": GUESTS,
        "flow_to_run": MEMBERS,
        "flow_to_assign": MEMBERS,
        "flow_to_remind": MEMBERS,
        "room": MEMBERS,
        "creator": MEMBERS,
        "organizers": MEMBERS,
        "presenters": MEMBERS,
        "zone": MEMBERS,
        "digest_zone": MEMBERS,
        "policy_groups": MEMBERS,
    },
    "view": {
        "export_data": GUESTS,
        "get_training_report": GUESTS,
        "find_event": GUESTS,
        "export_workflow_step": GUESTS,
        "field_analytics": GUESTS,
        "new_digest": MEMBERS,
        "follow_this": MEMBERS,
        "follow_mornings": MEMBERS,
        "hand_over_digest": MEMBERS,
        "rest_digest": MEMBERS,
        "import_digests": MEMBERS,
        "apply_digests": MEMBERS,
        "set_policy": MEMBERS,
        "connect_service": MEMBERS,
        "hand_over_orders": MEMBERS,
        "orders_to_other_channel": MEMBERS,
        "run_smart_flow": MEMBERS,
        "answer_run": MEMBERS,
        "assign_training": MEMBERS,
        "confirm_training": MEMBERS,
        "remind_training": MEMBERS,
        "run_smart_flow_batch": MEMBERS,
        "confirm_smart_flow_batch": MEMBERS,
        "deadline_of_questions": MEMBERS,
        "register_for_event": MEMBERS,
        "sign_on_to_room": MEMBERS,
        "create_event": MEMBERS,
        "confirm_new_event": MEMBERS,
    },
    "action": {
        ".+": GUESTS,
        "digest_menu": GUESTS,
        "open_export": GUESTS,
        "try_again": GUESTS,
        "it_is_there": GUESTS,
        "send_again": GUESTS,
        "do": GUESTS,
        "menu": GUESTS,
        "open_form": GUESTS,
        "pick": GUESTS,
        "type_line": GUESTS,
        "confirm_assign": MEMBERS,
        "cancel_assign": GUESTS,
        "run_details": GUESTS,
        "watch_run": GUESTS,
        "keep_waiting": MEMBERS,
        "cancel_run": MEMBERS,
        "answer_question": MEMBERS,
        "open_run": MEMBERS,
        **dict.fromkeys(map(str, REDRAWS), MEMBERS),
        "digest_preview": MEMBERS,
        "digest_follow": MEMBERS,
        "open_event": GUESTS,
        "file_compressed": GUESTS,
        "file_in_parts": GUESTS,
    },
}
"""Who may use each listener, by what it listens to."""
RIGHTS = {
    Right.HELP: {
        "agree",
        "agree_to_be_found",
        "stop_being_found",
        "stop_reminders",
        "check_training",
        "refuse",
        "ask_again",
        "home",
        "help",
        "line",
        "slow_down",
        "welcome",
        "greet",
        "unfollow",  # also who may not follow any more
    },
    Right.ASK: {
        "report",
        "events",
        "export",
        "analytics",
        "runs",
        "list_subscriptions",
        "digest_why",
        "list_flows",
        "list_names",
        "list_watches",
        "list_deadlines",
        "following",
        "show_run",
        "show_flow",
        "show_smart_flows",
        "follow_run",
        "cancel_run_too_late",
        "cancel_assignment",
        "cancel_reminders",
        "send_file_again",
        "settle_doubt",
        "export_in_other_form",
        "export_orders",
        "renew_flows",
        "renew_events",
        "renew_workflows",
        "renew_report_channels",
        "fill_export_form",
        "fill_analytics_form",
    },
    Right.ORDER: {
        "subscribe",
        "order_digests",
        "preview_digest",
        "move_orders",
        "compare_orders",
        "apply_orders",  # and MANAGE where it changes or stops what is there
        "copy_orders",
    },
    Right.MANAGE: {
        "change_digest",
        "remove_subscription",
        "pause_subscription",
        "resume_subscription",
        "snooze_subscription",
        "reschedule_subscription",
        "subscription_now",
        "subscription_history",
        "resend_digest",
        "hand_over_digest",
        "mute_digests",
        "unmute_digests",
        "offer_rest",
        "rest_digests",
        "look_now",
        "let_others_see",
        "stop_orders",
        "put_back_orders",
        "hand_over_orders",
        "watch_flow",  # and ORDER, unless it goes on where it was paused
        "unwatch_flow",
        "snooze_watch",
        "wake_watch",
    },
    Right.FOLLOW: {
        "follow_question",
        "follow_digest",
        "change_follow",
        "change_mornings",
        "rest_from_figures",
    },
    Right.NAME: {"name_flow", "forget_name"},
    Right.ASSIGN: {"preview_assignment", "fill_assignment", "assign"},
    Right.REMIND: {"preview_reminders", "remind_overdue"},
    Right.RUN: {
        "start_run",
        "answer_run",
        "keep_waiting",
        "give_more_time",
        "run_documents",
        "fill_batch",
        "preview_batch",
        "start_batches",
        "start_batch",
        "fill_question",
        "fill_run",
        "propose_run",
        "propose_answer",
    },
    Right.CANCEL: {
        "cancel_run",
        "ask_cancel_run",
        "propose_cancel",
        "set_deadline",
        "end_deadline",
    },
    Right.REGISTER: {"register", "sign_on", "fill_event_form", "propose_registration"},
    Right.CREATE: {"preview_event", "create_event", "fill_new_event"},
    Right.GOVERN: {
        "show_policy",
        "connect_service",
        "disconnect_service",
        "set_rule",
        "remove_rule",
        "reset_rules",
        "show_audit",
        "run_doctor",
    },
    Right.NOBODYS: {
        "use_connections",
        "agreement_expires",
        "ask_consent",
        "send_reminder",
        "tell_reminded",
        "digest",
        "tell_follower",
        "look_at_figures",
        "plan_mornings",
        "learn_flow",
        "tell_run",
        "tell_watch",
        "remind_run",
        "pass_deadline",
        "move_channel",
        "look_at_place",
        "look_at_trouble",
        "look_at_owner",
        "tell_quiet",
        "tell_trouble",
    },
}
"""Which right each thing takes that can be wanted; the last are the clock's."""
ALL = [(kind, name) for kind, names in LISTENERS.items() for name in names]
EACH = pytest.mark.parametrize(("kind", "name"), ALL, ids=[f"{kind} {name}" for kind, name in ALL])
ROOMS = ("CTRAIN", "CGENERAL", "CFIELD", "CSHARED", "CRANDOM", "GLEADS")
UNKNOWN = "Slack does not tell me at the moment who you are"
OTHERS = "Flowbot is only for members of this workspace."


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody was told alone; which channels were told something, and vendors asked."""

    told: str
    window: str
    options: int
    rooms: tuple[str, ...]
    vendors: tuple[str, ...]


async def heard(stage: Stage, kind: str, name: str, *, user: str) -> Heard:
    """Use a listener and wait until nothing more comes of it."""
    shown = await report(stage)
    before = around(stage)
    delivery = await use(stage, kind, name, user=user, shown=shown)
    for _ in range(5):
        await stage.settle()
        stage.clock.advance(seconds=40)
    assert (delivery.status, delivery.error) == (200, "")
    view = stage.slack.view_of(user)
    said = [*stage.slack.ephemerals(user), *stage.said(f"D{user[1:]}")]
    body = delivery.body if isinstance(delivery.body, dict) else {}
    told = [str(body), *(words(each) for each in said), words(view) if view else ""]
    return Heard(
        " ".join(told),
        view.callback_id if view else "",
        len(body.get("options", ())),
        tuple(each for each in ROOMS if len(stage.slack.messages(each)) != before[each]),
        tuple(
            each.name for each in stage.world.vendors.all if len(each.calls) != before[each.name]
        ),
    )


async def report(stage: Stage) -> Message:
    await stage.command("/flow-report onboarding last-7d", user="UGRACE")
    return stage.said()[-1]


def around(stage: Stage) -> dict[str, int]:
    """Return how much was said in each channel, and how much each vendor was asked."""
    said = {each: len(stage.slack.messages(each)) for each in ROOMS}
    return said | {each.name: len(each.calls) for each in stage.world.vendors.all}


def test_every_listener_has_a_decision() -> None:
    names, of_nobody = Surface().names, {*NOBODYS, UNINSTALLED, REVOKED}
    events = [each for each in names.pop("event") if each not in of_nobody]
    decided = {kind: sorted(found) for kind, found in LISTENERS.items()}

    assert {kind: sorted(found) for kind, found in names.items()} | {"event": events} == decided


def test_everything_that_can_be_wanted_has_a_right(stage: Stage) -> None:
    def right_of(intent: type[Intent]) -> Right:
        found = [right for right, names in RIGHTS.items() if intent.job in names]
        assert found, intent.job
        return found[0]

    intents = stage.bot.services.tasks.intents
    assert {each.job: each.needs for each in intents} == {
        each.job: right_of(each) for each in intents
    }
    assert {each.job for each in intents} == set().union(*RIGHTS.values())


def test_a_form_opens_for_whom_it_can_be_sent_by() -> None:
    for form in forms_of(FEATURES):
        assert form.needs is not Right.NOBODYS
        sent = LISTENERS["view"].get(form.callback, MEMBERS if form.submit is None else "")
        assert (sent == GUESTS) is (form.needs is Right.ASK)


@EACH
async def test_somebody_of_another_organisation_may_do_nothing(
    stage: Stage, kind: str, name: str
) -> None:
    found = await heard(stage, kind, name, user="UPARTNER")

    assert (found.rooms, found.vendors) == ((), ())
    assert found.options == 0
    assert found.window in ("", "notice")
    assert kind == "options" or OTHERS in found.told


@EACH
async def test_while_slack_does_not_tell_who_somebody_is_nothing_is_done(
    stage: Stage, kind: str, name: str
) -> None:
    stage.slack.refuse("users.info", error="fatal_error", times=1000, when=of_lin)
    found = await heard(stage, kind, name, user="ULIN")

    assert (found.rooms, found.vendors) == ((), ())
    assert found.options == 0
    assert found.window in ("", "notice")
    assert kind == "options" or UNKNOWN in found.told


EMPTY_LIST = "No digests in #training yet. Guests cannot order digests."
"""Answers a guest who asks for the list: they may see it, and read why they begin none."""


@EACH
async def test_a_guest_may_ask_and_is_answered_alone(stage: Stage, kind: str, name: str) -> None:
    found = await heard(stage, kind, name, user="UGUEST")

    assert found.rooms == ()
    if LISTENERS[kind][name] == MEMBERS:
        assert found.vendors == ()
        assert found.options == 0
        assert found.window in ("", "notice")
        assert kind == "options" or "Guests cannot " in found.told
    else:
        refused = found.told.replace(EMPTY_LIST, "")
        assert "Guests cannot " not in refused
        assert "Something went wrong" not in found.told


def of_lin(arguments: dict[str, object]) -> bool:
    return arguments["user"] == "ULIN"
