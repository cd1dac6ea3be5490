"""The chapter about dated facts: orders, bail, a tenancy, each in force on a day or not."""

from tests.support.chapter import Case, Chapter, Refused

_DATED = """\
dated:
  occupation_order:
    title: Occupation order
    from: assessment.order_from
    until: assessment.order_until
    source: guide, part 4
"""
_ASKED = """\
steps:
  assessment:
    questions:
      has_order: {ask: Is there an occupation order?, type: yes_no, optional: yes}
      order_from:
        ask: From when is it in force?
        type: date
        when: "assessment.has_order == 'yes'"
      order_until:
        ask: Until when is it in force?
        type: date
        when: "assessment.has_order == 'yes'"
        allow: [not_applicable, not_known]
"""
_VISIT = """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    when: "dated.occupation_order == 'in_force'"
"""
_FILES = {"scheme.yaml": _DATED, "2-assessment.yaml": _ASKED, "4-survey.yaml": _VISIT}


def _order(start: str, end: str) -> str:
    answers = f"{{wants_it: yes, has_order: yes, order_from: {start}, order_until: {end}}}"
    return f"- {{at: 2026-03-02 10:00, did: assessment, as: housing, answers: {answers}}}\n"


_NO_DATE = "scheme.yaml:4:11: assessment.has_order is one choice; time is counted from a date, or a date with a time"

CHAPTER = Chapter(
    name="dated",
    title="Dated facts",
    text="""
An order of a court, bail, a tenancy: something that is in force for a time. A scheme names it under `dated`, with the
questions that say from when and until when, and the fact `dated.name` is `to_come`, `in_force` or `over` on the day
asked. Both days are included. It is not applicable where its first day is, and not known where its days are not. An end
that is not applicable is open.

Nobody has to look: on the day it begins and the day after it ends, whatever reads it changes.
""",
    keys=("SchemeFile.dated", "DatedShape.*"),
    cases=(
        Case(
            title="In force from one day until another",
            files=_FILES,
            events=_order("2026-03-10", "2026-03-20"),
            expect="""\
- at: 2026-03-09 23:59
  open: []
- at: 2026-03-10 00:00
  open: [visit]
- at: 2026-03-20 23:59
  open: [visit]
- at: 2026-03-21 00:00
  open: []
""",
        ),
        Case(
            title="Without an end",
            files=_FILES,
            events=_order("2026-03-10", "not_applicable"),
            expect="""\
- at: 2027-03-10 10:00
  open: [visit]
""",
        ),
        Case(
            title="With an end that nobody knows",
            text="Before it begins it is to come, whenever it ends.",
            files=_FILES,
            events=_order("2026-03-10", "not_known"),
            expect="""\
- at: 2026-03-09 10:00
  waiting: {}
  open: []
- at: 2026-03-11 10:00
  waiting: {visit: [assessment.order_until]}
""",
        ),
        Case(
            title="Where there is none",
            files=_FILES,
            events="- {at: 2026-03-02 10:00, did: assessment, as: housing, answers: {wants_it: yes, has_order: no}}\n",
            expect="""\
- at: 2026-03-02 11:00
  open: []
""",
        ),
        Refused(
            title="A beginning that is no date",
            files={**_FILES, "scheme.yaml": _DATED.replace("assessment.order_from", "assessment.has_order")},
            problems=(_NO_DATE,),
        ),
        Refused(
            title="Neither a beginning nor an end",
            files={
                **_FILES,
                "scheme.yaml": "dated:\n  occupation_order: {title: Occupation order, source: guide}\n",
            },
            problems=("scheme.yaml:2:3: say 'from' when it is in force, 'until' when, or both",),
        ),
        Refused(
            title="A dated fact that there is not",
            files={**_FILES, "4-survey.yaml": _VISIT.replace("occupation_order", "ocupation_order")},
            problems=(
                "4-survey.yaml:7:18: there is no dated fact 'ocupation_order'; did you mean 'occupation_order'?",
            ),
        ),
    ),
)
