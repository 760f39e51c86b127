"""All kinds of work, put together."""

from collections.abc import Sequence
from functools import partial
from itertools import chain

from bot.asking.composing import Composers, answered
from bot.asking.moving import ChannelMover
from bot.asking.question import QuestionKinds
from bot.digests.deeds import with_deeds
from bot.digests.record.store import DigestRecord
from bot.feature import Parts, Wiring
from bot.jobs.tasks import Task, Tasks, Workplace
from bot.jobs.trail.store import AuditTrail
from bot.policy.store import AgreementStore
from bot.surface import SurfaceWiring


def tasks_of(
    parts: Parts,
    kinds: QuestionKinds,
    composers: Composers,
    added: Sequence[Wiring | SurfaceWiring],
    own: tuple[Workplace, ...],
) -> Tasks:
    """Return all kinds of work: the questions, what is done for all, and what rooms `added`."""
    clock = parts.clock
    questions = [
        Task(
            kind.question,
            partial(answered, composer=composers[kind.name], clock=clock),
        )
        for kind in kinds
    ]
    return Tasks(
        (
            *with_deeds(tuple(chain.from_iterable(each.tasks() for each in own))),
            *_mover(parts, added).tasks(),
            *questions,
            *(task for each in added for task in each.tasks),
        )
    )


def _mover(parts: Parts, added: Sequence[Wiring | SurfaceWiring]) -> ChannelMover:
    more = chain.from_iterable(each.placed for each in added)
    record = DigestRecord(parts.database)
    own = parts.jobs, parts.outbox, parts.policies, parts.digests, record, parts.snapshots
    trail = AuditTrail(parts.database), AgreementStore(parts.database)
    return ChannelMover((*own, *trail, parts.troubles.store, *more))
