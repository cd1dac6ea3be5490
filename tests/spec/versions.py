"""The chapter about versions of a definition."""

from tests.support.chapter import Case, Chapter, Refused

CHAPTER = Chapter(
    name="versions",
    title="Versions and their dates",
    text="""
A definition is known by its content: whatever changes what it says makes another version. `edition` is the date of
the text, for people to speak of it ("the edition of 1 May 2026"). A case goes on under the version that it began
with, until somebody moves it on purpose. A role that `may` do `move_cases` is shown on the page of a case when a
newer version runs; what would change for this case is shown first, and nothing changes before that is confirmed. The
role that counts is the one in the newer version.
""",
    keys=("SchemeFile.edition", "RoleShape.may"),
    cases=(
        Case(
            title="An edition, and who moves cases to it",
            files={
                "scheme.yaml": """\
edition: 2026-05-01
roles:
  housing: {title: Council, reads: [[core, housing]], may: [move_cases]}
"""
            },
            events="""\
- {at: 2026-05-02 10:00, moved: "1a2b3c4d5e6f", as: housing}
""",
            expect="""\
- at: 2026-05-02 11:00
  open: [assessment]
""",
        ),
        Refused(
            title="A day that there is not, and something that nobody may do",
            files={
                "scheme.yaml": """\
edition: 2026-02-30
roles:
  housing: {may: [move_case]}
"""
            },
            problems=(
                "scheme.yaml:1:10: there is no such day as 2026-02-30",
                "scheme.yaml:3:19: 'move_case' cannot stand here; did you mean 'move_cases'?",
            ),
        ),
    ),
)
