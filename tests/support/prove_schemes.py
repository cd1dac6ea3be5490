"""What do the schemes promise, and does it hold? Runs each proof; one line a claim, with its figure.

`python -m tests.support.prove_schemes`; SHORT=1 walks fewer paths and weakens fewer rules.
"""

from __future__ import annotations

import sys

from tests.support.prove import Claim, main, tests

CHECK = (".venv/bin/sanctuary", "check", "schemes")
SCHEMES = (
    Claim(says="All schemes do what their examples say, and differ as the contradictions say", shown_by=CHECK),
    Claim(
        says="Every known contradiction is a pair of examples with the same facts",
        shown_by=tests("tests/schemes/test_contradictions.py"),
    ),
    Claim(
        says="There are at least sixty examples, and some of every scheme",
        shown_by=tests("tests/schemes/test_reachability.py::test_there_are_examples_enough"),
    ),
    Claim(
        says="Every step, gate, criterion, letter, closing reason and way out is reached by some example",
        shown_by=tests(
            "tests/schemes/test_reachability.py",
            "--deselect=tests/schemes/test_reachability.py::test_there_are_examples_enough",
        ),
    ),
    Claim(
        says="Every path through Norfolk's initial form ends as the paper form says",
        shown_by=tests("tests/schemes/test_every_path.py"),
    ),
    Claim(
        says="A mutation of any gate in any definition fails some example",
        shown_by=(".venv/bin/python", "-m", "tests.support.scheme_mutants"),
    ),
    Claim(
        says="Every key of the language is specified, and does what its page says",
        shown_by=tests("tests/spec"),
    ),
    Claim(
        says="Definitions that contradict themselves are found on load and named",
        shown_by=tests("tests/spec", "-k", "contradict or itself"),
    ),
    Claim(
        says="No answers are missed in looking for contradictions",
        shown_by=tests("tests/properties/test_worlds.py"),
    ),
    Claim(
        says="All five schemes run in the browser, by their roles, from referral to aftercare",
        shown_by=tests("tests/journey/test_every_scheme.py"),
    ),
)


if __name__ == "__main__":
    sys.exit(main(SCHEMES))
