"""The chapter about definitions that extend others, and versions."""

from tests.support.chapter import Case, Chapter

CHAPTER = Chapter(
    name="extends",
    title="Extending a definition, and versions",
    text="""
A definition with `extends` begins with everything that another one in the same folder of schemes says. Its own
files are laid over it: mappings key by key, everything else as a whole, and `null` (or nothing) takes a key out. So
a district can vary what its county does and say only what differs. Every snippet in this reference extends the
small base scheme.

A version is known by what the files say and not by a number: any change makes another one, and spaces and comments
make none. A case keeps the version that it began on until it is moved on purpose, which is an event.
""",
    keys=("SchemeFile.extends",),
    cases=(
        Case(
            title="Adding, changing and taking out",
            files={
                "scheme.yaml": """\
extends: base
title: The village's own way
""",
                "2-assessment.yaml": """\
steps:
  assessment:
    who: [support]
    after: null
  visit:
    kind: form
    title: First visit
    who: [housing]
    compartment: core
    after: [referral]
""",
            },
            begun="""\
- at: 2026-03-02 09:00
  opened: {area: town}
""",
            expect="""\
- at: 2026-03-02 10:00
  open:
    referral: {}
    assessment: {who: [support]}
  waiting: {visit: [referral]}
""",
        ),
    ),
)
