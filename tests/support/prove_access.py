"""Do the right people see a case, and nobody else? Runs each proof of Access; one line a claim, with its figure.

`python -m tests.support.prove_access`; SHORT=1 asks for fewer ways, worlds and words.
"""

from __future__ import annotations

import sys

from tests.support.prove import Claim, main, tests

MATRIX = "tests/access/test_matrix.py"
SHOWN_BY = (
    Claim(
        says="Every role, page, part of the record and relation: no leak, no wrong refusal",
        shown_by=tests(MATRIX, "-k", "not stands_on_the_page"),
    ),
    Claim(
        says="A page, role or part without a line in who-may-see-what.md fails, and so does a line without one",
        shown_by=tests(MATRIX, "-k", "stands_on_the_page"),
    ),
    Claim(
        says="Duties open their own pages only; what must be fresh is; jobs and commands show nothing of a case",
        shown_by=tests("tests/access/test_duties.py"),
    ),
    Claim(
        says="The database answers as an independent oracle does, in random contexts",
        shown_by=tests("tests/database/test_oracle.py"),
    ),
    Claim(
        says="Forged, replayed and moved contexts see nothing",
        shown_by=tests("tests/database/test_contexts.py", "tests/database/test_escalation.py"),
    ),
    Claim(says="Every policy weakened in turn is noticed", shown_by=tests("tests/database/test_mutants.py")),
    Claim(
        says="Functions that act for the engine ask for duty, proof and part; a weaker one is noticed",
        shown_by=tests("tests/database/test_acts.py", "tests/database/test_acts_on_people.py"),
    ),
    Claim(
        says="The look at the catalogue finds every seeded defect and every right too many; production does not start",
        shown_by=tests("tests/database/test_catalogue.py", "tests/database/test_rights.py"),
    ),
    Claim(
        says="Planted words are in no dump, log, file or table; a word planted in clear is found",
        shown_by=tests("tests/database/test_canaries.py", "tests/database/test_canaries_everywhere.py"),
    ),
    Claim(
        says="Forbidden, excluded and missing are one: content, status and time",
        shown_by=tests("tests/access/test_exclusion.py", "tests/unit/support/test_indistinguishable.py"),
    ),
    Claim(
        says="Measured, a case that is hidden takes as long as one that never was",
        shown_by=(".venv/bin/python", "-m", "tests.support.access.indistinguishable", "--requests", "4000"),
    ),
    Claim(
        says="Every cell of the threat model names a test that exists; every real failure has its tests or its part",
        shown_by=tests("tests/access/test_threat_model.py", "tests/access/test_failures.py"),
    ),
)
# `make test` has shown these already: the short form leaves them out.
BUILT = (
    Claim(
        says="Every way in takes two proofs, and the ways in are counted",
        shown_by=tests("tests/access/test_ways_in.py", "tests/access/test_sign_in.py"),
        long=True,
    ),
    Claim(
        says="Sharing has a purpose, a ground and an end; taking a consent back cuts access and notices at once",
        shown_by=tests(
            "tests/access/test_sharing.py", "tests/access/test_withdrawal.py", "tests/access/test_who_can_see.py"
        ),
        long=True,
    ),
    Claim(
        says="Conflicts of interest are declared and found, and leave no trace",
        shown_by=tests("tests/access/test_screening.py", "tests/access/test_crossing.py"),
        long=True,
    ),
    Claim(
        says="The perpetrator's reach is refused or flagged", shown_by=tests("tests/access/test_reach.py"), long=True
    ),
    Claim(
        says="Emergency access ends by itself, raises an alarm, is reviewed",
        shown_by=tests("tests/access/test_emergency.py"),
        long=True,
    ),
    Claim(
        says="Two-person acts hold in any order and at once",
        shown_by=tests("tests/access", "-k", "proposals or release"),
        long=True,
    ),
    Claim(
        says="Every reading is noted first and chained; changes are found; snooping and decoys raise alarms",
        shown_by=tests(
            "tests/access", "-k", "audit or noted_first or chains or snooping or decoy or budgets or alarms"
        ),
        long=True,
    ),
    Claim(
        says="Records end as their scheme says, with a certificate, and stay gone after a restored backup",
        shown_by=tests("tests/access", "-k", "retention or disposal or erasure or figures or held or records_pages"),
        long=True,
    ),
    Claim(
        says="Copies for the person leave others out",
        shown_by=tests("tests/access", "-k", "subject_access or random_copies"),
        long=True,
    ),
)
BAD_INPUT = (
    Claim(
        says="Expired, replayed, forwarded or guessed invitations and sessions open nothing",
        shown_by=tests("tests/access/test_invitations.py", "tests/access/test_sessions.py"),
    ),
    Claim(
        says="A role removed in the middle of a form loses nothing that was typed, and writes nothing",
        shown_by=tests("tests/access/test_people.py"),
    ),
    Claim(
        says="The last administrator cannot be locked out, alone or two at once",
        shown_by=tests("tests/access/test_last_administrator.py"),
    ),
    Claim(
        says="A passkey from another origin, replayed or copied signs nobody in",
        shown_by=tests("tests/access/test_passkeys.py"),
    ),
)


if __name__ == "__main__":
    sys.exit(main((*SHOWN_BY, *BUILT, *BAD_INPUT)))
