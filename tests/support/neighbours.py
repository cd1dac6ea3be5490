"""Two small schemes that disagree: the language reference's, laid over twice, with one catalogue of meanings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sanctuary.core.meanings import Catalogue
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.meanings import catalogue
from tests.support.chapters import BASE

MEANINGS = """\
facts:
  tenure: {title: How the home is held, options: {council: From the council, private: From a landlord, owner: Owned}}
  wanted: {title: The person wants the scheme}
  police: {title: The police object}
  needs: {title: What is needed, options: {locks: Locks, alarms: Alarms}}
  court: {title: A court order is in force}
measures:
  door_locks: {title: Door locks}
  camera: {title: Camera outside}
"""
NORTH: Mapping[str, str] = {
    "scheme.yaml": """\
scheme: north
extends: base
title: The North
vocabulary: {person: {one: neighbour, many: neighbours}}
reassignments:
  - {role: support, agency: council, when: "visit.wanted == 'no'", source: "north guide, 1"}
""",
    "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    after: [referral]
    clock: {within: 2 days, from: referral, source: "north guide, 2"}
    questions:
      tenure:
        ask: Who is the landlord?
        type: choice
        options: {public: The council, private: Someone else, owner: Nobody, boat: It is a boat}
        means: {tenure: {public: council, boat: []}}
      written:
        ask: Has the landlord agreed?
        type: yes_no
        when: "visit.tenure == 'private'"
        means: wanted
      wanted: {ask: Do they want it?, type: yes_no, means: wanted, source: "north guide, 3"}
      needs:
        ask: What is needed?
        type: choices
        options: {lock: Locks, bell: A bell}
        means: {needs: {lock: locks, bell: alarms}}
  opinion:
    kind: decision
    title: The police opinion
    who: [police]
    compartment: police
    after: [visit]
    questions:
      outcome: {ask: Do the police agree?, type: yes_no, means: {police: {yes: no, no: yes}}}
  farewell:
    kind: form
    title: A word at the end
    who: [support]
    compartment: core
    when: "visit.wanted == 'no'"
    after: [visit]
    questions:
      kept: {ask: Is there an order?, type: yes_no, means: court}
gates:
  willing:
    title: Do they want it?
    guards: [opinion]
    criteria:
      not_wanted:
        stops_if: "visit.wanted == 'no'"
        reason: The person does not want it.
        unknown: hold
        code: withdrawn
        instead: [advice]
        source: north guide, 4
      old_rule:
        stops_if: "visit.tenure == 'boat'"
        reason: Boats were not homes.
        unknown: hold
        in_force: {until: 2020-01-01}
        source: north guide, 5
  safe:
    title: Is it safe?
    guards: [later]
    criteria:
      police_object:
        stops_if: "opinion.outcome == 'no' || found.sort == 'hard'"
        reason: The police think it is not safe.
        unknown: hold
        instead: [refuge]
        source: north guide, 6
findings:
  sort:
    title: How hard it is
    rows:
      hard: {when: "visit.tenure == 'owner' && opinion.outcome == 'no'", is: hard, source: "north guide, 7"}
      easy: {otherwise: yes, is: easy, source: "north guide, 7"}
""",
    "6-aftercare.yaml": """\
steps:
  later:
    kind: form
    title: After a month
    who: [support]
    compartment: core
    after: [opinion]
    opens: {after: opinion, in: 1 month}
    clock: {within: not stated, from: opinion, source: "north guide, 8"}
  before:
    kind: form
    title: What was done before
    who: [support]
    compartment: core
    after: [opinion]
    clock: {within: 1 day, from: opinion, source: "north guide, 8", in_force: {until: 2020-01-01}}
  again:
    kind: form
    title: From time to time
    who: [support]
    compartment: core
    after: [opinion]
    every: 6 months
""",
    "measures.yaml": """\
measures:
  lock: {title: New locks, means: door_locks, source: "north guide, 9"}
  bolt: {title: Bolts, means: [door_locks, camera]}
""",
}
SOUTH: Mapping[str, str] = {
    "scheme.yaml": "scheme: south\nextends: base\ntitle: The South\n",
    "1-referral.yaml": """\
routes:
  council: {title: The council refers, who: [housing], survey: after, source: "south guide, 1"}
passed_on_to: housing
""",
    "measures.yaml": """\
measures:
  watch: {title: A camera, means: camera, status: denied, reason: It would watch others., source: "south guide, 2"}
""",
    "2-assessment.yaml": """\
steps:
  talk:
    kind: form
    title: A talk
    who: [housing]
    compartment: core
    after: [referral]
    questions:
      rented: {ask: Is it rented?, type: yes_no, means: {tenure: {yes: [council, private], no: owner}}}
      shown_to: {ask: Who does it?, type: choice, options_from: roles}
  choice:
    kind: decision
    title: The choice
    who: {chosen_in: talk.shown_to}
    compartment: core
    after: [talk]
    questions:
      outcome: {ask: What is chosen?, type: yes_no}
  second:
    kind: decision
    title: A second opinion
    who: [police]
    compartment: core
    after: [talk]
    questions:
      outcome: {ask: What do you choose?, type: yes_no}
decisions:
  both:
    title: Do both agree?
    opinions: [choice.outcome, second.outcome]
    for: ["yes"]
    rule: joint
    source: south guide, 3
gates:
  rented:
    title: Is it theirs to change?
    guards: [choice]
    criteria:
      passed:
        stops_if: "talk.rented == 'yes'"
        reason: Rented.
        unknown: hold
        then: pass_on
        to: police
        source: south guide, 4
      waits:
        stops_if: "talk.rented == 'yes'"
        reason: Not yet.
        unknown: hold
        then: wait
        status: Waiting for the owner
        source: south guide, 5
      advised:
        stops_if: "talk.rented == 'yes'"
        reason: Not here.
        unknown: hold
        then: advise
        instead: [advice]
        source: south guide, 6
""",
}


def neighbours(root: Path) -> tuple[Scheme, Scheme, Catalogue]:
    """The two schemes, written below `root`, and the catalogue beside them."""
    base = {path.name: path.read_text(encoding="utf-8") for path in BASE.glob("*.yaml")}
    (root / "meanings.yaml").write_text(MEANINGS, encoding="utf-8")
    for folder, files in (("base", base), ("north", NORTH), ("south", SOUTH)):
        (root / folder).mkdir(parents=True)
        for name, text in files.items():
            (root / folder / name).write_text(text, encoding="utf-8")
    found, problems = catalogue(root)
    north, south = load(root / "north"), load(root / "south")
    assert (north.problems, south.problems, problems) == ((), (), ())
    assert north.scheme is not None
    assert south.scheme is not None
    assert found is not None
    return north.scheme, south.scheme, found
