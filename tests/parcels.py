"""A made-up further vendor: a call, a command, a form, a kind of question and its file.

All of it is here and nothing of it in `bot`: what a feature needs besides its one value is missing.
"""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Unpack

from aiohttp import web
from pydantic import Field, SecretStr

from bot.asking.composing import ComposedAnswer, SettledQuestion, kept
from bot.asking.core.arguments import Ask, Help, OpenForm, Token, joined, tokens, without_privately
from bot.asking.core.declared.room_tools import RoomTool, ToolArgument, file, text
from bot.asking.core.declared.room_tools import as_typed as reread
from bot.asking.core.finder import Choice, matching
from bot.asking.core.options import FORMAT_WORDS, Options, as_typed, name_and_options, read_options
from bot.asking.form import Form, FormRequest, Shortcut, Submission
from bot.asking.occasion import Occasion
from bot.asking.question import Question, QuestionKind
from bot.asking.rendering.help import Example, HelpGroup, HelpPage
from bot.asking.rendering.occasions import small_print
from bot.asking.rendering.pick_lists import choice_options
from bot.asking.store import ChoiceLists, put_choices
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.clock import Clock
from bot.config.values import ROOT, HostRoot, VendorSettings, environment
from bot.errors import Vendor, VendorError
from bot.feature import Command, Feature, Parts, Wiring
from bot.http.client import ClientOptions, VendorClient
from bot.http.connection import Connection
from bot.http.credentials import SecretHeader
from bot.http.fields import objects
from bot.http.service_check import ServiceCheck
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.slack.blocks.blocks import bullets, message, paragraph, plain
from bot.slack.blocks.inputs import conversation_select, field, searched_select, text_of
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.messages import Answer
from bot.tables.columns import Sheet, text_columns
from sandbox.vendors.base import Vendor as StandIn

PARCELS = ("Ladders for Leeds", "Helmets for Hull", "=2+3 boxes for Bath")
ACME = Vendor(name="acme", title="Acme", variables="ACME_API_KEY")
LIST = "parcels"
NOTHING = "Acme has no parcel of that name. /flow-parcels list shows all."
OPTIONS = Options(
    which="Which parcel?",
    works="After list or a name comes csv for a file.",
    alone=FORMAT_WORDS,
    valued={},
    with_period=False,
)


class AcmeStandIn(StandIn):
    """The local Acme."""

    name = "acme"
    api_key = "acme-key"

    @property
    def environment(self) -> Mapping[str, str]:
        return {"ACME_API_KEY": self.api_key, "ACME_BASE_URL": self.url}

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/v1/parcels", self._list)

    async def _list(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.api_key}":
            raise web.HTTPUnauthorized
        return web.json_response([{"title": each} for each in PARCELS])


class AcmeSettings(VendorSettings):
    """Parcels. Their contents are made up."""

    model_config = environment("ACME_")

    api_key: SecretStr | None = Field(None, description="the key of the Acme account")
    base_url: HostRoot = Field("https://api.acme.example", description=ROOT.format("https://x.y"))


class AcmeClient(VendorClient):
    """The one call."""

    vendor = ACME

    def __init__(
        self, api_key: SecretStr, *, base_url: str, **options: Unpack[ClientOptions]
    ) -> None:
        super().__init__(**options)
        secret = SecretHeader("Authorization", api_key, prefix="Bearer ")
        self._http = self._connect(base_url, secrets=[secret])

    async def check(self) -> ServiceCheck:
        await self._list(patient=False)
        return ServiceCheck()

    async def parcels(self) -> tuple[str, ...]:
        return await self._list(patient=True)

    async def _list(self, *, patient: bool) -> tuple[str, ...]:
        answer = await self._http.call("GET", "v1/parcels", safe=True, patient=patient)
        return await answer.read(lambda body: tuple(each.text("title") for each in objects(body)))


@dataclass(frozen=True, slots=True)
class ParcelsQuestion(Question):
    """Every parcel, or one of a name."""

    job: ClassVar[str] = "parcels"
    formats: ClassVar[tuple[str, ...]] = ("csv",)
    name: str = ""
    export: str = ""


TABLES = TableSource(ACME.name, ACME.title, ParcelsQuestion)


@dataclass(frozen=True, slots=True)
class RenewParcels(Intent):
    """The pick list to be brought up to date."""

    job: ClassVar[str] = "renew_parcels"
    needs: ClassVar[Right] = Right.ASK


def parcels_question(given: Sequence[Token]) -> ParcelsQuestion:
    if joined(given[:1]) == "list":
        return ParcelsQuestion(**read_options(given[1:], OPTIONS))
    name, rest = name_and_options(given, OPTIONS)
    return ParcelsQuestion(name, **read_options(rest, OPTIONS))


def parcels_words(question: ParcelsQuestion) -> str:
    """Return the question as it can be typed again."""
    name = as_typed(question.name, OPTIONS, taken=("list",)) if question.name else "list"
    return f"{name} {question.export}".strip()


def parse(text: str) -> Help | OpenForm | Ask[ParcelsQuestion]:
    given, privately = without_privately(tokens(text))
    if not given or given[0].word == "help":
        return Help()
    if given[0].word == "form":
        return OpenForm(joined(given[1:]))
    return Ask(parcels_question(given), privately)


class Parcels:
    """Composes answers, opens their files, and keeps the pick list."""

    def __init__(self, acme: Connection[AcmeClient], lists: ChoiceLists, clock: Clock) -> None:
        self._acme, self._lists, self._clock = acme, lists, clock

    async def compose(self, question: ParcelsQuestion, occasion: Occasion) -> ComposedAnswer:
        found = await self._found(question)
        about = kept(question, replace(question, export=""))
        if question.export:
            file = TableFile(question, "Parcels", occasion.zone)
            return ComposedAnswer(TABLES.answer(file, len(found), occasion), about)
        told = bullets(*[(plain(each),) for each in found]) if found else paragraph(plain(NOTHING))
        closing = small_print(occasion, "Source: Acme")
        return ComposedAnswer(Answer(message(f"{len(found)} parcels", told, closing)), about)

    async def content(self, file: TableFile[ParcelsQuestion]) -> TableContent:
        """Return what a file holds, asked for anew when it is sent."""
        rows = [(each,) for each in await self._found(file.question)]
        return TableContent([Sheet("Parcels", text_columns(("Title",)), rows)])

    async def _found(self, question: ParcelsQuestion) -> list[str]:
        return [each for each in await self._acme.client.parcels() if question.name in each]

    async def settled(self, question: ParcelsQuestion) -> SettledQuestion:
        return SettledQuestion(question)

    async def renew(self, _: Job[RenewParcels]) -> Outcome:
        now = self._clock.now()
        try:
            found = [Choice(each, each) for each in await self._acme.client.parcels()]
        except VendorError:
            return Outcome()
        return Outcome(writes=(lambda tx: put_choices(tx, LIST, found, now=now),))

    async def view(self, typed: str) -> View:
        pick = searched_select("acme_parcel", placeholder="Choose a parcel")
        where = conversation_select("conversation")
        inputs = (field("Parcel", pick), field("Where", where))
        return modal("find_parcel", "Find a parcel", inputs, submit="Find", metadata=typed)

    async def options(self, query: str) -> list[dict[str, Any]]:
        known = await self._lists.get(LIST)
        return choice_options(matching(query, known) if query else known, "")

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        name = text_of(submission.values, "acme_parcel")
        if name not in PARCELS:
            return {"acme_parcel": "Choose one."}
        channel = text_of(submission.values, "conversation")
        return FormRequest(ParcelsQuestion(name), channel)


FORM = Form(
    callback="find_parcel",
    title="Find a parcel",
    service=Parcels,
    view=Parcels.view,
    submit=Parcels.submit,
    needs=Right.ASK,
    lists={"acme_parcel": Parcels.options},
    renew=RenewParcels(),
    shortcut=Shortcut("Find a parcel", "Choose a parcel: any of them"),
)
HELP = HelpPage(
    "Parcels of Acme",
    (
        HelpGroup(
            "Look",
            (
                Example("/flow-parcels list", "all parcels", "Parcels"),
                Example("/flow-parcels list csv", "as a file", "CSV"),
            ),
        ),
    ),
)
COMMAND = Command("/flow-parcels", "Parcels: what is on its way", "list | help", parse, HELP)
KIND = QuestionKind(
    question=ParcelsQuestion,
    command=COMMAND.name,
    read=parcels_question,
    words=parcels_words,
    options=OPTIONS,
)


async def connect(
    settings: AcmeSettings, clock: Clock, stack: AsyncExitStack
) -> Connection[AcmeClient]:
    client = None
    if settings.api_key:
        client = AcmeClient(settings.api_key, base_url=settings.base_url, clock=clock)
    return await Connection.opened(ACME, client, stack)


async def build(parts: Parts, settings: AcmeSettings) -> Wiring:
    acme = await connect(settings, parts.clock, parts.stack)
    parcels = Parcels(acme, parts.lists, parts.clock)
    tables = TABLES.opener(parcels.content, parts.tables, parts.clock, KIND.command_words)
    return Wiring(
        connection=acme,
        composers={ParcelsQuestion: parcels},
        tasks=(Task(RenewParcels, parcels.renew),),
        services=(parcels,),
        openers={TABLES.name: tables},
    )


TOOLS = (
    RoomTool(
        name="list_parcels",
        title="List parcels",
        description="Lists the parcels of Acme that are on their way, or those of one name.",
        intent=ParcelsQuestion,
        arguments=(
            ToolArgument("name", text("A part of the name.", examples=("Leeds",))),
            file(("csv",)),
        ),
        checked=reread(parcels_words, parcels_question),
    ),
)
FEATURE = Feature(
    name="parcels",
    vendor=ACME,
    settings=AcmeSettings,
    command=COMMAND,
    kinds=(KIND,),
    forms=(FORM,),
    build=build,
    tools=lambda: TOOLS,
    connect=connect,
)
