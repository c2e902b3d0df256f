"""What Slack's no means: one table from its word and the kind of call to what the no is about."""

from collections.abc import Mapping
from typing import Any

from bot.errors import No, SlackError, SlackLater, SlackUnclear

UNCLEAR = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Words after which nobody knows whether Slack did it all the same."""
REMOVED = frozenset({"token_revoked", "account_inactive"})
"""What is said of the token of an app that was removed; said of a message, the second may mean its recipient."""

# How the call itself was put. What cannot be posted so never can; what stands, or is asked, waits for a mended program.
_FORM = """invalid_arg_name invalid_arguments invalid_array_arg invalid_charset invalid_form_data invalid_post_type
    missing_post_type missing_argument missing_args insecure_request invalid_attachments invalid_blocks
    invalid_blocks_format invalid_metadata_format invalid_metadata_schema invalid_metadata_filter_keys
    metadata_too_large metadata_must_be_sent_from_app markdown_text_conflict msg_blocks_too_long
    msg_too_long no_text too_many_attachments attachment_payload_limit_exceeded as_user_not_supported
    invalid_types invalid_ts_latest invalid_ts_oldest pagination_not_available invalid_payload
    block_mismatch no_dual_broadcast_content_update cant_broadcast_message"""

_OF_ANY_CALL: Mapping[No, str] = {
    No.NOW: """internal_error fatal_error service_unavailable request_timeout ratelimited rate_limited rollup_error
        message_limit_exceeded team_added_to_org external_channel_migrating streaming_state_conflict update_failed
        file_update_failed fetch_members_failed list_record_comment_fetch_failed hash_conflict invalid_cursor
        invalid_limit limit_required""",
    No.APP: """invalid_auth not_authed token_expired token_revoked account_inactive missing_scope no_permission is_bot
        not_allowed_token_type access_denied accesslimited ekm_access_denied org_login_required forbidden
        team_access_not_granted enterprise_is_restricted two_factor_setup_required app_access_restricted forbidden_team
        team_not_found messages_tab_disabled not_enabled not_implemented unknown_method method_deprecated
        deprecated_endpoint storage_limit_reached file_uploads_disabled file_uploads_except_images_disabled
        action_prohibited no_service no_team team_disabled invalid_token""",
    No.CHANNEL: """channel_not_found not_in_channel is_archived channel_is_archived is_inactive invalid_channel
        channel_is_limited_access method_not_supported_for_channel_type restricted_action
        restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel restricted_action_thread_locked posting_to_channel_denied
        posting_to_general_channel_denied slack_connect_team_blocked""",
    No.PERSON: "user_not_found user_disabled user_not_visible cannot_dm_bot",
    No.FOR_GOOD: f"""{_FORM} message_not_found thread_not_found not_found cant_update_message cant_delete_message
        edit_window_closed compliance_exports_prevent_deletion cannot_reply_to_message duplicate_channel_not_found
        duplicate_message_not_found draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
        send_on_behalf_not_allowed missing_file_data too_many_contact_cards slack_connect_blocked_file_type
        slack_connect_canvas_link_sharing_blocked slack_connect_canvas_sharing_blocked
        slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked
        slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked unable_to_share_files
        blocked_file_type cant_delete_file file_deleted file_is_deleted file_not_found file_share_limit_reached
        max_file_sharing_exceeded file_type_not_allowed file_upload_size_restricted alt_txt_too_large
        snippet_too_large unknown_snippet_type unknown_subtype channels_limit_exceeded invalid_user_combination
        not_enough_users too_many_users users_list_not_supplied duplicate_external_id view_too_large push_limit_reached
        missing_profile_id invalid_trigger_id expired_trigger_id exchanged_trigger_id trigger_expired expired_url
        used_url""",
}
_OF_ALL = """invalid_auth not_authed token_expired missing_scope not_allowed_token_type access_denied accesslimited
    ekm_access_denied org_login_required team_access_not_granted enterprise_is_restricted two_factor_setup_required
    ratelimited rate_limited message_limit_exceeded team_added_to_org"""
OF_ALL = frozenset(_OF_ALL.split())
"""What holds for all messages, said of one; other words let the others go."""
_KINDS: Mapping[str, str] = {
    "chat.postMessage": "post",
    "chat.update": "edit",
    "chat.delete": "delete",
    "files.": "upload",
    "conversations.history": "read",
    "conversations.replies": "read",
    "conversations.": "directory",
    "users.": "directory",
    "views.": "view",
    "response_url": "whisper",
    "": "start",
}
_OF_WHAT_IS_THERE = ("edit", "delete", "read", "directory", "start")
_WITH_ONE_PERSON = ("D", "U", "W")  # how the ids of a person, and of the bot's conversation with one, begin
_GONE_WITH_THE_PERSON = frozenset({"channel_not_found", "not_in_channel", "is_archived", "is_inactive"})
_WORDS = {word: no for no, words in _OF_ANY_CALL.items() for word in words.split()}
_ILL_FORMED = frozenset(_FORM.split())
PERSONAL = {"channel_not_found", "account_inactive"} | {word for word, no in _WORDS.items() if no is No.PERSON}
"""What tells, said of a message to a person, that they cannot be reached any more: no fault of the bot's."""


def judge(method: str, word: str, place: str = "") -> No:
    """What the word is about, where this method says it of a place (C…, D…, U…).

    A word that is in no list is of the moment: whoever asked tries again, and decides how often.
    """
    if word in _GONE_WITH_THE_PERSON and place.startswith(_WITH_ONE_PERSON):
        return No.PERSON
    if word in _ILL_FORMED and kind_of(method) in _OF_WHAT_IS_THERE:
        return No.APP
    return _WORDS.get(word, No.NOW)


def kind_of(method: str) -> str:
    """The kind of call that a method is; anything but talk, files, people and views is asked at the start."""
    return next(kind for begins, kind in _KINDS.items() if method.startswith(begins))


def is_known(word: str) -> bool:
    return word in _WORDS


def is_strange(error: SlackError) -> bool:
    """Whether Slack's no is a word that nobody knows, and so may be meant for good though it is taken for the moment's.

    It is Slack's own word: no connection, no answer, a fault on its side or too many requests are none.
    """
    return not isinstance(error, SlackUnclear | SlackLater) and not is_known(error.code)


def place_in(values: Mapping[str, Any]) -> str:
    """The conversation or the person that a call was about, "" where there is none."""
    return str(values.get("channel") or values.get("channel_id") or "")
