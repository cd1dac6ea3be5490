"""What do the signs look like? One for each kind of step and each state: colour is never the only sign."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sanctuary.core.scheme import StepKind
from sanctuary.web.pathway.standing import State
from sanctuary.web.pathway.svg import element, group

INK = "#0b0c0c"
SOFT = "#484f53"
LINE = "#6f777b"
PAPER = "#ffffff"
BRAND = "#5b2a86"

# Foreground (text and signs), background of the box.
COLOURS: Mapping[State, tuple[str, str]] = {
    State.PLAIN: (SOFT, PAPER),
    State.DONE: ("#005a30", "#eff8f3"),
    State.OPEN: ("#4c2472", "#f5effa"),
    State.OVERDUE: ("#942514", "#fdf1ee"),
    State.WAITING: (SOFT, PAPER),
    State.STOPPED: (INK, "#e9ebec"),
    State.AWAY: (SOFT, "#f6f7f7"),
}

# Strokes on a sheet of 24 by 24.
_KINDS: Mapping[StepKind, str] = {
    StepKind.FORM: "M5 3h14v18H5zM8.5 8h7M8.5 12h7M8.5 16h4",
    StepKind.ENQUIRY: "M3 4h18v12H11l-5 5v-5H3zM10 8.2c.4-2 4-2 4 .2 0 1.5-2 1.5-2 2.8M12 13.4v.2",
    StepKind.DECISION: "M12 3v18M7 21h10M4 7h16M4 7l-2.5 6h5zM20 7l-2.5 6h5z",
    StepKind.CONSENT: "M3 20h18M5 16l9.5-9.5 3 3L8 19l-4 .8zM13 5.5l1.5-2 4 4-2 1.5",
    StepKind.LETTER: "M3 5h18v14H3zM3 6l9 7 9-7",
    StepKind.APPOINTMENT: "M4 5h16v16H4zM4 10h16M8 3v4M16 3v4M8 14h3M13 14h3M8 17.5h3",
    StepKind.SPECIFICATION: "M6 4h12v17H6zM9.5 2.5h5v3h-5z"
    "M8.8 10.5l1 1 1.7-2M13.5 10.5H16M8.8 15.5l1 1 1.7-2M13.5 15.5H16",
    StepKind.WORKS: "M3 12l9-8 9 8M5.5 10v11h13V10M12 12.5a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M12 16v2.5",
    StepKind.NOTICE: "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4M12 5V3",
}

KIND_NAMES: Mapping[StepKind, str] = {
    StepKind.FORM: "Form",
    StepKind.ENQUIRY: "Question to someone outside",
    StepKind.DECISION: "Decision",
    StepKind.CONSENT: "Consent",
    StepKind.LETTER: "Letter",
    StepKind.APPOINTMENT: "Appointment",
    StepKind.SPECIFICATION: "What is to be fitted",
    StepKind.WORKS: "Works",
    StepKind.NOTICE: "Others are told",
}


def kind(step: StepKind, x: float, y: float, colour: str) -> str:
    """The picture of a kind of step, 24 by 24 from `x`, `y`."""
    return group(_kind(step, colour), transform=f"translate({x:g} {y:g})")


def badge(state: State, x: float, y: float) -> str:
    """The sign of a state, 18 by 18 around `x`, `y`: each has a shape of its own."""
    return group(_sign(state), transform=f"translate({x:g} {y:g})")


@cache
def _kind(step: StepKind, colour: str) -> str:
    return element("path", d=_KINDS[step], fill="none", stroke=colour, stroke_width=1.6, stroke_linejoin="round")


@cache
def _sign(state: State) -> str:
    return "".join(_badge(state, COLOURS[state][0]))


def _badge(state: State, colour: str) -> tuple[str, ...]:
    disc = element("circle", r=9, fill=colour)
    ring = element("circle", r=8, fill=PAPER, stroke=colour, stroke_width=1.8)
    match state:
        case State.DONE:
            return (disc, _stroke("M-4.2 .2l3 3.2 5.4-6.4", PAPER, 2.2))
        case State.OPEN:
            return (disc, element("path", d="M-2.7-4.8L5 0-2.7 4.8z", fill=PAPER))
        case State.OVERDUE:
            return (element("path", d="M0-10L10 8.5H-10z", fill=colour), _stroke("M0-4v6M0 5v1.5", PAPER, 2.2))
        case State.WAITING:
            return (ring, _stroke("M0-4.5V0l3.2 2", colour, 1.8))
        case State.STOPPED:
            octagon = element("path", d="M-4-9.5h8l5.5 5.5v8L4 9.5h-8L-9.5 4v-8z", fill=colour)
            return (octagon, _stroke("M-5 0H5", PAPER, 2.6))
        case State.AWAY:
            return (ring, _stroke("M-4 4L4-4", colour, 1.8))
        case State.PLAIN:
            return (ring,)


def _stroke(d: str, colour: str, thick: float) -> str:
    ends = {"stroke_linecap": "round", "stroke_linejoin": "round"}
    return element("path", d=d, fill="none", stroke=colour, stroke_width=thick, **ends)
