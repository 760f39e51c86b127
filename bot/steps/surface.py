"""Steps of Slack's workflows, put together."""

from typing import Final

from bot.asking.store import SnapshotStore
from bot.slack.permalinks import Permalinks
from bot.steps.beginning import Beginnings
from bot.steps.catalog import catalog_of
from bot.steps.confirming import Confirmations
from bot.steps.manifest import functions_of, with_steps
from bot.steps.options import StepOptions
from bot.steps.outcomes import StepOutcomes
from bot.steps.store import StepStore
from bot.steps.telling import Functions, ListAnswers
from bot.steps.work import StepWork
from bot.surface import Surface, SurfaceParts, SurfaceWiring


async def build(shared: SurfaceParts) -> SurfaceWiring:
    """Return what steps add."""
    parts, kinds, clock = shared.parts, shared.kinds, shared.parts.clock
    known, queue = catalog_of(shared.features), shared.parts.jobs.queue
    store = StepStore(parts.database)
    options = StepOptions(known, shared.switches, shared.admission)
    functions = Functions(parts.slack)
    outcomes = StepOutcomes(known, kinds, clock, queue=queue)
    beginnings = Beginnings(known, kinds, options, parts.directory, clock, queue=queue)
    confirmations = Confirmations(store, beginnings, outcomes, clock, queue=queue)
    work = StepWork(
        known,
        kinds,
        shared.switches.composers,
        shared.switches,
        store,
        SnapshotStore(parts.database),
        functions,
        Permalinks(parts.slack),
        beginnings,
        outcomes,
        clock,
    )
    return SurfaceWiring(
        tasks=(*work.tasks(), *confirmations.tasks()),
        services=(ListAnswers(options, functions),),
        settled=(outcomes.settled,),
        became=(outcomes.became,),
        ended=(outcomes.ended,),
        rows=(store,),
        timed=(store,),
        placed=(store,),
    )


SURFACE: Final = Surface(
    name="steps", build=build, manifest=with_steps, functions=functions_of, listens=True
)
