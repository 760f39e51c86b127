"""The vendors that tests walk, and one that is made up."""

from bot.errors import Vendor
from bot.fieldreports.model import SAFERME
from bot.runs.model import SMART_FLOWS
from bot.training.model import MOMOFLOW
from bot.webinars.model import FLOW
from bot.workflows.model import GIOSG

VENDORS = (MOMOFLOW, FLOW, GIOSG, SMART_FLOWS, SAFERME)
EXAMPLE = Vendor("newvendor", title="newvendor", variables="its credential")
