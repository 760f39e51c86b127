"""What people do with what they follow: begin, list, change and end it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.asking.composing import Composer, Composers
from bot.asking.core.finder import Choice, PickError
from bot.asking.question import QuestionKinds
from bot.clock import Clock
from bot.errors import UserError, VendorError
from bot.follow.core.command import NO_FIGURE
from bot.follow.core.moves import told_after
from bot.follow.core.planning import planned
from bot.follow.deeds import with_deeds
from bot.follow.intents import (
    ChangeFollow,
    ChangeMornings,
    FollowDigest,
    FollowQuestion,
    RestFromFigures,
    ShowFollowing,
    Unfollow,
    read_follow,
)
from bot.follow.model import FigureReading, Follow, FollowedQuestion, Follower, MorningDays
from bot.follow.news import news_of
from bot.follow.readings import FigureReadings
from bot.follow.rendering import replies
from bot.follow.rendering.following import FollowList, at_home, following, nothing_followed
from bot.follow.seeing import MAY_SEE, FindDigest, FollowerRights, Stance
from bot.follow.store import (
    FollowStore,
    add_follow,
    change_follow,
    drop_follow,
    forget_follower,
    put_follower,
)
from bot.jobs.outcome import Outcome, Write, reply
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.slack.blocks.problems import sentence
from bot.slack.messages import Answer, Block, Message
from bot.slack.people import Person
from bot.store.database import Database, Transaction

MOST: Final = 25
FULL: Final = f"You follow {MOST} things, which is the most. Unfollow one first."
NOT_HERE: Final = "There's no digest {number} that you can see."
NOT_FOLLOWED: Final = "You don't follow that."
LIST: Final = ("What I follow", ShowFollowing())


class FollowDesk:
    """Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        database: Database,
        follows: FollowStore,
        readings: FigureReadings,
        rights: FollowerRights,
        composers: Composers,
        kinds: QuestionKinds,
        find: FindDigest,
        clock: Clock,
        *,
        zone: str,
    ) -> None:
        """Count days of people's own questions in `zone` (IANA), so that all see the same."""
        self._database = database
        self._follows = follows
        self._readings = readings
        self._rights = rights
        self._composers = composers
        self._kinds = kinds
        self._find = find
        self._clock = clock
        self._zone = zone

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return with_deeds(self._tasks)

    @property
    def _tasks(self) -> tuple[Task[Any], ...]:
        return (
            Task(FollowQuestion, self.follow, lambda row: read_follow(row, self._kinds)),
            Task(FollowDigest, self.follow_digest),
            Task(ShowFollowing, self.show),
            Task(Unfollow, self.unfollow),
            Task(ChangeFollow, self.change),
            Task(ChangeMornings, self.change_mornings),
            Task(RestFromFigures, self.rest),
        )

    async def follow(self, job: Job[FollowQuestion]) -> Outcome:
        """Follow a question from now on."""
        wanted = job.details
        composer: Composer = self._composers[wanted.kind]
        settled = await composer.settled(wanted.question)
        kind = self._kinds[wanted.kind]
        names = {each.name for each in kind.measures(settled.question)}
        if not names or wanted.measure not in names | {""}:
            raise UserError(NO_FIGURE)
        asked = FollowedQuestion(kind, settled.question, self._zone)
        now = self._clock.now()
        new = Follow(0, job.asker.id, asked, now, measure=wanted.measure, at_once=wanted.at_once)
        return await self._begin(job, new)

    async def follow_digest(self, job: Job[FollowDigest]) -> Outcome:
        """Follow what a digest asks, for those who are in its channel."""
        number = job.details.number
        digest = await self._find(number)
        stance = await self._rights.stance(job.asker, digest) if digest else Stance.STOPPED
        if digest is None or stance not in MAY_SEE:
            raise _with_list(NOT_HERE.format(number=number))
        if not digest.kind.measures(digest.question):
            raise UserError(NO_FIGURE)
        asked = FollowedQuestion(digest.kind, digest.question, digest.zone)
        new = Follow(0, job.asker.id, asked, self._clock.now(), digest=number)
        return await self._begin(job, new)

    async def show(self, job: Job[ShowFollowing]) -> Outcome:
        """List what the asker follows."""
        listed = await self._listed(job.asker, page=job.details.page)
        return _private(job, following(listed) if listed else nothing_followed())

    async def at_home(self, job: Job[Any]) -> Sequence[Block]:
        """Return the section of the Home tab; nothing for those who follow nothing or may not."""
        if (await self._rights.refusal(job.asker)).words:
            return ()
        listed = await self._listed(job.asker)
        return at_home(listed) if listed else ()

    async def is_elsewhere(self, person: str, zone: str) -> bool:
        """Return whether somebody follows anything by the clocks of another zone."""
        known = await self._follows.follower(person) if zone else None
        return known is not None and known.zone != zone

    async def unfollow(self, job: Job[Unfollow]) -> Outcome:
        """End one, or all."""
        follows, person = await self._follows.of(job.request.user), job.request.user
        if job.details.everything:
            count = len(follows)
            said = replies.all_unfollowed(count)
            return _private(job, said, lambda tx: _discard(forget_follower(tx, person)))
        one = _chosen(follows, job.details)
        said = replies.unfollowed(one)
        return _private(job, said, lambda tx: self._drop(tx, one))

    async def change(self, job: Job[ChangeFollow]) -> Outcome:
        """Change which figure of one is followed, and whether it is told at once."""
        wanted = job.details
        follows = await self._follows.of(job.request.user)
        one = _chosen(follows, Unfollow(wanted.number))
        after = replace(one, measure=wanted.measure, at_once=wanted.at_once)
        follower = await self._follower(job.asker)
        if any(after.identity == each.identity for each in follows if each.id != one.id):
            return _private(job, replies.followed_before(after))

        def write(tx: Transaction) -> None:
            change_follow(tx, after)
            self._replan(tx, follower)

        return _private(job, replies.changed(after, follower), write)

    async def change_mornings(self, job: Job[ChangeMornings]) -> Outcome:
        """Change when the asker is told."""
        wanted, now = job.details, self._clock.now()
        before = await self._follower(job.asker)
        follows = await self._follows.of(job.request.user)
        if wanted.at_once is not None:
            follows = [replace(each, at_once=wanted.at_once) for each in follows]
        after = self._planned(_with_wishes(before, wanted), follows, now)

        def write(tx: Transaction) -> None:
            put_follower(tx, after, now=now)
            for each in follows:
                change_follow(tx, each)

        return _private(job, replies.mornings_changed(after, now, many=len(follows)), write)

    async def rest(self, job: Job[RestFromFigures]) -> Outcome:
        """Let the asker rest for some days, or go on."""
        now, days = self._clock.now(), job.details.days
        before = await self._follower(job.asker)
        until = now + timedelta(days=days) if days else None
        looked_at = before.look_at is not None
        after = planned(replace(before, rests_until=until), now, at_once=looked_at)
        said = replies.resting(after, now)
        return _private(job, said, lambda tx: put_follower(tx, after, now=now))

    async def _begin(self, job: Job[Any], new: Follow) -> Outcome:
        """Follow something, with its figures as they are now known."""
        now, remark = self._clock.now(), ""
        (await self._rights.refusal(job.asker)).enforce()
        follows = await self._follows.of(new.person)
        same = [each for each in follows if each.identity == new.identity]
        if same:
            return _private(job, replies.followed_before(same[0]))
        if len(follows) >= MOST:
            raise _with_list(FULL)
        try:
            reading = await self._readings.of(new.asked)
        except VendorError as error:
            remark = f"{sentence(error)} I'll read it when it's time."
        else:
            found = news_of([new], {new.asked.key: reading})
            told = told_after({}, found[0].moves) if found else {}
            new = replace(new, told=told, told_at=now)
        known = await self._follower(job.asker)
        follower = self._planned(known, [*follows, new], now)

        def write(tx: Transaction) -> None:
            if len(self._follows.of_now(tx, new.person)) < MOST:
                add_follow(tx, new)
                put_follower(tx, follower, now=now)

        numbered = replace(new, id=await self._number(new, write))
        return _private(job, replies.begun(numbered, follower, now, remark=remark))

    async def _number(self, new: Follow, write: Write) -> int:
        """Write a new one, and return its number, which its buttons name.

        Done again after a crash, it is followed already.
        """
        await self._database.transaction(write)
        follows = await self._follows.of(new.person)
        return next((each.id for each in follows if each.identity == new.identity), 0)

    async def _follower(self, person: Person) -> Follower:
        """Return when somebody is told, by the clocks where they are now."""
        now = self._clock.now()
        known = await self._follows.follower(person.id)
        if known and known.zone == person.zone:
            return known
        one = replace(known, zone=person.zone) if known else Follower(person.id, person.zone, now)
        return planned(one, now, at_once=one.look_at is not None)

    def _planned(self, one: Follower, follows: Sequence[Follow], now: datetime) -> Follower:
        return planned(one, now, at_once=any(each.tells_at_once for each in follows))

    def _replan(self, tx: Transaction, one: Follower) -> None:
        now = self._clock.now()
        follows = self._follows.of_now(tx, one.person)
        put_follower(tx, self._planned(one, follows, now), now=now)

    def _drop(self, tx: Transaction, one: Follow) -> None:
        """End one; of whoever follows nothing more nothing is kept."""
        drop_follow(tx, one.person, one.id)
        if not self._follows.of_now(tx, one.person):
            forget_follower(tx, one.person)

    async def _listed(self, person: Person, *, page: int = 0) -> FollowList | None:
        follows = await self._follows.of(person.id)
        follower = await self._follows.follower(person.id)
        if not follows or follower is None:
            return None
        return FollowList(
            follower=follower,
            follows=follows,
            readings=await self._last_read(person, follows),
            now=self._clock.now(),
            page=page,
        )

    async def _last_read(
        self, person: Person, follows: Sequence[Follow]
    ) -> dict[int, FigureReading]:
        """Return what was read last of each, by number, as far as somebody may see it now."""
        found: dict[int, FigureReading] = {}
        for one in follows:
            reading = await self._readings.last(one.asked)
            point = await self._rights.standpoint(person, one) if reading else None
            if reading and point and point.stance in MAY_SEE and not point.is_asked_anew:
                found[one.id] = reading
        return found


def _chosen(follows: Sequence[Follow], wanted: Unfollow) -> Follow:
    """Return the one that is meant. Raises UserError, and PickError where it may be several."""
    typed = wanted.typed.casefold()
    found = [
        each
        for each in follows
        if each.id == wanted.number or (typed and typed in each.title.casefold())
    ]
    if not found:
        raise _with_list(NOT_FOLLOWED)
    if len(found) > 1:
        choices = [Choice(f"{each.id}", each.title) for each in found]
        raise PickError(wanted.typed, choices, noun="thing", field="number")
    return found[0]


def _with_wishes(before: Follower, wanted: ChangeMornings) -> Follower:
    """Return when somebody is told by what they wish; what is not said stays as it is."""
    always = before.says_nothing if wanted.says_nothing is None else wanted.says_nothing
    return replace(
        before,
        at=wanted.at or before.at,
        days=MorningDays(wanted.days) if wanted.days else before.days,
        says_nothing=always,
    )


def _with_list(said: str) -> UserError:
    error = UserError(said)
    error.ways = (LIST,)
    return error


def _private(job: Job[Intent], said: Message, *writes: Write) -> Outcome:
    """Return a reply for the asker alone: what somebody follows is their own affair."""
    return Outcome((reply(job, Answer(said), private=not job.place.user),), writes)


def _discard(_: object) -> None:
    return None
