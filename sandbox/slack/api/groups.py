"""usergroups.*: the user groups of the workspace."""

from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.people import UserGroup
from sandbox.slack.refusals import Refusal


def list_groups(call: ApiCall) -> Answer:
    """usergroups.list."""
    with_users = call.flag("include_users")
    shown = [_shown(call, each, with_users) for each in call.workspace.groups.values()]
    return {"ok": True, "usergroups": shown}


def list_users(call: ApiCall) -> Answer:
    """usergroups.users.list."""
    found = call.workspace.groups.get(call.text("usergroup"))
    if found is None:
        raise Refusal("no_such_subteam")
    return {"ok": True, "users": list(found.users)}


def _shown(call: ApiCall, group: UserGroup, with_users: bool) -> Answer:  # noqa: FBT001
    return {
        "id": group.id,
        "team_id": call.backend.identity.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        **({"users": list(group.users)} if with_users else {}),
    }
