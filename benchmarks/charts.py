"""What it takes to draw a digest with charts, and how large it becomes.

`python -m benchmarks.charts` prints one JSON line. The figures are those that the local SaferMe
gives for a channel and 90 days, asked for once by the real client; then one digest is drawn from
them again and again, which is all that is timed:

- `summary` is the digest of a channel as Slack gets it: the news and the changes against the days
  before, a native chart and tables in the thread;
- `chart` is one native chart by itself;
- `heatmap` is the digest of hours and weekdays, and `picture` the PNG that follows it.

Milliseconds are of one drawing: `first` in a new process, with all that is imported or worked out
once, then the median and the 99th percentile. `bytes` are those of the JSON, or of the picture.
"""

import asyncio
import json
import struct
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import facts, percentile
from bot.asking.core.comparing import earlier
from bot.asking.core.periods import period
from bot.asking.occasion import Occasion
from bot.asking.subscription import Subscription
from bot.assembly.features import load_settings
from bot.config import with_environment
from bot.fieldreports.client.client import open_saferme
from bot.fieldreports.client.session import TokenKeeper
from bot.fieldreports.core import figures as fieldfigures
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.feature import ANALYTICS
from bot.fieldreports.figures import Scope, summary, summary_before
from bot.fieldreports.fonts import fonts_for
from bot.fieldreports.question import (
    BY_HOUR,
    BY_WEEKDAY,
    HEATMAP,
    OVER_TIME,
    SUMMARY,
    AnalyticsQuestion,
)
from bot.fieldreports.rendering.answers import heatmap_answer
from bot.fieldreports.rendering.charts import figure_chart, heat_map_picture
from bot.fieldreports.rendering.heatmaps import Heading
from bot.fieldreports.rendering.subjects import FigureSubject
from bot.fieldreports.rendering.summary import summary_answer
from bot.fieldreports.settings import SaferMeSettings
from bot.slack.messages import Answer
from sandbox.clock import SandboxClock
from sandbox.world import Vendors

CHANNEL = "Site hazards"
DAYS = "last-90d"
QUESTION = AnalyticsQuestion(CHANNEL, SUMMARY, DAYS)
ZONE = "Europe/Berlin"
TIMES = 300
PICTURES = 60


@dataclass(frozen=True, slots=True)
class Material:
    """The figures, and the circumstances of a digest of them."""

    now: dict[str, Figure]
    before: dict[str, Figure]
    subject: FigureSubject
    occasion: Occasion


def main() -> None:
    material = asyncio.run(_fetched())
    with tempfile.TemporaryDirectory(prefix="flowbot-charts-", dir=".") as folder:
        result = {"benchmark": "charts", "machine": facts(Path(folder)), **_measured(material)}
    print(json.dumps(result))


async def _fetched() -> Material:
    clock = SandboxClock(running=True)
    async with Vendors(clock) as vendors, AsyncExitStack() as stack:
        settings = with_environment(load_settings(), vendors.environment).of(SaferMeSettings)
        saferme = await open_saferme(settings, clock, stack, tokens=None, keeping=TokenKeeper())
        client = saferme.client
        [channel] = [each for each in await client.channels() if each.name == CHANNEL]
        days = period(DAYS, today=clock.now().date(), zone=ZONE)
        then = earlier(DAYS, days, now=clock.now())
        scope = Scope(channel, days, clock.now(), settings.team_id, earlier=then)
        return Material(
            await summary(client, scope),
            await summary_before(client, scope),
            FigureSubject(QUESTION, days, then),
            _occasion(clock.now()),
        )


def _occasion(now: datetime) -> Occasion:
    order = Subscription(
        *(1, "CFIELD", ANALYTICS, QUESTION, "0 9 * * 1", "Mondays at 09:00", ZONE, "UADA", now)
    )
    return Occasion(zone=ZONE, asked_at=now, now=now, key="k", subscription=order)


def _measured(material: Material) -> dict[str, Any]:
    now, subject, occasion = material.now, material.subject, material.occasion
    weekdays, hours = now[BY_WEEKDAY], now[BY_HOUR]
    both = fieldfigures.heatmap(weekdays, hours)
    of_heatmap = replace(subject, question=replace(QUESTION, figure=HEATMAP))
    drawn: dict[str, Callable[[], bytes]] = {
        "summary": lambda: _sent(summary_answer(now, material.before, subject, occasion)),
        "chart": lambda: json.dumps(figure_chart(now[OVER_TIME])).encode(),
        "heatmap": lambda: _sent(heatmap_answer(both, of_heatmap, occasion)),
        "picture": lambda: _picture(weekdays, hours, subject),
    }
    figures = {name: _timed(draw, PICTURES if name == "picture" else TIMES)
               for name, draw in drawn.items()}  # fmt: skip
    answer = summary_answer(now, material.before, subject, occasion)
    charts = sum(
        block["type"] == "data_visualization"
        for each in (answer.message, *answer.thread)
        for block in each.blocks
    )
    width, height = struct.unpack(">II", _picture(weekdays, hours, subject)[16:24])
    figures["summary"] |= {"charts": charts}
    figures["picture"] |= {"pixels": [width, height]}
    return figures


def _picture(weekdays: Figure, hours: Figure, subject: FigureSubject) -> bytes:
    heading = Heading(CHANNEL, subject.period.label)
    return heat_map_picture(weekdays, hours, heading, fonts=fonts_for(heading.name))


def _sent(answer: Answer) -> bytes:
    """Return the messages of an answer as the JSON that Slack gets."""
    messages = (answer.message, *answer.thread)
    return json.dumps([{"text": each.text, "blocks": each.blocks} for each in messages]).encode()


def _timed(draw: Callable[[], bytes], times: int) -> dict[str, Any]:
    took, size = [], 0
    for _ in range(times + 1):
        start = time.perf_counter()
        size = len(draw())
        took.append((time.perf_counter() - start) * 1000)
    first, *rest = took
    return {
        "milliseconds": {
            "first": round(first, 2),
            "p50": round(percentile(rest, 0.50), 2),
            "p99": round(percentile(rest, 0.99), 2),
        },
        "bytes": size,
    }


if __name__ == "__main__":
    main()
