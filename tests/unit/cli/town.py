"""A small scheme and a case in it, for the tests of the command line."""

from __future__ import annotations

from pathlib import Path

from tests.support.chapters import written

FILES = {
    "2-assessment.yaml": """\
steps:
  police_enquiry:
    kind: enquiry
    title: What the police know
    who: [police]
    compartment: police
    asks: police
    clock: {within: 1 working day, from: asked, source: "guide, part 3"}
    questions:
      too_dangerous: {ask: Is staying too dangerous?, type: yes_no}
  visit:
    kind: form
    title: First visit
    who: [support, police]
    compartment: core
    after: [assessment]
gates:
  wanted:
    title: Is the way clear?
    guards: [visit]
    criteria:
      not_wanted:
        stops_if: "assessment.wants_it == 'no'"
        reason: The person does not want the scheme.
        unknown: hold
        code: withdrawn
        instead: [advice]
        source: guide, part 2
      too_dangerous:
        stops_if: "police_enquiry.too_dangerous == 'yes'"
        reason: The police advise against staying.
        unknown: carry_on
        instead: [refuge, advice]
        source: guide, part 3
""",
    "6-aftercare.yaml": """\
steps:
  follow_up:
    kind: form
    title: Follow-up at 3 months
    who: [support]
    compartment: core
    opens: {after: assessment, in: 3 months}
""",
}
CASE = """\
- at: 2026-03-02 09:00
  opened: {area: town}
- at: 2026-03-02 09:10
  did: referral
  as: support
  answers: {name: Robin Ashdown, safe_phone: 020 7946 0123, address: "4 Example Row, Exampleton"}
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-02 11:00
  asked: police_enquiry
  as: housing
- at: 2026-03-04 15:00
  did: police_enquiry
  as: police
  answers: {too_dangerous: yes}
"""


def schemes(folder: Path) -> Path:
    """A folder of schemes with the two definitions `base` and `ours`."""
    written(folder, FILES)
    return folder


def case(folder: Path, text: str = CASE) -> Path:
    """A case file."""
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path
