"""Names that come back from Slack in interactions about webinars."""

from enum import StrEnum


class WebinarCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    FIND_EVENT = "find_event"
    """The global shortcut, and the modal it opens."""
    REGISTER = "register_for_event"
    """As the two that follow, a modal that a command or a button opens."""
    CREATE_EVENT = "create_event"
    CONFIRM_EVENT = "confirm_new_event"
    """The page after CREATE_EVENT, which shows what was entered."""
    SIGN_ON = "sign_on_to_room"


class WebinarAction(StrEnum):
    """Action ids of buttons and inputs."""

    OPEN_EVENT = "open_event"
    """A select of a list's events; the value of each is its token."""

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
