"""Which arguments each method has, from the method pages of Slack's reference."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox.slack.refusals import explained

_NAMES: Final = {
    "agents.sessions.rename": "channel_id thread_ts title",
    "agents.sessions.setStatus": (
        "channel_id icon_emoji icon_url initiator_user_id status thread_ts title username"
    ),
    "apps.connections.open": "",
    "assistant.threads.setStatus": (
        "channel_id icon_emoji icon_url loading_messages status thread_ts username"
    ),
    "assistant.threads.setSuggestedPrompts": "channel_id prompts thread_ts title",
    "bots.info": "bot team_id",
    "canvases.access.delete": "canvas_id channel_ids user_ids",
    "canvases.access.set": "access_level canvas_id channel_ids user_ids",
    "canvases.create": "channel_id document_content title",
    "canvases.delete": "canvas_id",
    "canvases.edit": "canvas_id changes",
    "canvases.sections.lookup": "canvas_id criteria",
    "chat.delete": "as_user channel ts",
    "chat.getPermalink": "channel message_ts",
    "chat.postEphemeral": (
        "as_user attachments blocks channel icon_emoji icon_url link_names markdown_text "
        "metadata parse text thread_ts user username"
    ),
    "chat.postMessage": (
        "as_user attachments blocks channel current_draft_last_updated_ts icon_emoji "
        "icon_url link_names markdown_text metadata mrkdwn parse reply_broadcast text "
        "thread_ts unfurl_links unfurl_media username"
    ),
    "chat.unfurl": (
        "channel metadata source ts unfurl_id unfurls user_auth_blocks user_auth_message "
        "user_auth_required user_auth_url"
    ),
    "chat.update": (
        "as_user attachments blocks channel file_ids link_names markdown_text metadata "
        "parse reply_broadcast text ts unfurled_attachments"
    ),
    "conversations.canvases.create": "channel_id document_content title",
    "conversations.history": "channel cursor include_all_metadata inclusive latest limit oldest",
    "conversations.info": "channel include_locale include_num_members",
    "conversations.members": "channel cursor limit",
    "conversations.open": "channel prevent_creation return_im users",
    "conversations.replies": "channel cursor include_all_metadata inclusive latest limit oldest ts",
    "entity.presentDetails": "error metadata trigger_id user_auth_required user_auth_url",
    "files.completeUploadExternal": (
        "blocks channel_id channels files icon_emoji icon_url initial_comment thread_ts username"
    ),
    "files.getUploadURLExternal": "alt_txt filename length snippet_type",
    "functions.completeError": "error function_execution_id",
    "functions.completeSuccess": "function_execution_id outputs",
    "files.info": "count cursor file limit page",
    "reactions.add": "channel name timestamp",
    "usergroups.list": "include_count include_disabled include_users team_id",
    "usergroups.users.list": "include_disabled team_id usergroup",
    "users.conversations": "cursor exclude_archived exclude_muted limit team_id types user",
    "users.info": "include_locale user",
    "users.lookupByEmail": "email",
    "views.open": "interactivity_pointer trigger_id view",
    "views.publish": "hash interactivity_pointer user_id view",
    "views.push": "interactivity_pointer trigger_id view",
    "views.update": "external_id hash view view_id",
}
_ARGUMENTS: Final = {method: frozenset(names.split()) for method, names in _NAMES.items()}
_EVERYWHERE: Final = {"token", "team_id"}
"""The second is sent with every call by Slack's own SDK where Bolt made the client."""


def check_arguments(method: str, given: Mapping[str, Any]) -> None:
    """Refuse `invalid_arguments` for what a method does not have.

    Stricter than Slack, which overlooks it: whoever sends it believes that it does something.
    """
    known = _ARGUMENTS.get(method)
    unknown = sorted(set(given) - known - _EVERYWHERE) if known is not None else []
    if unknown:
        raise explained("invalid_arguments", [f"unknown argument: {name}" for name in unknown])
