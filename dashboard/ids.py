"""Ids of the components that callbacks name; the only place that spells them."""

from __future__ import annotations

LOCATION = "location"
"""The browser's address: path and search."""

FRAME = "frame"
"""Everything below the address: header, page, footer."""

TITLE = "page-title"
"""The document's title, written by the page and set in the browser."""

NOTICE = "notice"
"""Where a failed callback says so."""

YEAR = "control-year"
AS_OF = "control-as-of"
KNOWN_AT = "control-known-at"
UNIT = "control-unit"
"""The controls; each writes the address and nothing else."""

MONTH = "control-month"
LEAST, MOST = "control-least", "control-most"
WORDS = "control-words"
"""Controls of lists of voucher lines."""

SHOWN = "shown"
"""What the controls show, so that showing is not taken for choosing."""

CURVE = "target-curve"
"""The year's curve of one target."""

ACT, ACTED = "act", "acted"
"""What somebody clicked (assets/acts.js writes it), and that it is done."""

SAYING, SAID = "saying", "said"
"""Where an act's sentence stands, and the sentence: what it did, or why not; takes the focus."""

RULE_TRIAL, RULE_PREVIEW = "rule-trial", "rule-preview"
"""A rule that is tried (assets/unclaimed.js writes it), and what it would take."""

PRINT = "print"
"""The button that prints; assets/print.js listens."""

UPLOADED = "uploaded"
"""Files that were just received; assets/imports.js writes it."""

WAITING = "imports-waiting"
"""The list of files that wait to be looked at."""

LIST_ACT = "imports-act"
DRAFT_ACT = "draft-act"
"""What was clicked: on the list of files, and in one of them; assets/imports.js writes them."""

RUN, RUN_ACT, RUN_STATE, RUN_TICK = "run", "run-act", "run-state", "run-tick"
"""An import under way: what is shown, what was clicked, which it is, and when to look again."""

DRAFT_LOOK, LOOK, LOOK_TICK, LOOKED = "draft-look", "look", "look-tick", "looked"
"""A large table whose preview is made: which one, how far, when to ask again, and the preview."""

MAPPINGS = "imports-mappings"
"""What is remembered of columns."""

DRAFT = "draft"
"""A file that is looked at: all that changes when it is corrected."""

DRAFT_STATE = "draft-state"
"""Which draft is shown, at which version, and what bringing it in would do."""

UPLOAD_ZONE, UPLOAD_CHOOSE, UPLOAD_KIND, UPLOAD_LIST = (
    "upload-zone",
    "upload-choose",
    "upload-kind",
    "upload-list",
)
"""Where files are dropped or chosen, as what they are read, and how far they are."""

EDIT, EDIT_TEXT, EDIT_CHOICE = "edit", "edit-text", "edit-choice"
"""The bar that corrects a value: its text, or one of a list."""

REFUSED = "draft-refused"
"""Why the last act was refused."""
