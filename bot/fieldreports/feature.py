"""SaferMe, put together: analytics of field reports, their files, and its session."""

from bot.asking.core.declared.room_tools import RoomTool
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import SpokenCommand
from bot.asking.question import QuestionKind
from bot.feature import Command, Feature, Parts, Wiring
from bot.fieldreports import forms
from bot.fieldreports.answers import Analytics
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.client.client import open_saferme, try_saferme
from bot.fieldreports.core.command import (
    DEFAULT_PERIOD,
    OPTIONS,
    analytics_question,
    analytics_words,
    parse_analytics,
)
from bot.fieldreports.core.measures import analytics_measures
from bot.fieldreports.files import AnalyticsFiles
from bot.fieldreports.help import HELP
from bot.fieldreports.intents import FillAnalyticsForm, RenewReportChannels
from bot.fieldreports.linked import CHANNEL, ChannelLinks
from bot.fieldreports.lists import TABLES
from bot.fieldreports.model import SAFERME
from bot.fieldreports.question import AnalyticsQuestion
from bot.fieldreports.rendering.picker import PICKER
from bot.fieldreports.rendering.titles import analytics_title
from bot.fieldreports.scopes import ReportScopes
from bot.fieldreports.sessions import Sessions, with_kept
from bot.fieldreports.settings import SaferMeSettings
from bot.jobs.tasks import Task

COMMAND = Command(
    name="/flow-analytics",
    description="Figures of field reports, as charts, tables, pictures and files",
    usage_hint="channels | <channel> summary | <channel> over-time last-30d | <channel> by-field "
    "<field> | help",
    parse=parse_analytics,
    help=HELP,
    spoken=SpokenCommand(
        nouns=word_set("analytics figures"),
        words=word_set("heatmap channels by-field by-state by-user over-time awareness"),
        about="{} summary",
    ),
)
ANALYTICS = QuestionKind(
    question=AnalyticsQuestion,
    command=COMMAND.name,
    read=analytics_question,
    words=analytics_words,
    titled=analytics_title,
    options=OPTIONS,
    unnamed=AnalyticsQuestion("", period=DEFAULT_PERIOD),
    measures=analytics_measures,
    picker=PICKER,
)


async def build(parts: Parts, settings: SaferMeSettings) -> Wiring:
    """Return what SaferMe adds; the client begins with the tokens that were kept."""
    clock, tables = parts.clock, parts.tables
    sessions = Sessions(parts.leases, parts.credentials, settings, clock)
    saferme = await open_saferme(
        settings, clock, parts.stack, tokens=await sessions.tokens(), keeping=sessions.keeping
    )
    channels = ReportChannels(saferme, parts.database, clock)
    scopes = ReportScopes(channels, team_id=settings.team_id)
    files = AnalyticsFiles(channels, scopes, tables, clock, words=ANALYTICS.command_words)
    analytics = Analytics(channels, scopes, files, clock)
    analytics_forms = forms.AnalyticsForms(parts.slack, channels)
    links = ChannelLinks(channels, scopes, clock, zone=parts.directory.default_zone)
    lists = TABLES.opener(analytics.lists.content, tables, clock, ANALYTICS.command_words)
    return Wiring(
        connection=saferme,
        names=channels.names,
        composers={AnalyticsQuestion: analytics},
        tasks=(
            Task(FillAnalyticsForm, analytics_forms.fill),
            Task(RenewReportChannels, channels.renew),
        ),
        services=(analytics_forms,),
        openers={SAFERME.name: files.open_file, TABLES.name: lists},
        linked={CHANNEL.kind: links.card},
    )


def tools() -> tuple[RoomTool, ...]:
    """Return what assistants may ask, read only where they do."""
    from bot.fieldreports.tools import TOOLS  # noqa: PLC0415  # else nobody needs their words

    return TOOLS


FEATURE = Feature(
    name="fieldreports",
    vendor=SAFERME,
    settings=SaferMeSettings,
    command=COMMAND,
    kinds=(ANALYTICS,),
    forms=(forms.FORM,),
    build=build,
    tools=tools,
    connect=try_saferme,
    with_kept=with_kept,
    linked=(CHANNEL,),
)
