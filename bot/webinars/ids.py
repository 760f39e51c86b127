"""Names that come back from Slack in interactions about webinars."""

from enum import StrEnum


class WebinarCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    FIND_EVENT = "find_event"
    """The global shortcut, and the modal it opens."""
    REGISTER = "register_for_event"
    """As the two that follow, a modal that a command or a button opens."""
    CREATE_EVENT = "create_event"
    SIGN_ON = "sign_on_to_room"


class WebinarAction(StrEnum):
    """Action ids of buttons and inputs."""

    OPEN_REGISTER = "open_register"
    """As the three that follow, its value is an event's token."""
    SHOW_REGISTRANTS = "show_registrants"
    SHOW_SURVEYS = "show_surveys"
    COMPILED_REPORT = "compiled_report"
    SURVEY_ANSWERS = "survey_answers"
    """Its value is an event's token and a survey's number."""
    OPEN_CREATE = "open_create"
    CONFIRM_EVENT = "confirm_event"
    """As the two that follow, its value is the service's key of an entered event."""
    EDIT_EVENT = "edit_event"
    CANCEL_EVENT = "cancel_event"
    OPEN_SIGN_ON = "open_sign_on"
    """Opens the form of a room; its value is the room's number."""

    EVENT = "event"
    """A searched list of events, and the block of EVENT_SESSION."""
    EVENT_SESSION = "event_session"
    """A choice between the few events that were meant."""
    EVENT_VIEW = "event_view"
    ROOM = "room"
    EMAIL = "email"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    TITLE = "title"
    DESCRIPTION = "description"
    DATE = "date"
    TIME = "time"
    ZONE = "zone"
    DURATION = "duration"
    EARLY_ACCESS = "early_access"
    CREATOR = "creator"
    ORGANIZERS = "organizers"
    ORGANIZER_DEVICES = "organizer_devices"
    PRESENTERS = "presenters"
    PRESENTER_DEVICES = "presenter_devices"
    PUBLISHED = "published"
    EVENT_OPTIONS = "event_options"


class WebinarBlock(StrEnum):
    """Block ids of a message's buttons."""

    EVENT_BUTTONS = "event_buttons"
    CREATE_BUTTONS = "create_buttons"
