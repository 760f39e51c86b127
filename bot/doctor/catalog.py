"""Every check by its name: what is looked at, and how it is mended as a rule. Pure.

The table of them in docs/operating.md is made of this.
"""

from typing import Final

from bot.doctor import (
    installations,
    keeping,
    services,
    settings,
    slack,
    storage,
    waiting,
    workers,
)

CATALOG: Final[dict[str, tuple[str, str]]] = {
    settings.SETTINGS: (
        "every variable, and each that is of no use without another",
        "the variable that is named, in the environment or in `.env`",
    ),
    slack.TOKEN: ("whose the bot token is", "the token of the app's *Install App* page"),
    slack.SCOPES: (
        "what the token may do, against the manifest; what does not work without each",
        "install the app again from `manifest.yml`",
    ),
    slack.CLOCK: (
        "this machine's clock against Slack's: 60 seconds off is a warning, 300 a failure",
        "NTP",
    ),
    slack.DELIVERY: (
        "with Socket Mode, whether Slack gives an address; over HTTP, what has to be set",
        "an app-level token with `connections:write`, or the request URL",
    ),
    slack.SIGNING: (
        "over HTTP, whether a request signed with the secret is taken and a forged one is not",
        "the Signing Secret of the app's *Basic Information* page",
    ),
    slack.UPLOAD: (
        "whether files may be posted: one is announced and never sent, so nothing comes of it",
        "the scope `files:write`, or the workspace's own settings",
    ),
    f"{services.SERVICES}.*": (
        "one harmless call to each that is on: whether its key works, its end, what it does not do",
        "the key, its rights, the service's address",
    ),
    storage.DATABASE: ("whether it opens; its kind and version", "`DATABASE_URL`, as it says"),
    storage.SCHEMA: ("whether it is this version's", "`flowbot migrate`, or the newer version"),
    storage.WRITABLE: ("whether it takes a write, which is undone", "the rights of the file"),
    storage.SPACE: ("room on its disk: under 1 GB is a warning, under 100 MB a failure", "room"),
    storage.PLACE: (
        "whether its disk outlasts the machine, and is no network's; who may read the file",
        "a volume, Postgres, `chmod 600`",
    ),
    storage.CLOCK: ("this machine's clock against the database's", "NTP"),
    installations.INSTALLATIONS: (
        "each workspace that installed Flowbot: a key opens its token, Slack takes it, its scopes",
        "`SECRET_KEYS`, or an admin there installs it again",
    ),
    workers.WORKERS: (
        "who speaks for the workspaces and until when, who stopped without a word, other versions",
        "`flowbot run`, or `flowbot worker` beside `flowbot web`",
    ),
    waiting.JOBS: (
        "work that has been due for five minutes; for an hour, it is a failure",
        "a worker that runs",
    ),
    waiting.OUTBOX: (
        "messages that have been due for so long, or that Slack never confirmed",
        "a worker that runs; a look into the channel",
    ),
    keeping.SECRETS: (
        "whether secrets of services in the database are encrypted, and `SECRET_KEYS` opens them",
        "`SECRET_KEYS`, the older key behind the newer",
    ),
    keeping.ENV: ("who may read `.env`", "`chmod 600 .env`"),
}
