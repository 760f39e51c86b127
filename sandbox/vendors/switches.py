"""The switches that make a stand-in misbehave: what a person or a test can turn on and off."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

Value = bool | float | str
MOST = 1_000_000
ODD_DATA = "odd_data"
"""The switch of names and texts that are markup, formulas and the like; ordinary ones without."""
TRUE = ("true", "on", "yes", "1")
FALSE = ("false", "off", "no", "0", "")


@dataclass(frozen=True, slots=True)
class Switch:
    """One oddity and how it is set now. A number is not negative; `choices` are for "choice"."""

    name: str
    label: str
    kind: Literal["bool", "number", "choice"]
    value: Value
    choices: tuple[str, ...] = ()


def toggle(name: str, label: str, *, value: bool = False) -> Switch:
    """Return a switch that is on or off."""
    return Switch(name, label, "bool", value)


def number(name: str, label: str, value: float = 0) -> Switch:
    """Return a switch that is a number."""
    return Switch(name, label, "number", value)


def choice(name: str, label: str, *choices: str) -> Switch:
    """Return a switch with named positions, the first to start with."""
    return Switch(name, label, "choice", choices[0], choices)


class Switches:
    """All switches of one stand-in, in the order in which they are shown."""

    def __init__(self, switches: Iterable[Switch], *, on_change: Callable[[], None]) -> None:
        """Call `on_change` after every change."""
        self._switches = {switch.name: switch for switch in switches}
        self._on_change = on_change

    def all(self) -> list[Switch]:
        """Return every switch as it is now."""
        return list(self._switches.values())

    def set(self, name: str, value: object) -> None:
        """Set one switch; raises ValueError with a sentence for a name or value it cannot take."""
        switch = self._switches.get(name)
        if switch is None:
            raise ValueError(
                f"There is no switch {name!r}. There are: {', '.join(self._switches)}."
            )
        self._switches[name] = replace(switch, value=_READERS[switch.kind](switch, value))
        self._on_change()

    def on(self, name: str) -> bool:
        """Return whether a switch is on, or above zero."""
        return bool(self._switches[name].value)

    def number(self, name: str) -> float:
        """Return a number."""
        value = self._switches[name].value
        assert not isinstance(value, str)
        return float(value)

    def choice(self, name: str) -> str:
        """Return the position of a switch with named positions."""
        return str(self._switches[name].value)

    def used(self, name: str) -> bool:
        """Take one off a counting switch; return whether there was one to take."""
        left = self.number(name)
        if left < 1:
            return False
        self.set(name, left - 1)
        return True


def _as_bool(switch: Switch, value: object) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in TRUE + FALSE:
        return value.strip().lower() in TRUE
    raise ValueError(f"{switch.label} is on or off; {value!r} is neither.")


def _as_number(switch: Switch, value: object) -> Value:
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            amount = math.nan
        else:
            amount = float(value)
    except (ValueError, OverflowError):
        amount = math.nan
    if not 0 <= amount <= MOST:
        raise ValueError(f"{switch.label} is a number from 0 to {MOST}; {value!r} is not.")
    return int(amount) if amount == int(amount) else amount


def _as_choice(switch: Switch, value: object) -> Value:
    if isinstance(value, str) and value in switch.choices:
        return value
    raise ValueError(f"{switch.label} is one of {', '.join(switch.choices)}; {value!r} is not.")


_READERS: dict[str, Callable[[Switch, object], Value]] = {
    "bool": _as_bool,
    "number": _as_number,
    "choice": _as_choice,
}
