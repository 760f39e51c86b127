"""What each service says of its key, by one harmless call."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bot.doctor.examining import Check
from bot.doctor.findings import Finding, failed, passed, skipped, warned
from bot.errors import Reason, Vendor, VendorError
from bot.http.service_check import ServiceCheck
from bot.slack.blocks.problems import sentence
from bot.slack.blocks.wording import time_words

SERVICES: Final = "services"


@dataclass(frozen=True, slots=True)
class Service:
    """A service that can be asked.

    `addresses` are the variables that say where it is. `mend` is what to do where its key is
    refused; empty where that is in the environment.
    """

    vendor: Vendor
    tried: Callable[[], Awaitable[ServiceCheck]]
    addresses: tuple[str, ...] = ()
    mend: str = ""

    @property
    def name(self) -> str:
        """The name of what is found of it."""
        return f"{SERVICES}.{self.vendor.name}"


def service_checks(services: Iterable[Service]) -> tuple[Check, ...]:
    """Return a look at each service."""
    return tuple(Check(each.name, _ServiceLook(each).at) for each in services)


@dataclass(frozen=True, slots=True)
class _ServiceLook:
    service: Service

    async def at(self) -> Finding:
        """Ask the service."""
        try:
            found = await self.service.tried()
        except VendorError as error:
            return refused(self.service, error)
        return _told(self.service, found)


def _told(service: Service, found: ServiceCheck) -> Finding:
    title = service.vendor.title
    whose = f" of {found.account}" if found.account else ""
    until = f" until {found.ends_at:%d %b %Y}" if found.ends_at else ""
    quota = f"; {found.quota}" if found.quota else ""
    about = f"{title} takes the key{whose}{until}{quota}."
    if found.lacks:
        return warned(
            service.name,
            f"{about} {' '.join(found.lacks)}",
            f"Give the account more rights in {title}, or use the key of another one.",
        )
    return passed(service.name, about)


def refused(service: Service, error: VendorError) -> Finding:
    """Return why a service does not take the key, or is not there, with the mend."""
    title, variables = service.vendor.title, service.vendor.variables
    if error.reason is Reason.OFF:
        return skipped(service.name, f"{title} is off: {variables} is not set.")
    if error.detail.partition(":")[0] in service.vendor.refused:
        return failed(service.name, sentence(error), "Then run the doctor again.")
    if error.reason is Reason.AUTH:
        about = f"{title} rejects the key."
        return failed(service.name, about, service.mend or f"Set {variables} to one that is valid.")
    if error.reason is Reason.RATE_LIMITED:
        when = f"in {time_words(error.retry_after)}" if error.retry_after else "in a minute"
        return warned(service.name, f"{title}'s rate limit is used up.", f"Look again {when}.")
    where = " and ".join(service.addresses)
    if error.reason in {Reason.UNAVAILABLE, Reason.TIMEOUT}:
        check = f", and {where}" if where else ""
        return failed(
            service.name,
            f"{title} isn't responding.",
            f"Look whether it is up, whether this machine may reach it{check}.",
        )
    return failed(
        service.name,
        f"What answers there is not {title}, or has changed.",
        f"Check {where}." if where else "Tell whoever runs Flowbot.",
    )
