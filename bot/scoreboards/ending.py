"""The end of a figure in a canvas: its section stays and says that it is no longer updated."""

from datetime import datetime

from bot.jobs.store import add_job
from bot.scoreboards.intents import EndFigure
from bot.scoreboards.model import BoardFigure
from bot.scoreboards.rendering.section import written_section
from bot.store.database import MAIN, Transaction


def end_section(tx: Transaction, one: BoardFigure, *, now: datetime) -> None:
    """Have the section of a figure say that it is over, if it was ever written."""
    if not one.placed:
        return
    section = written_section(one, one.shown, ended=now)
    wanted = EndFigure(one.order.id, one.canvas, section.heading, section.table)
    key = f"board:{one.order.id}:end:{now:%Y-%m-%dT%H:%M:%SZ}"
    add_job(tx, key=key, wanted=wanted, now=now, queue=MAIN)
