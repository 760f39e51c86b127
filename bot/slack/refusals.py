"""What Slack's words for its refusals mean. Pure.

They are those of the methods that we call: https://docs.slack.dev/reference/methods
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class RefusalKind(StrEnum):
    """What a refusal is about, and with that what may be done."""

    WORKSPACE = "workspace"
    """Nothing of ours in particular: the workspace takes nothing until somebody mends it."""
    PLACE = "place"
    """The conversation: it is gone, or nothing of ours may stand there."""
    CONTENT = "content"
    """How it is said: too long, or in blocks that Slack does not take; simpler it may pass."""
    RULES = "rules"
    """What an admin allows, and can change."""
    GONE = "gone"
    """What the call was about is not there any more, or too late."""
    LATER = "later"
    """Nothing lasting."""
    UNSURE = "unsure"
    """Some of the call may have been carried out."""
    OURS = "ours"
    """A mistake in Flowbot."""


UNREADABLE: Final = "unreadable_answer"
"""Ours, not Slack's: an answer came, but it says nothing."""
READ_BY_OTHERS: Final = "read_by_others"
"""Ours, not Slack's: why a conversation is told nothing that others may not read."""
RATE_LIMITED: Final = frozenset({"ratelimited", "rate_limited"})
"""Slack's pages have both spellings, that of chat.postMessage the second one."""
UNSURE_STATUSES: Final = ("http_2", "http_3", "http_5")
"""A page of somebody in between, without a word of Slack's."""

_WORDS: Final[Mapping[RefusalKind, str]] = {
    RefusalKind.WORKSPACE: """
        access_denied accesslimited account_inactive ekm_access_denied enterprise_is_restricted
        forbidden_team invalid_auth not_allowed_token_type not_authed org_login_required
        team_access_not_granted token_expired token_revoked two_factor_setup_required""",
    RefusalKind.PLACE: """
        app_access_restricted cannot_find_channel channel_is_limited_access channel_not_found
        invalid_channel is_archived messages_tab_disabled method_not_supported_for_channel_type
        no_permission not_in_channel posting_to_channel_denied read_by_others restricted_action
        restricted_action_non_threadable_channel restricted_action_read_only_channel
        restricted_action_thread_locked restricted_action_thread_only_channel
        slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked
        slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked
        slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked
        user_not_in_channel""",
    RefusalKind.CONTENT: """
        alt_txt_too_large attachment_payload_limit_exceeded block_mismatch canvas_too_large
        invalid_attachments invalid_blocks invalid_blocks_format markdown_text_conflict
        metadata_too_large msg_blocks_too_long msg_too_long snippet_too_large too_many_attachments
        too_many_contact_cards""",
    RefusalKind.RULES: """
        blocked_file_type cannot_unfurl_url canvas_disabled_file_team canvas_disabled_user_team
        canvas_globally_disabled channels_limit_exceeded compliance_exports_prevent_deletion
        feature_disabled feature_not_enabled file_share_limit_reached file_type_not_allowed
        file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled
        free_teams_cannot_edit_standalone_canvases max_file_sharing_exceeded missing_scope
        not_agent_app not_authorized send_on_behalf_not_allowed storage_limit_reached
        team_tier_cannot_create_channel_canvases unable_to_share_files""",
    RefusalKind.GONE: """
        cannot_find_message cannot_prompt cannot_reply_to_message cannot_unfurl_message
        cant_delete_message cant_update_message canvas_deleted canvas_not_found
        channel_canvas_already_exists draft_already_deleted draft_already_sent draft_has_conflict
        draft_not_found duplicate_channel_not_found duplicate_message_not_found edit_window_closed
        exchanged_trigger_id execution_not_in_running_state expired_trigger_id file_deleted
        file_is_deleted file_not_found free_team_canvas_tab_already_exists
        function_execution_not_found hash_conflict is_inactive message_not_found not_found
        not_visible streaming_state_conflict template_not_visible thread_not_found user_not_found
        user_not_visible users_not_found""",
    RefusalKind.LATER: """
        canvas_creation_failed canvas_editing_failed canvas_editing_locked
        canvas_tab_creation_failed channel_canvas_creation_failed external_channel_migrating
        fetch_members_failed file_update_failed internal_error list_record_comment_fetch_failed
        message_limit_exceeded rate_limited ratelimited request_timeout service_unavailable
        team_added_to_org update_failed""",
    RefusalKind.UNSURE: "fatal_error unreadable_answer",
    RefusalKind.OURS: """
        as_user_not_supported bad_client_secret cannot_auth_user cannot_find_service
        cannot_parse_attachment cant_broadcast_message client_id_token_mismatch deprecated_endpoint
        duplicate_external_id entity_metadata_does_not_match_trigger insecure_request
        invalid_app_id invalid_arg_name invalid_arguments invalid_array_arg invalid_charset
        invalid_client_id invalid_cursor invalid_form_data invalid_limit invalid_metadata
        invalid_metadata_filter_keys invalid_metadata_format invalid_metadata_schema
        invalid_post_type invalid_source invalid_status invalid_thread_ts invalid_trigger_id
        invalid_ts_latest invalid_ts_oldest invalid_types invalid_unfurl_id invalid_unfurls_format
        is_bot limit_required metadata_must_be_sent_from_app method_deprecated missing_args
        missing_argument missing_channel missing_file_data missing_interactivity_url
        missing_options_load_url missing_post_type missing_profile_id missing_source missing_ts
        missing_unfurl_id missing_unfurls no_dual_broadcast_content_update no_text not_bearer_token
        not_enabled not_implemented parameter_validation_failed push_limit_reached
        reserved_username team_not_found thread_ts_not_allowed thread_ts_required too_many_users
        unknown_method unknown_snippet_type unknown_subtype user_auth_url_missing view_too_large""",
}
_KINDS: Final = {code: kind for kind, codes in _WORDS.items() for code in codes.split()}


def kind_of(code: str) -> RefusalKind | None:
    """Return what a refusal is about; None for a word that nobody knows."""
    if code.startswith(UNSURE_STATUSES):
        return RefusalKind.UNSURE
    return _KINDS.get(code)


def codes_of(*kinds: RefusalKind) -> frozenset[str]:
    """Return the words for refusals of these kinds."""
    return frozenset(code for code, kind in _KINDS.items() if kind in kinds)
