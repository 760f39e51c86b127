"""What an answer says beside its content: the small print, and the choice of files."""

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import weekday_and_time, zone_words
from bot.asking.rendering.presses import export_menu
from bot.slack.blocks.blocks import Element, button, context
from bot.slack.blocks.ids import Action
from bot.slack.messages import Block


def small_print(occasion: Occasion, *facts: str) -> Block:
    """Return what was counted and the source, for whom, and of when the data is."""
    return context(*facts, occasion.footer, when_words(occasion))


def source_words(vendor: str) -> str:
    """Return who has the figures, for the grey line."""
    return f"Source: {vendor}"


def when_words(occasion: Occasion) -> str:
    """Return of when the data is, with the zone as people say it."""
    return f"{weekday_and_time(occasion.now, occasion.zone)}, {zone_words(occasion.zone)}"


def export_choice(occasion: Occasion) -> tuple[Element, ...]:
    """Return the menu of files of the data behind an answer, or the button of a form where need be.

    There is none where nothing could be found by its value.
    """
    if not occasion.key:
        return ()
    spoken = "Export the data behind this as a file"
    form = button("Export", Action.OPEN_EXPORT, value=occasion.key, spoken=spoken)
    return export_menu(occasion.key, occasion.formats) or (form,)
