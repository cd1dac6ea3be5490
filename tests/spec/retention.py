"""The chapter about how long the record of a case is kept."""

from tests.support.chapter import Case, Chapter, Refused

_CLOSED = """\
- at: 2026-03-02 15:00
  did: closure
  as: housing
  answers: {reason: safe_at_home}
"""
_RETENTION = """\
retention:
  helped:
    title: Cases in which something was fitted
    outcomes: [safe_at_home]
    keep: not stated
    default: 72 months
    because: A claim about the work can be made for six years.
    source: "guide: no part says how long"
  others:
    title: All other cases
    keep: 12 months
    because: A complaint can be made for a year.
    source: "guide, part 12"
"""
_UNSAID = "scheme.yaml:1:1: nothing is said of landlord_refused, withdrawn; one rule may name no outcomes"
_NO_TIME = (
    "scheme.yaml:2:3: 'helped' needs the key 'default': how long the record is kept while the document does not say"
)

CHAPTER = Chapter(
    name="retention",
    title="How long the record is kept",
    text="""
`retention` in scheme.yaml says how long the record of a case is kept once it has ended, by how it ended. The time is
counted from the end of the case, or from the step that `from` names; a record never goes before its case has ended,
and while a case is open, or stopped and not closed, nothing of it is due to go. Where the document gives no time, say
so with `keep: not stated`, and write as `default` how long the partnership keeps the record meanwhile: pages and
certificates then say that the time is the partnership's own. One rule may name no `outcomes`: it is about all closing
reasons that are not named elsewhere, and every closing reason is under exactly one rule. What ended a case may have
been erased with the rest of what its answer stood beside; then the rule that keeps the record longest counts.

That a time has passed destroys nothing. One person proposes, another agrees, and whoever has to stop it places a
hold.
""",
    keys=("SchemeFile.retention", "RetentionShape.*"),
    cases=(
        Case(
            title="A time that the document does not state",
            files={"scheme.yaml": _RETENTION},
            events=_CLOSED,
            expect="""\
- at: 2026-03-02 14:00
  kept_until: none
- at: 2026-03-02 16:00
  kept_until: 2032-03-02
""",
        ),
        Case(
            title="Every other way out",
            files={"scheme.yaml": _RETENTION},
            events=_CLOSED.replace("safe_at_home", "withdrawn"),
            expect="""\
- at: 2026-03-02 16:00
  kept_until: 2027-03-02
""",
        ),
        Case(
            title="Counted from a step",
            files={
                "scheme.yaml": """\
retention:
  all:
    title: Every case
    keep: 6 months
    from: assessment
    because: The assessment is out of date by then.
    source: "guide, part 12"
"""
            },
            events="""\
- at: 2026-01-30 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
"""
            + _CLOSED.replace("2026-03-02", "2026-07-02"),
            begun="""\
- at: 2026-01-29 09:00
  opened: {area: town}
- at: 2026-01-29 09:10
  did: referral
  as: support
""",
            expect="""\
- at: 2026-07-03 16:00
  kept_until: 2026-07-30
""",
        ),
        Refused(
            title="A closing reason of which nothing is said, and one that is misspelt",
            files={
                "scheme.yaml": """\
retention:
  helped:
    title: Cases in which something was fitted
    outcomes: [safe_at_home, withdrwn]
    keep: 72 months
    because: A claim about the work can be made for six years.
    source: "guide, part 12"
"""
            },
            problems=(
                _UNSAID,
                "scheme.yaml:4:30: there is no closing reason 'withdrwn'; did you mean 'withdrawn'?",
            ),
        ),
        Refused(
            title="Twice, or with no time at all",
            files={
                "scheme.yaml": """\
retention:
  helped:
    title: Cases in which something was fitted
    outcomes: [safe_at_home]
    keep: not stated
    because: A claim about the work can be made for six years.
    source: "guide: no part says how long"
  fitted:
    title: The same again
    outcomes: [safe_at_home]
    keep: 12 months
    default: 72 months
    from: asessment
    because: A complaint can be made for a year.
    source: "guide, part 12"
  others:
    title: All other cases
    keep: 12 months
    because: A complaint can be made for a year.
    source: "guide, part 12"
  rest:
    title: The rest
    keep: 6 months
    because: Nobody needs it for longer.
    source: "guide, part 12"
"""
            },
            problems=(
                _NO_TIME,
                "scheme.yaml:10:16: 'safe_at_home' is under 'helped' already",
                "scheme.yaml:12:5: a default is for keep: not stated; here the document says how long",
                "scheme.yaml:13:11: there is no step 'asessment'; did you mean 'assessment'?",
                "scheme.yaml:21:3: 'others' is already about all closing reasons that are not named elsewhere",
            ),
        ),
    ),
)
