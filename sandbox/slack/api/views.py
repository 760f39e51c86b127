"""views.*: opening, pushing and updating modals, publishing Home."""

from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.objects import view_object
from sandbox.slack.refusals import Refusal, explained
from sandbox.slack.views import View, read_view


def open_view(call: ApiCall) -> Answer:
    """views.open."""
    raw = read_view(call.arguments.get("view"), kind="modal")
    trigger = call.backend.triggers.check(call.text("trigger_id"))
    view = call.backend.views.open(raw, user=trigger.user, channel=trigger.channel)
    call.backend.triggers.use(call.text("trigger_id"))
    return _shown(call, view)


def push(call: ApiCall) -> Answer:
    """views.push: only with the trigger of something done in a modal."""
    raw = read_view(call.arguments.get("view"), kind="modal")
    trigger = call.backend.triggers.check(call.text("trigger_id"))
    if not trigger.view_id:
        raise Refusal("not_found")
    view = call.backend.views.push(raw, user=trigger.user)
    call.backend.triggers.use(call.text("trigger_id"))
    return _shown(call, view)


def update(call: ApiCall) -> Answer:
    """views.update, by `view_id` or `external_id`."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if bool(view_id) == bool(external_id):
        raise explained("invalid_arguments", ["one of view_id and external_id is needed"])
    raw = read_view(call.arguments.get("view"))
    views = call.backend.views
    view = views.get(view_id) if view_id else views.by_external_id(external_id)
    if view.type != raw["type"]:
        raise explained("invalid_arguments", ["the type of a view cannot change"])
    return _shown(call, views.update(view, raw, sent_hash=call.text("hash")))


def publish(call: ApiCall) -> Answer:
    """views.publish."""
    if not call.backend.manifest.has_home_tab:
        raise Refusal("not_enabled")
    raw = read_view(call.arguments.get("view"), kind="home")
    user = call.workspace.users.get(call.text("user_id"))
    if user is None or user.is_bot:
        raise explained("invalid_arguments", ["invalid `user_id`"])
    view = call.backend.views.publish(raw, user=user.id, sent_hash=call.text("hash"))
    return _shown(call, view)


def _shown(call: ApiCall, view: View) -> Answer:
    return {"ok": True, "view": view_object(view, call.workspace)}
