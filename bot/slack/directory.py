"""The one way to ask Slack who somebody is and who reads a conversation.

What Slack said is remembered for some minutes and kept up to date by its events. Many who ask the
same at once share one call, no method is called more often than Slack allows, and where it asks for
a rest nobody asks. So nothing here waits for long or fails: who cannot be told of is UNKNOWN.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from bot.clock import Clock
from bot.errors import SlackError
from bot.memory import Memory
from bot.slack.client import Slack
from bot.slack.pace import (
    A_MINUTE,
    NO_SUCH_PERSON,
    BusyError,
    PacedMethod,
    is_ahead,
)
from bot.slack.people import Home, Membership, Person, Place, Reach, read_person, read_place
from bot.slack.store import ChangeNotes

T = TypeVar("T")
K = TypeVar("K", Person, Place)

PEOPLE_AGE = timedelta(minutes=10)
PLACES_AGE = timedelta(minutes=3)
"""Short, as an event may be lost, and another process may have heard it."""
UNSEEN_AGE = timedelta(seconds=10)
"""Of what Slack does not tell, and of a place that the bot is not in: somebody may follow our
advice and invite it."""
MOST = 5_000
PERSON, PLACE = "person", "place"
"""What a subject begins with, of a question under way and of a note for other processes."""
MANY = 10
"""So many places asked for one by one in a minute; then all of them are listed at once."""
PAGE = 999
MOST_PAGES = 10
PAGE_OF_PEOPLE = 200
MOST_ADMINS = 3
"""So many are told what nobody else can be told."""
ADMINS_AGE = timedelta(hours=12)


class Directory:
    """People and places. Nothing here raises: what is not known is UNKNOWN."""

    def __init__(
        self, slack: Slack, notes: ChangeNotes, clock: Clock, *, default_zone: str
    ) -> None:
        """Use `default_zone` (IANA) for those whose zone Slack does not tell.

        Until `home` is set, nobody is ours. `notes` are those of other processes, which may hear
        what this one does not.
        """
        self.home = Home("")
        self.notes = notes
        self.default_zone = default_zone
        self._clock = clock
        methods = {name: PacedMethod(name, slack, clock) for name in A_MINUTE}
        self._user_info, self._place_info = methods["users.info"], methods["conversations.info"]
        self._place_list = methods["users.conversations"]
        self._member_list = methods["conversations.members"]
        self._people_list = methods["users.list"]
        self._people = Memory[str, Person](MOST, age=PEOPLE_AGE, now=clock.now)
        self._places = Memory[str, Place](MOST, age=PLACES_AGE, now=clock.now)
        self._unseen = Memory[str, Place](MOST, age=UNSEEN_AGE, now=clock.now)
        self._untold = Memory[str, Person](MOST, age=UNSEEN_AGE, now=clock.now)
        self._members = Memory[tuple[str, str], bool](MOST, age=PLACES_AGE, now=clock.now)
        self._admins = Memory[str, tuple[str, ...]](1, age=ADMINS_AGE, now=clock.now)
        self._heard = Memory[str, Person](MOST)
        self._listed = Memory[str, bool](1, age=PLACES_AGE, now=clock.now)
        self._asking: dict[str, asyncio.Task[Any]] = {}

    async def close(self) -> None:
        """Give up what is still being asked."""
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def person(self, user: str, *, name: str = "") -> Person:
        """Return a person; `name` is used when Slack tells none."""
        await self._catch_up()
        found = self._still_known(self._people.get(user) or self._untold.get(user))
        if found is None:
            found = await self._once(f"{PERSON} {user}", lambda: self._ask_person(user))
        return found if found.name else replace(found, name=name or user)

    async def place(self, channel: str) -> Place:
        """Return a conversation. A person's id, or none at all, stands for a direct message."""
        if not channel or channel[0] in "UW":
            return await self._between(Place(channel, Reach.INTERNAL, is_member=True, user=channel))
        await self._catch_up()
        found = self._still_known(self._places.get(channel) or self._unseen.get(channel))
        if found is None:
            found = await self._once(f"{PLACE} {channel}", lambda: self._ask_place(channel))
        return await self._between(found)

    async def place_anew(self, channel: str) -> Place:
        """Return a conversation as it is at this moment, whatever is remembered of it."""
        self.place_changed(channel)
        return await self.place(channel)

    async def has_member(self, channel: str, user: str) -> bool | None:
        """Return whether somebody is in a conversation; None where Slack does not say."""
        if self._members.get((channel, user)):
            return True
        key = f"member {channel} {user}"
        return await self._once(key, lambda: self._ask_member(channel, user))

    async def admins(self) -> tuple[str, ...]:
        """Return the ids of a few admins of the workspace; none where Slack does not say now."""
        known = self._admins.get("")
        if known is not None:
            return known
        return await self._once("admins", self._list_admins)

    def person_told(self, user: Mapping[str, Any]) -> Person:
        """Take over whom Slack told of in the answer to another question; return them."""
        told = read_person(user, self.home, default_zone=self.default_zone)
        return self._people.put(told.id, told)

    def person_changed(self, user: Mapping[str, Any]) -> tuple[str, ...]:
        """Take over what an event says of somebody who is remembered.

        Returns what is to be noted for others: nothing where the last event of them said the same,
        as it did if they changed a status or a picture.
        """
        changed = read_person(user, self.home, default_zone=self.default_zone)
        self._asking.pop(f"{PERSON} {changed.id}", None)
        if self._people.get(changed.id):
            self._people.put(changed.id, changed)
        if self._heard.get(changed.id) == changed:
            return ()
        self._heard.put(changed.id, changed)
        return (f"{PERSON} {changed.id}",)

    def place_shared(self, channel: str, team: str) -> tuple[str, ...]:
        """Take over from an event that another organisation reads along from now on.

        Returns what is to be noted for others.
        """
        known = self._places.get(channel) or Place(channel, is_member=True)
        self._asking.pop(f"{PLACE} {channel}", None)
        others = tuple(sorted({*known.others, team}))
        shared = replace(known, reach=Reach.SHARED, others=others, again_at=None, refusal="")
        self._places.put(channel, shared)
        return (f"{PLACE} {channel}",)

    def place_changed(self, channel: str) -> tuple[str, ...]:
        """Forget what is known of a conversation: something in it is different now.

        Returns what is to be noted for others.
        """
        self._asking.pop(f"{PLACE} {channel}", None)
        self._places.forget(channel)
        self._unseen.forget(channel)
        return (f"{PLACE} {channel}",)

    async def _catch_up(self) -> None:
        """Forget those of whom another process noted that they are different now."""
        for subject in await self.notes.unread():
            kind, _, one = subject.partition(" ")
            if kind == PLACE:
                self.place_changed(one)
            else:
                self._asking.pop(subject, None)
                self._people.forget(one)
                self._untold.forget(one)

    def _still_known(self, found: K | None) -> K | None:
        """Return what is remembered, unless it says that it's time to ask again."""
        if found is None or found.again_at is None:
            return found
        return found if is_ahead(found.again_at, self._clock.now()) else None

    async def _once(self, key: str, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return what is asked under a key, asked once for all who want it at the same time.

        Who is cancelled leaves the others waiting, and the answer is remembered all the same.
        """
        task: asyncio.Task[T] | None = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(ask())
            task.add_done_callback(lambda done: self._asked(key, done))
        return await asyncio.shield(task)

    def _asked(self, key: str, task: asyncio.Task[Any]) -> None:
        if self._asking.get(key) is task:
            del self._asking[key]

    def _is_current(self, key: str) -> bool:
        """Return whether no event came while this was being asked."""
        return self._asking.get(key) is asyncio.current_task()

    async def _ask_person(self, user: str) -> Person:
        try:
            answer = await self._user_info.call(user=user)
        except BusyError as busy:
            found = Person(user, "", self.default_zone, again_at=busy.again_at)
        except SlackError as error:
            known = Membership.EXTERNAL if error.code in NO_SUCH_PERSON else Membership.UNKNOWN
            found = Person(user, "", self.default_zone, membership=known, refusal=error.code)
        else:
            said = _mapping(answer.get("user"))
            found = read_person(said, self.home, default_zone=self.default_zone)
            found = replace(found, id=user)
        if self._is_current(f"{PERSON} {user}"):
            (self._untold if found.refusal else self._people).put(user, found)
        return self._people.get(user) or found

    async def _ask_place(self, channel: str) -> Place:
        if self._place_info.recent() >= MANY and not self._listed.get(""):
            await self._once("places", self._list_places)
            if found := self._still_known(self._places.get(channel)):
                return found
        try:
            answer = await self._place_info.call(channel=channel)
        except BusyError as busy:
            found = Place(channel, again_at=busy.again_at, trouble=busy.trouble)
        except SlackError as error:
            found = Place(channel, refusal=error.code)
        else:
            said = read_place(_mapping(answer.get("channel")), self.home)
            found = replace(said, channel=channel)
        if self._is_current(f"{PLACE} {channel}"):
            seen = found.is_member or found.again_at
            (self._places if seen else self._unseen).put(channel, found)
        return self._places.get(channel) or found

    async def _list_admins(self) -> tuple[str, ...]:
        """Read people until some admins are found; that is soon, as there are always some."""
        found: list[str] = []
        cursor = ""
        with suppress(BusyError, SlackError):
            for _ in range(MOST_PAGES):
                answer = await self._people_list.call(limit=PAGE_OF_PEOPLE, cursor=cursor)
                for each in answer.get("members") or ():
                    one = read_person(_mapping(each), self.home, default_zone=self.default_zone)
                    found += [one.id] if one.is_admin and one.is_active and not one.is_bot else []
                cursor = _mapping(answer.get("response_metadata")).get("next_cursor") or ""
                if not cursor or len(found) >= MOST_ADMINS:
                    return self._admins.put("", tuple(found[:MOST_ADMINS]))
        return tuple(found[:MOST_ADMINS])

    async def _list_places(self) -> None:
        """Remember every channel that the bot is in, with few calls however many there are.

        It was begun a moment ago, so what an event says in the meantime may be older or newer than
        the list: only what is not remembered is taken from it.
        """
        self._listed.put("", value=True)
        cursor = ""
        with suppress(BusyError, SlackError):
            for _ in range(MOST_PAGES):
                answer = await self._place_list.call(
                    types="public_channel,private_channel", limit=PAGE, cursor=cursor
                )
                for each in answer.get("channels") or ():
                    self._learn(read_place(_mapping(each), self.home))
                cursor = _mapping(answer.get("response_metadata")).get("next_cursor") or ""
                if not cursor:
                    return

    def _learn(self, found: Place) -> None:
        is_new = self._still_known(self._places.get(found.channel)) is None
        if found.channel and found.reach is not Reach.UNKNOWN and is_new:
            self._places.put(found.channel, replace(found, is_member=True))

    async def _between(self, place: Place) -> Place:
        """Return a direct message with its reach: that of who is on the other side."""
        if not place.user or place.reach is not Reach.INTERNAL:
            return place
        person = await self.person(place.user)
        if person.membership is Membership.EXTERNAL:
            return replace(place, reach=Reach.SHARED)
        if person.membership is Membership.UNKNOWN:
            return replace(place, reach=Reach.UNKNOWN, again_at=person.again_at)
        return place

    async def _ask_member(self, channel: str, user: str) -> bool | None:
        cursor = ""
        try:
            for _ in range(MOST_PAGES):
                answer = await self._member_list.call(channel=channel, limit=PAGE, cursor=cursor)
                if user in (answer.get("members") or ()):
                    return self._members.put((channel, user), value=True)
                cursor = _mapping(answer.get("response_metadata")).get("next_cursor") or ""
                if not cursor:
                    return False
        except BusyError:
            return None
        except SlackError:
            return False
        return None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
