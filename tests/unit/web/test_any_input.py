"""Whatever is posted, is it read, judged and shown again without falling over, and is every fault linked to a box?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanctuary.core.facts import Silence
from sanctuary.core.forms import read
from sanctuary.web.forms.page import Typing, body
from sanctuary.web.forms.posted import typed
from tests.unit.web import sample

SCHEME = sample.scheme()
REFERRAL = SCHEME.steps["referral"]
PARTS = ("", "-day", "-month", "-year", "-time", "-amount", "-per", "-silence", "-rows")
NAMES = [f"{question.name}{part}" for question in REFERRAL.questions for part in PARTS]
NAMES += [
    f"children-{row}-{column}" for row in range(3) for column in ("name", "born-day", "born-year", "born-silence")
]
TEXTS = st.one_of(
    st.text(max_size=12),
    st.integers(-3, 2100).map(str),
    st.sampled_from(
        ["yes", "no", "own", "rent", "fire", "week", "14:30", "NR1 1AA", *(each.value for each in Silence)]
    ),
)


class Posted(dict[str, list[str]]):
    """A form as Django hands it on."""

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        return self[name][-1] if self.get_list(name) else default

    def get_list(self, name: str) -> list[str]:
        return dict.get(self, name, [])

    getlist = get_list


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(TEXTS, max_size=3), max_size=40))
def test_any_form_is_judged_and_shown_again(fields: dict[str, list[str]]) -> None:
    answers = typed(REFERRAL.questions, Posted(fields))
    reading = read(REFERRAL, answers.plain, {}, sample.NOW, SCHEME.calendar)
    faults = {**reading.faults, **answers.faults}
    shown = body("referral", REFERRAL.questions, Typing(plain=answers.plain, faults=faults))
    assert {problem.text for problem in shown.problems} == set(faults.values())
    assert "#main-content" not in {problem.href for problem in shown.problems}
