"""What went wrong, in words that say what to do. The only place with sentences for failures."""

from typing import Final

from bot.errors import BotError, Reason, SlackError, SlackUnreachableError, VendorError
from bot.slack.blocks.blocks import code, context, message, paragraph, plain, says
from bot.slack.blocks.budget import clean, cut
from bot.slack.blocks.simpler import words_of
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message
from bot.slack.refusals import RefusalKind, kind_of

_DETAIL: Final = 300
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_LONGEST_DAYS: Final = 14
_CODE: Final = ": "

_AGAIN: Final = "Try again in a few minutes. If it keeps happening, tell your Flowbot admin."
_SENTENCES: Final = {
    Reason.OFF: "{name} isn't set up here. Your Flowbot admin needs to set {variables}.",
    Reason.AUTH: "{name} rejected Flowbot's key. Your Flowbot admin needs to update {variables}.",
    Reason.NOT_FOUND: "{name} doesn't know {thing}. {not_found}",
    Reason.REJECTED: "{name} didn't accept this. Change what it names, or see `/flow help`.",
    Reason.RATE_LIMITED: "{name}'s rate limit is used up. Try again {when}.",
    Reason.UNAVAILABLE: f"{{name}} isn't responding. {_AGAIN}",
    Reason.TIMEOUT: "{name} took too long to answer. {smaller}",
    Reason.MALFORMED: "{name} sent something I can't read, so I'm not showing it. Tell your "
    "Flowbot admin.",
    Reason.UNTRUSTED_HOST: "{name} keeps this file on a host I don't trust, so I didn't fetch it. "
    "Your Flowbot admin can check that host.",
    Reason.TOO_LARGE: "{name} sent more than I can take. {smaller}",
}
_DETAIL_LABELS: Final = {
    Reason.MALFORMED: "Detail: ",
    Reason.UNTRUSTED_HOST: "Host: ",
}
_UNCERTAIN: Final = "It may have been done all the same: look in {name} before you repeat it."
_MAY_BE_DONE: Final = "It may have been done all the same. Look before you try again."
_NO_MEMBER: Final = "I'm not in that channel yet. Type `/invite @Flowbot` there, then try again."
_UNCONFIRMED: Final = "Slack did not confirm it, so it may or may not have arrived."
_OUR_FAULT: Final = "Something went wrong in Flowbot. Tell your Flowbot admin."
_NO_ANSWER: Final = "no answer"
_AT_HOME: Final = {
    Reason.OFF: "{name} isn't connected in this workspace yet. An admin of the workspace can "
    "connect it in my Home tab.",
    Reason.AUTH: "{name} rejected the key that was given for this workspace. An admin of the "
    "workspace can change it in my Home tab.",
}
_SLACK: Final = {
    # Uploads: https://docs.slack.dev/reference/methods/files.completeUploadExternal
    "file_uploads_disabled": "This workspace does not allow uploads. An admin can turn them on.",
    "file_uploads_except_images_disabled": "This workspace allows only images to be uploaded. An "
    "admin can allow other files.",
    "file_upload_size_restricted": "The file is larger than this workspace allows. Ask for a "
    "shorter period or a single status.",
    "file_type_not_allowed": "This workspace does not allow files of this type. Try another one: "
    "csv, xlsx or pdf.",
    "storage_limit_reached": "This workspace has no room left for files. An admin can delete old "
    "ones.",
    "snippet_too_large": "Slack takes at most 1 MB of text as a file of this kind. Try xlsx.",
    "slack_connect_file_upload_sharing_blocked": "Files may not be shared into this Slack Connect "
    "channel. Ask in a channel of your own.",
    "channels_limit_exceeded": "Slack does not allow the file in that many channels.",
    # What people gave: https://docs.slack.dev/reference/methods/files.info
    "file_not_found": "That file is not in Slack any more.",
    "file_deleted": "That file was deleted.",
    "untrusted_host": "That file lies outside Slack, and I fetch none from there.",
    "read_by_others": "People of another organisation may read that channel.",
    "not_in_channel": _NO_MEMBER,
    "user_not_in_channel": "You aren't in that channel. Join it and try again.",
    "channel_not_found": f"I can't see that channel. {_NO_MEMBER}",
    "posting_to_channel_denied": "Apps may not post in this channel. An admin can change that.",
    "restricted_action": "Posting in this channel is restricted. An admin can change that.",
    "is_archived": "That channel is archived. Unarchive it, or ask in another one.",
    "invalid_auth": "Slack rejected Flowbot's token. Your Flowbot admin needs to update "
    "SLACK_BOT_TOKEN.",
    "account_inactive": "Flowbot was removed from this workspace. An admin can install it again.",
    "token_revoked": "Slack withdrew Flowbot's token. An admin can install Flowbot again.",
    "missing_scope": "Flowbot lacks a permission. An admin can install it again from manifest.yml.",
    "ratelimited": "Slack's rate limit is used up. Try again {when}.",
    "expired_trigger_id": "That took longer than the 3 seconds Slack gives. Please try once more.",
}


_NOT_TAKEN: Final = "Slack refused this"
_ASK_OWNER: Final = (
    "Try again in a few minutes. If it keeps happening, your Flowbot admin finds this code in the "
    "log."
)
_REFUSED: Final = {
    RefusalKind.WORKSPACE: (
        "Slack takes nothing from Flowbot in this workspace now",
        "An admin of the workspace can mend that. Messages that wait are kept for a day.",
    ),
    RefusalKind.PLACE: (
        "Slack lets me post nothing there",
        "Ask in another channel, or in a direct message with me.",
    ),
    RefusalKind.CONTENT: (
        "Slack did not take this in any form that I tried",
        "Ask for less: a shorter period, or a file.",
    ),
    RefusalKind.RULES: (
        "This workspace does not allow that",
        "An admin of the workspace can change it.",
    ),
    RefusalKind.GONE: ("What this was about is no longer in Slack", "Ask for it anew."),
    RefusalKind.LATER: ("Slack cannot do this at the moment", "Try again in a few minutes."),
    RefusalKind.UNSURE: (
        "Slack did not say whether it was done",
        "Look whether it is there before you repeat it.",
    ),
    RefusalKind.OURS: (
        "Slack refused this, and the mistake is in Flowbot",
        "Your Flowbot admin finds this code in the log.",
    ),
}
"""What Slack says no to, and what to do, where its word has no sentence of its own."""


def problem(error: BaseException, *, reference: str = "") -> Message:
    """Return the words for a failure; for one that is nobody's fault but ours, its reference."""
    if isinstance(error, VendorError):
        return _vendor_problem(error)
    if isinstance(error, SlackError):
        return _slack_problem(error)
    if isinstance(error, SlackUnreachableError):
        return says(_unreachable(error))
    if isinstance(error, BotError):
        return says(str(error))
    return bug(reference)


def patience(error: VendorError) -> Message:
    """Return that an answer comes by itself once the vendor takes questions again."""
    return says(
        f"{error.vendor.title}'s rate limit is used up. I'll post your answer "
        f"{_when(error.retry_after)}."
    )


def sentence(error: BaseException) -> str:
    """Return the words for a failure as plain text, to be put into other words.

    What a vendor says of it stands at the end, and is a sentence there.
    """
    said = words_of(problem(error).blocks).replace("\n", " ")
    ends = said.endswith((".", "!", "?", "…")) or not isinstance(error, VendorError)
    return said if ends else f"{said}."


def headline(error: BotError) -> str:
    """Return what failed in one sentence for all to read: none of a vendor's words, no advice."""
    if not isinstance(error, VendorError):
        return sentence(error)
    return f"{vendor_sentence(error).partition('. ')[0].rstrip('.')}."


def kept_sentence(error: str) -> str:
    """Return the words for what the outbox noted of an attempt to send; empty for nothing.

    A note begins with Slack's method where Slack refused or did not answer.
    """
    method, parted, said = error.rpartition(_CODE)
    if not error:
        return ""
    if not parted:
        return _UNCONFIRMED if " " in error else _OUR_FAULT
    if said == _NO_ANSWER:
        return sentence(SlackUnreachableError(method, sent=True))
    return sentence(SlackError(method, said))


def bug(reference: str, *, may_be_done: bool = False) -> Message:
    """Return that something unexpected happened, with a reference that leads to the log.

    `may_be_done` says that it happened while something was done, perhaps after it.
    """
    sentence = "Something went wrong in Flowbot. Give your Flowbot admin this reference: "
    look = (context(_MAY_BE_DONE),) if may_be_done else ()
    return message(f"{sentence}{reference}", paragraph(plain(sentence), code(reference)), *look)


def vendor_sentence(error: VendorError) -> str:
    """Return our own sentence for a vendor's failure, without the vendor's words."""
    vendor = error.vendor
    code = _vendor_code(error)
    thing, hint = vendor.missing(code)
    known = vendor.refused.get(code, "") if error.reason is not Reason.NOT_FOUND else ""
    sentences = _SENTENCES | _AT_HOME if vendor.at_home else _SENTENCES
    sentence = known or sentences[error.reason].format(
        name=vendor.title,
        variables=vendor.variables,
        thing=thing,
        not_found=hint,
        smaller=vendor.smaller,
        when=_when(error.retry_after),
    )
    doubt = _UNCERTAIN.format(name=vendor.title) if error.uncertain else ""
    return f"{sentence} {doubt}".strip()


def _vendor_problem(error: VendorError) -> Message:
    ours = says(vendor_sentence(error))
    detail = cut(clean(_own_words(error)), _DETAIL, empty="")
    if not detail:
        return ours
    label = _DETAIL_LABELS.get(error.reason, f"{error.vendor.title} says: ")
    theirs = message(f"{label}{detail}", paragraph(plain(label), plain(detail)))
    return Message(f"{ours.text} {theirs.text}", (*ours.blocks, *theirs.blocks))


def _vendor_code(error: VendorError) -> str:
    """Return the code that a client put before the vendor's words, or an empty text.

    Without any words of the vendor's, the code stands alone and ends in a colon.
    """
    code = error.detail.partition(_CODE)[0].removesuffix(":")
    return code if code in error.vendor.codes(error.reason) else ""


def _own_words(error: VendorError) -> str:
    """Return the vendor's words without the code that clients put before them."""
    code = _vendor_code(error)
    return error.detail.removeprefix(code).removeprefix(":").strip() if code else error.detail


def _slack_problem(error: SlackError) -> Message:
    known = _SLACK.get(error.code)
    if known:
        return says(known.format(when=_when(error.retry_after)))
    kind = kind_of(error.code)
    what, help_ = _REFUSED[kind] if kind else (_NOT_TAKEN, _ASK_OWNER)
    before, after = f"{what} (", f"). {help_}"
    return message(
        f"{before}{error.code}{after}", paragraph(plain(before), code(error.code), plain(after))
    )


def _unreachable(error: SlackUnreachableError) -> str:
    if error.sent:
        return "Slack did not confirm in time, so the message may have arrived all the same."
    return f"Slack could not be reached. {_AGAIN}"


def _when(seconds: float | None) -> str:
    if seconds is None or not 0 <= seconds <= _LONGEST_DAYS * _DAY:
        return "in a few minutes"
    if seconds > _DAY:
        return f"in {counted(-int(-seconds // _DAY), 'day')}"
    if seconds >= 2 * _HOUR:
        return f"in {counted(-int(-seconds // _HOUR), 'hour')}"
    if _MINUTE * 3 / 4 <= seconds <= _MINUTE:
        return "in about a minute"
    if seconds <= _MINUTE:
        return f"in {counted(max(1, round(seconds)), 'second')}"
    return f"in {counted(-int(-seconds // _MINUTE), 'minute')}"
