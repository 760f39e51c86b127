"""`flowbot digests`: the standing orders of channels as text, for git and CI."""

import sys
from argparse import Namespace
from pathlib import Path

from bot.assembly.bot import Bot
from bot.assembly.process import assemble
from bot.assembly.starting import StartError
from bot.clock import Clock
from bot.config import Settings
from bot.digests.as_code import replies
from bot.digests.as_code.channel import ChannelCode, TextComparison
from bot.digests.as_code.document import ChannelText, CodeError
from bot.digests.as_code.sections import CodedPlace
from bot.errors import UserError
from bot.jobs.access import may_tell
from bot.slack.people import Membership
from bot.store.database import Transaction

DRY_RUN = "Nothing was changed: this was a dry run."
NO_OWNER = "Say whose new digests are, by Slack id: --owner U0123ABC"


async def export(settings: Settings, options: Namespace) -> int:
    """Print what channels have, or all of them."""
    async with assemble(_with_slack(settings), clock=Clock()) as bot:
        code = bot.services.of(ChannelCode)
        channels = options.channels or await code.channels()
        texts = [await code.text(each, await _name(bot, each)) for each in channels]
        print("---\n".join(texts), end="")
    return 0


async def apply(settings: Settings, options: Namespace) -> int:
    """Make channels as a file says, all of them or none; print what changes."""
    text = _read(options.file)
    async with assemble(_with_slack(settings), clock=Clock()) as bot:
        code = bot.services.of(ChannelCode)
        found = code.read(text)
        wanted = [(each.channel, await _compared(bot, each, options.owner)) for each in found]

        def write(tx: Transaction) -> None:
            for channel, one in wanted:
                code.carry_out(tx, channel, one, seen=one.seen, others=options.stop_others)

        if not options.dry_run:
            await bot.parts.database.transaction(write)
        for channel, one in wanted:
            print(f"{channel}: {replies.told(one.found)}")
            _print(one, others=options.stop_others)
    if options.dry_run:
        print(DRY_RUN)
    return 0


def _read(file: str) -> str:
    return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")


def _print(one: TextComparison, *, others: bool) -> None:
    for line in replies.lines(one.found):
        kept = line.startswith("-") and not others
        print(f"  {line}{' (kept: --stop-others stops it)' if kept else ''}")


async def _compared(bot: Bot, one: ChannelText, owner: str) -> TextComparison:
    """Return what a document changes. Raises CodeError where its channel may not be told."""
    if not one.channel:
        raise CodeError(one.spot, "Say of which channel this is, by its Slack id: channel: C0123")
    place = await bot.parts.directory.place(one.channel)
    decision = may_tell(place)
    if decision.words:
        raise CodeError(one.spot, f"{one.channel}: {decision.words}")
    person = await bot.parts.directory.person(owner) if owner else None
    if person and (person.membership is not Membership.OURS or not person.is_active):
        raise UserError(f"{owner} is no member of this workspace. {NO_OWNER}")
    zone = person.zone if person else bot.parts.general.timezone
    compared = await bot.services.of(ChannelCode).compared(
        one, CodedPlace(one.channel, owner, zone)
    )
    if compared.found.added and not owner:
        raise UserError(NO_OWNER)
    return compared


async def _name(bot: Bot, channel: str) -> str:
    return (await bot.parts.directory.place(channel)).name


def _with_slack(settings: Settings) -> Settings:
    if settings.slack.bot_token is None:
        raise StartError("Set SLACK_BOT_TOKEN: whose channels these are is for Slack to say.")
    return settings
