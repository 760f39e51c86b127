import struct

from bot.asking.model import BY_HOUR, BY_WEEKDAY
from bot.fieldreports.rendering.charts import heat_map_picture
from tests.fieldreports.rendering.samples import NOW_FIGURES


def test_days_and_hours_are_one_picture_side_by_side() -> None:
    png = heat_map_picture(NOW_FIGURES[BY_WEEKDAY], NOW_FIGURES[BY_HOUR])
    assert struct.unpack(">II", png[16:24]) == (1_200, 520)
