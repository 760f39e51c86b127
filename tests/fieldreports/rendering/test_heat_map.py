from io import BytesIO

from PIL import Image

from bot.fieldreports.question import BY_HOUR, BY_WEEKDAY
from bot.fieldreports.rendering.charts import heat_map_picture
from bot.fieldreports.rendering.heatmaps import Heading
from tests.fieldreports.rendering.fonts import FIRA
from tests.fieldreports.rendering.samples import NOW_FIGURES


def test_days_and_hours_are_one_picture_side_by_side() -> None:
    heading = Heading("Site reports", "24 Oct to 22 Nov 2026")
    png = heat_map_picture(NOW_FIGURES[BY_WEEKDAY], NOW_FIGURES[BY_HOUR], heading, fonts=[FIRA])
    with Image.open(BytesIO(png)) as picture:
        assert (picture.format, picture.size) == ("PNG", (900, 566))
