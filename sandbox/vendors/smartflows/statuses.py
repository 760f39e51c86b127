"""The vendor's ten statuses, and the odd spellings of them that its sources show."""

QUEUED = "Queued"
RUNNING = "Running"
WAITING = "Waiting"
USER_INPUT = "UserInput"
SELECT_FLOW = "SelectFlow"
SUCCESS = "Success"
WARNING = "Warning"
ERROR = "Error"
CANCELED = "Canceled"
INTERRUPTED = "Interrupted"

ASKING = (USER_INPUT, SELECT_FLOW)
PAUSES = (*ASKING, WAITING)
FINISHED = (SUCCESS, WARNING)
ENDED = (*FINISHED, ERROR, CANCELED, INTERRUPTED)
STATUSES = (QUEUED, RUNNING, *PAUSES, *ENDED)

UNKNOWN = "Suspended"
SPELLINGS = ("wire", "label", "guide", "lower case", "camel case", "british")
_LABELS = {USER_INPUT: "User input", SELECT_FLOW: "Select flow"}
_GUIDE = {USER_INPUT: "User Input", SELECT_FLOW: "Select_Flow"}


def spelt(status: str, spelling: str) -> str:
    """Return a status as one of SPELLINGS writes it."""
    forms = {
        "label": _LABELS.get(status, status),
        "guide": _GUIDE.get(status, status),
        "lower case": status.lower(),
        "camel case": status[:1].lower() + status[1:],
        "british": "Cancelled" if status == CANCELED else status,
    }
    return forms.get(spelling, status)
