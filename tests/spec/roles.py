"""The chapter about areas, agencies, roles and what they may read."""

from tests.support.chapter import Case, Chapter, Refused

CHAPTER = Chapter(
    name="roles",
    title="Areas, agencies, roles and compartments",
    text="""
Who does what is said by role; which agency plays a role is said by area. `agencies` holds names only: how an agency
is reached is no part of a definition. A `reassignment` lets another agency play a role in the cases that it
describes.

The record is kept in `compartments`. A compartment is what may be read as one, is encrypted as one, and is erased
as one. Its number stays the same for as long as there are records. A compartment that is `guarded` stays out of a
copy that is made for the person who asks what is held about them, until somebody decides otherwise: telling of it
could hinder preventing or detecting crime, or seriously harm somebody. What a role `reads` is a list of rules: a list
of compartments that it may always read, or compartments with the condition under which it may, the step `until`
which it may, or both: no condition can say that something is not done yet. A role always reads
what it writes itself only as far as a rule says so.
""",
    keys=(
        "SchemeFile.areas",
        "AreaShape.*",
        "SchemeFile.agencies",
        "SchemeFile.roles",
        "RoleShape.*",
        "ReadingShape.*",
        "SchemeFile.reassignments",
        "ReassignmentShape.*",
        "SchemeFile.compartments",
        "CompartmentShape.*",
    ),
    cases=(
        Case(
            title="The area says which agency plays each role",
            files={
                "scheme.yaml": """\
agencies: {village_council: Village Council}
areas:
  village: {title: The village, agencies: {housing: village_council, police: constabulary, support: charity}}
"""
            },
            begun="""\
- at: 2026-03-02 09:00
  opened: {area: village}
""",
            expect="""\
- at: 2026-03-02 10:00
  agencies: {housing: village_council, police: constabulary}
""",
        ),
        Case(
            title="In some cases another agency plays a role",
            files={
                "scheme.yaml": """\
agencies: {victim_service: Victim Service}
reassignments:
  - role: support
    agency: victim_service
    when: "referral.hate_crime == 'yes'"
    source: guide, part 1
    meets: [N2]
"""
            },
            begun="""\
- at: 2026-03-02 09:00
  opened: {area: town}
- at: 2026-03-02 09:10
  did: referral
  as: police
  answers: {hate_crime: yes}
""",
            expect="""\
- at: 2026-03-02 09:05
  agencies: {support: charity}
- at: 2026-03-02 10:00
  agencies: {support: victim_service}
""",
        ),
        Case(
            title="A role reads a compartment from some time on",
            files={
                "scheme.yaml": """\
compartments:
  opinions: {number: 3, title: Opinions, holds: What each agency thinks, guarded: yes}
roles:
  support:
    reads:
      - [core]
      - compartments: [opinions, housing]
        when: "has(assessment.wants_it)"
        source: guide, part 5
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
""",
            expect="""\
- at: 2026-03-02 09:30
  reads: {support: [core]}
- at: 2026-03-02 10:30
  reads: {support: [core, opinions, housing]}
""",
        ),
        Case(
            title="A role reads a compartment until a step is done",
            files={
                "scheme.yaml": """\
compartments:
  opinions: {number: 3, title: Opinions, holds: What each agency thinks}
roles:
  support:
    reads:
      - [core]
      - compartments: [opinions]
        until: assessment
        source: guide, part 5
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
""",
            expect="""\
- at: 2026-03-02 09:30
  reads: {support: [core, opinions]}
- at: 2026-03-02 10:30
  reads: {support: [core]}
""",
        ),
        Refused(
            title="A compartment that does not exist",
            files={
                "scheme.yaml": """\
roles:
  support: {title: Support agency, reads: [[cor]]}
"""
            },
            problems=("scheme.yaml:2:45: there is no compartment 'cor'; did you mean 'core'?",),
        ),
        Refused(
            title="Two compartments with one number",
            files={
                "scheme.yaml": """\
compartments:
  opinions: {number: 2, title: Opinions, holds: What each agency thinks}
"""
            },
            problems=("scheme.yaml:2:22: the number 2 belongs to 'police'; give this another",),
        ),
    ),
)
