"""A made-up sixth vendor: two calls (a list, a CSV), a command, a form and a kind of question.

All of it is here and nothing of it in `bot`: what a feature needs besides its one value is missing.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from aiohttp import web
from pydantic import Field, SecretStr

from bot.asking.composing import ComposedAnswer, kept
from bot.asking.core.arguments import Ask, Help, OpenForm, Token, joined, tokens, without_privately
from bot.asking.core.finder import Choice, matching
from bot.asking.core.options import FORMAT_WORDS, Options, read_options
from bot.asking.form import Form, FormRequest, Shortcut, Submission
from bot.asking.occasion import Occasion
from bot.asking.question import Question, QuestionKind
from bot.asking.rendering.help import HelpPage
from bot.asking.rendering.pick_lists import choice_options
from bot.asking.store import ChoiceLists, put_choices
from bot.clock import Clock
from bot.config.values import ROOT, HostRoot, VendorSettings, environment
from bot.errors import Vendor, VendorError
from bot.feature import Command, Feature, Parts, Wiring
from bot.http.client import VendorClient
from bot.http.connection import Connection
from bot.http.credentials import SecretHeader
from bot.http.fields import objects
from bot.http.streaming import Download
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.outbox.files import Opener
from bot.slack.blocks.blocks import bullets, message, plain
from bot.slack.blocks.inputs import conversation_select, field, searched_select, text_of
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.spool import Body
from sandbox.vendors.base import Vendor as StandIn

PARCELS = ("Ladders for Leeds", "Helmets for Hull")
ACME = Vendor(name="acme", title="Acme", variables="ACME_API_KEY")
LIST = "parcels"
OPTIONS = Options(
    which="Which parcel?",
    works="After list comes csv for a file.",
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
        app.router.add_get("/v1/parcels.csv", self._csv)

    async def _list(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response([{"title": each} for each in PARCELS])

    async def _csv(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.Response(text="\n".join(("title", *PARCELS, "")), content_type="text/csv")

    def _check(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.api_key}":
            raise web.HTTPUnauthorized


class AcmeSettings(VendorSettings):
    """Parcels. Their contents are made up."""

    model_config = environment("ACME_")

    api_key: SecretStr | None = Field(None, description="the key of the Acme account")
    base_url: HostRoot = Field("https://api.acme.example", description=ROOT.format("https://x.y"))


class AcmeClient(VendorClient):
    """The two calls."""

    vendor = ACME

    def __init__(self, api_key: SecretStr, base_url: str, clock: Clock) -> None:
        super().__init__(clock=clock)
        secret = SecretHeader("Authorization", api_key, prefix="Bearer ")
        self._http = self._connect(base_url, secrets=[secret])

    async def parcels(self) -> tuple[str, ...]:
        answer = await self._http.call("GET", "v1/parcels", safe=True)
        return await answer.read(lambda body: tuple(each.text("title") for each in objects(body)))

    def csv(self) -> AbstractAsyncContextManager[Download]:
        return self._http.open_download("v1/parcels.csv")


@dataclass(frozen=True, slots=True)
class ParcelsQuestion(Question):
    """Every parcel, or one of a name."""

    job: ClassVar[str] = "parcels"
    name: str = ""
    export: str = ""


@dataclass(frozen=True, slots=True)
class RenewParcels(Intent):
    """The pick list to be brought up to date."""

    job: ClassVar[str] = "renew_parcels"


def parcels_question(given: Sequence[Token]) -> ParcelsQuestion:
    return ParcelsQuestion(
        **read_options(given[1:] if joined(given[:1]) == "list" else given, OPTIONS)
    )


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
        del occasion
        found = [each for each in await self._acme.client.parcels() if question.name in each]
        about = kept(question, replace(question, export=""))
        told = message(f"{len(found)} parcels", bullets(*[(plain(each),) for each in found]))
        if not question.export:
            return ComposedAnswer(Answer(told), about)
        offer = FileOffer("parcels.csv", "Parcels", FileSource(ACME.name, {}), "Parcels as a table")
        return ComposedAnswer(Answer(told, files=(offer,)), about)

    async def settled(self, question: ParcelsQuestion) -> ParcelsQuestion:
        return question

    def opener(self) -> Opener:
        @asynccontextmanager
        async def opened(_: dict[str, Any]) -> Any:
            async with self._acme.client.csv() as download:
                if download.length is not None:
                    yield Body(download.length, download.chunks)

        return opened

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
    lists={"acme_parcel": Parcels.options},
    renew=RenewParcels(),
    shortcut=Shortcut("Find a parcel", "Choose a parcel: any of them"),
)
HELP = HelpPage(
    "Parcels of Acme. Try /flow-parcels list",
    (("Look", (("/flow-parcels list", "all parcels"), ("/flow-parcels list csv", "as a file"))),),
)
COMMAND = Command(
    "/flow-parcels", "Parcels: what is on its way", "list | help", parse, HELP, HELP.groups[0][1][0]
)
KIND = QuestionKind(
    question=ParcelsQuestion,
    command=COMMAND.name,
    read=parcels_question,
    words=lambda question: f"list {question.export}".strip(),
    options=OPTIONS,
    formats=("csv",),
)


async def build(parts: Parts, settings: AcmeSettings) -> Wiring:
    client = None
    if settings.api_key:
        client = AcmeClient(settings.api_key, settings.base_url, parts.clock)
    acme = await Connection.opened(ACME, client, parts.stack)
    parcels = Parcels(acme, parts.lists, parts.clock)
    return Wiring(
        composers={ParcelsQuestion: parcels},
        tasks=(Task(RenewParcels, parcels.renew),),
        services=(parcels,),
        openers={ACME.name: parcels.opener()},
    )


FEATURE = Feature(
    name="parcels",
    vendor=ACME,
    settings=AcmeSettings,
    command=COMMAND,
    kinds=(KIND,),
    forms=(FORM,),
    build=build,
)
