"""Every number Slack refuses by, in one table.

Taken from Slack's reference pages (docs.slack.dev/reference). Where two of Slack's pages disagree
the lower figure stands here, so that what passes here passes there.
"""

from typing import Final

# What a message holds: see the pages of chat.postMessage and chat.update
TEXT: Final = 40_000
UPDATE_TEXT: Final = 4_000
MARKDOWN_TEXT: Final = 12_000
ATTACHMENTS: Final = 100
MESSAGE_BLOCKS: Final = 50
MESSAGE_BLOCK_CHARACTERS: Final = 12_000  # undocumented; seen between 12,000 and 13,200
METADATA_BYTES: Final = 16_000  # undocumented; a guess at where metadata_too_large begins

# What a block holds: see the page of each block
TEXT_OBJECT: Final = 3_000
BLOCK_ID: Final = 255
ACTION_ID: Final = 255
SECTION_FIELDS: Final = 10
SECTION_FIELD: Final = 2_000
HEADER: Final = 150
HEADER_LEVEL: Final = 4
CONTEXT_ELEMENTS: Final = 10
ACTIONS_ELEMENTS: Final = 25
CONTEXT_ACTIONS_ELEMENTS: Final = 5
INPUT_LABEL: Final = 2_000
ALT_TEXT: Final = 2_000
IMAGE_TITLE: Final = 2_000
URL: Final = 3_000
VIDEO_TITLE: Final = 200
VIDEO_AUTHOR: Final = 50
VIDEO_DESCRIPTION: Final = 200

# Elements and composition objects: see the page of each
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
ACCESSIBILITY_LABEL: Final = 75
OPTIONS: Final = 100
OPTION_GROUPS: Final = 100
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
OPTION_DESCRIPTION: Final = 75
OVERFLOW_OPTIONS: Final = 5
CHOICES: Final = 10  # of checkboxes and radio buttons
PLACEHOLDER: Final = 150
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30
INPUT_VALUE: Final = 3_000
INPUT_FILES: Final = 10
LIST_INDENT: Final = 8

# Tables and charts
TABLE_ROWS: Final = 100
TABLE_CELLS: Final = 20
TABLE_CHARACTERS: Final = 10_000  # of one table, and of all tables of a message
DATA_TABLE_ROWS: Final = 101  # header included; newer pages say 201
DATA_TABLE_COLUMNS: Final = 20
DATA_TABLE_PAGE: Final = 100
DATA_TABLE_CHARACTERS: Final = 20_000  # of one data table, and of all of a message
CHARTS: Final = 2
CHART_TITLE: Final = 50
CHART_SERIES: Final = 6  # newer pages say 12
CHART_POINTS: Final = 20
CHART_LABEL: Final = 20

# Cards, containers, plans, alerts
CONTAINER_BLOCKS: Final = 10
CONTAINER_TITLE: Final = 150
CARD_TITLE: Final = 150
CARD_BODY: Final = 200
CARD_BUTTONS: Final = 3
CAROUSEL_CARDS: Final = 10
ALERT: Final = 200

# What a view holds: see the pages of views.open and views.push
VIEW_BLOCKS: Final = 100
VIEW_TITLE: Final = 24
PRIVATE_METADATA: Final = 3_000
CALLBACK_ID: Final = 255
EXTERNAL_ID: Final = 255
VIEW_BYTES: Final = 250_000
VIEW_STACK: Final = 3  # the root and two pushed

# What an upload holds: see the pages of the two upload methods
FILE_ALT_TEXT: Final = 1_000
FILE_CHANNELS: Final = 100

# Pages of lists; those of a history for an app that is sold and not in the Marketplace
PAGE: Final = 1_000  # members of any list
FEW_MESSAGES: Final = 15  # at once, and once a minute

# Handles and waiting
ACK_SECONDS: Final = 3.0
TRIGGER_SECONDS: Final = 3
RESPONSE_URL_USES: Final = 5
RESPONSE_URL_SECONDS: Final = 30 * 60
SOCKETS: Final = 10
EVENT_RETRY_SECONDS: Final = (0, 60, 300)
EVENT_REDIRECTS: Final = 2
