"""Is nothing that is the perpetrator's ever taken for safe? However it is spelled, and whichever came first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import cycle, islice, product
from random import Random

import pytest

from sanctuary.core import reach
from sanctuary.core.answers import Fault, check
from sanctuary.core.clocks import LONDON
from sanctuary.core.facts import Facts, Value
from sanctuary.core.progress import evaluate
from sanctuary.core.reach import REFUSED, REFUSED_UNREAD, Kind, refused, within_reach
from sanctuary.core.scheme import Question, QuestionType, Scheme
from sanctuary.core.whose import Whose
from sanctuary.loader import load_all
from tests.support.proof import SHORT, figure
from tests.support.source import ROOT

NOW = datetime(2026, 6, 1, 9, tzinfo=LONDON)
CASES, SPELLINGS = 50, 100 if SHORT else 1000
SCHEMES = {key: loaded.scheme for key, loaded in load_all(ROOT / "schemes").items() if loaded.scheme}
_PREFIXES = ("0", "+44", "+44 ", "+44(0)", "+44 (0) ", "(+44) ", "0044", "0044 (0)", "00 44 ", "44 ", "+44 0", "(0)")
_BETWEEN = ("", " ", "-", ".", "  ", "/", ") (")
PERPETRATORS = {
    "hammersmith_fulham": "triage",
    "national_model": "safety_assessment",
    "norfolk": "initial_assessment",
    "uttlesford": "referral",
    "west_norfolk": "referral",
}


def spelled(national: str, chance: Random) -> Iterator[str]:
    """Ever other spellings of a number of the United Kingdom."""
    cuts = [(3, 3), (2, 4), (4, 3), (5, 0), (3, 0), (0, 0)]
    ways = list(product(_PREFIXES, cuts, _BETWEEN, _BETWEEN))
    chance.shuffle(ways)
    for prefix, (first, second), left, right in ways:
        parts = [national[:first], national[first : first + second], national[first + second :]]
        yield prefix + left.join(part for part in (parts[0], right.join(filter(None, parts[1:]))) if part)


def asked(scheme: Scheme, kind: QuestionType, whose: Whose) -> tuple[str, Question]:
    """The first question of the scheme of this type about this person, and its step."""
    found = [
        (step.name, q) for step in scheme.steps.values() for q in step.questions if (q.type, q.of) == (kind, whose)
    ]
    return found[0]


def facts(answers: Mapping[str, Value] | None = None, drafts: Mapping[str, Value] | None = None) -> Facts:
    return Facts(opened_at=NOW, area="", answers=answers or {}, drafts=drafts or {})


@pytest.mark.failure(2)
def test_no_spelling_of_the_perpetrators_number_is_taken_for_safe() -> None:
    """Given first or drafted first, read by whoever types or not: refused; given second: the safe one is so no more."""
    chance, tried = Random(2), 0
    for number, scheme in zip(range(CASES), cycle(SCHEMES.values()), strict=False):
        national = f"{chance.choice('127')}{chance.randint(10**8, 10**9 - 1)}"
        theirs, own = (
            asked(scheme, QuestionType.PHONE, Whose.PERPETRATOR),
            asked(scheme, QuestionType.PHONE, Whose.PERSON),
        )
        step = scheme.steps[own[0]]
        known = {f"{theirs[0]}.{theirs[1].name}": f"0{national}"}
        for nth, spelling in enumerate(islice(spelled(national, chance), SPELLINGS)):
            value = check(own[1], spelling)
            assert isinstance(value, str), (spelling, value)
            before = facts(drafts=known) if nth % 2 else facts(known)
            reads = frozenset({theirs[1].compartment}) if nth % 3 else frozenset[str]()
            found = refused(scheme, step, {own[1].name: value}, before, reads)
            assert found == {own[1].name: REFUSED[Kind.PHONE] if nth % 3 else REFUSED_UNREAD}, spelling
            after = facts({f"{own[0]}.{own[1].name}": f"0{national}"}, {f"{theirs[0]}.{theirs[1].name}": value})
            assert within_reach(scheme, after) == (f"{own[0]}.{own[1].name}",), spelling
            tried += 1
        other = str(int(national) + 1)
        assert not refused(scheme, step, {own[1].name: f"0{other}"}, facts(known), frozenset()), number
    figure(f"{tried:,} spellings in {CASES} cases refused, and flagged where they came first")
    assert tried == CASES * SPELLINGS


@pytest.mark.failure(2)
@pytest.mark.parametrize("key", SCHEMES)
def test_every_scheme_can_hold_how_the_perpetrator_is_reached(key: str) -> None:
    scheme = SCHEMES[key]
    found = {(q.type, q.of) for step in scheme.steps.values() for q in step.questions}
    for kind in (
        QuestionType.NAME,
        QuestionType.PHONE,
        QuestionType.EMAIL,
        QuestionType.ADDRESS,
        QuestionType.POSTCODE,
    ):
        assert (kind, Whose.PERPETRATOR) in found
    assert (QuestionType.NAME, Whose.PERPETRATORS_LANDLORD) in found
    assert all(
        question.optional
        for step in scheme.steps.values()
        for question in step.questions
        if question.of in (Whose.PERPETRATOR, Whose.PERPETRATORS_LANDLORD)
        and question.type in (QuestionType.PHONE, QuestionType.EMAIL, QuestionType.ADDRESS)
    )


NORFOLK = SCHEMES["norfolk"]
REFERRAL = NORFOLK.steps["referral"]
HIS = "initial_assessment.perpetrator_"


def said(**theirs: Value) -> Facts:
    return facts({HIS + name: value for name, value in theirs.items()})


def test_an_email_address_in_other_spellings_is_refused() -> None:
    for spelling in ("Max@mail.example", "max+home@mail.example", " max@MAIL.example"):
        found = refused(
            NORFOLK, REFERRAL, {"safe_email": spelling}, said(email="max@mail.example"), frozenset({"shared"})
        )
        assert found == {"safe_email": REFUSED[Kind.EMAIL]}
    assert not refused(
        NORFOLK, REFERRAL, {"safe_email": "ada@mail.example"}, said(email="max@mail.example"), frozenset()
    )


def test_a_number_among_the_words_of_how_contact_is_safe_is_refused() -> None:
    told = {"safe_times": "Mornings, on 020 7946 0188, or max@mail.example"}
    assert refused(NORFOLK, REFERRAL, told, said(phone="+44 20 7946 0188"), frozenset()) == {
        "safe_times": REFUSED_UNREAD
    }
    assert refused(NORFOLK, REFERRAL, told, said(other_contacts="or Max@mail.example"), frozenset()) == {
        "safe_times": REFUSED_UNREAD
    }
    assert not refused(NORFOLK, REFERRAL, {"safe_times": "10 to 2"}, said(phone="020 7946 0188"), frozenset())


def test_words_about_the_person_that_are_no_contact_are_left_alone() -> None:
    told = {"outcome": "They were called from 020 7946 0188"}
    assert not refused(NORFOLK, NORFOLK.steps["other_remedies"], told, said(phone="020 7946 0188"), frozenset())


def test_what_was_typed_on_the_same_form_is_no_secret_from_who_typed_it() -> None:
    scheme = SCHEMES["uttlesford"]
    both = {"safe_phone": "020 7946 0188", "perpetrator_phone": "+44 20 7946 0188"}
    found = refused(scheme, scheme.steps["referral"], both, facts(), frozenset())
    assert found == {"safe_phone": REFUSED[Kind.PHONE]}


def test_an_answer_given_anew_takes_the_place_of_the_one_before() -> None:
    scheme = SCHEMES["uttlesford"]
    before = facts({"referral.perpetrator_phone": "020 7946 0188"})
    anew = {"safe_phone": "020 7946 0188", "perpetrator_phone": "020 7946 0199"}
    assert not refused(scheme, scheme.steps["referral"], anew, before, frozenset())


def test_the_perpetrators_own_number_is_always_taken() -> None:
    before = facts({"referral.safe_phone": "020 7946 0188"})
    step = NORFOLK.steps["initial_assessment"]
    assert not refused(NORFOLK, step, {"perpetrator_phone": "020 7946 0188"}, before, frozenset())


def test_homes_and_landlords_are_flagged_and_not_refused() -> None:
    home = {"address": "14 Alder Close, Example", "postcode": "ZZ1 1AA"}
    his = said(address="Flat 1\n14, Alder Close", postcode="zz1 1aa")
    assert not refused(NORFOLK, REFERRAL, home, his, frozenset())
    own = {f"referral.{name}": value for name, value in home.items()}
    assert within_reach(NORFOLK, replace(his, answers={**his.answers, **own})) == ()  # a flat is not the whole house
    same = said(address="14, Alder Close", postcode="zz1 1aa").answers
    assert within_reach(NORFOLK, facts({**same, **own})) == ("referral.address",)
    assert within_reach(NORFOLK, facts({**said(address="14 Alder Close").answers, **own})) == ("referral.address",)
    owner = {"initial_assessment.owner": "It is let by Example Homes Ltd, of Example"}
    assert within_reach(NORFOLK, facts({**said(landlord="Example Homes").answers, **owner})) == (
        "initial_assessment.owner",
    )
    assert within_reach(
        NORFOLK, facts({**said(name="Max Example").answers, "initial_assessment.owner": "Max Example"})
    ) == ("initial_assessment.owner",)
    assert within_reach(NORFOLK, facts({**said(landlord="Other Homes").answers, **owner})) == ()


def test_a_landlord_who_is_reached_like_the_perpetrator_is_flagged() -> None:
    scheme = SCHEMES["hammersmith_fulham"]
    answers = {"triage.perpetrator_phone": "020 7946 0188", "landlord_route.contact": "by 02079460188"}
    assert within_reach(scheme, facts(answers)) == ("landlord_route.contact",)
    given = {"contact": answers.pop("landlord_route.contact")}
    assert not refused(scheme, scheme.steps["landlord_route"], given, facts(answers), frozenset())


def test_the_perpetrators_landlord_is_reached_as_they_may_be() -> None:
    """A housing association lets to both: its number is nobody's secret."""
    answers: dict[str, Value] = {
        HIS + "landlord": "Example Homes, 020 7946 0188",
        "referral.safe_phone": "020 7946 0188",
    }
    assert within_reach(NORFOLK, facts(answers)) == ()


def test_namesakes_and_nobody_are_no_clash() -> None:
    answers: dict[str, Value] = {HIS + "name": "Sam Example", "referral.name": "Sam Example"}
    assert within_reach(NORFOLK, facts(answers)) == ()
    assert within_reach(NORFOLK, facts({"referral.safe_phone": "020 7946 0188"})) == ()


def test_rows_are_looked_at_one_by_one() -> None:
    step = NORFOLK.steps["support_section"]
    children = next(question for question in step.questions if question.name == "children")
    phone = Question(name="phone", ask="Phone", type=QuestionType.PHONE, compartment="children", of=Whose.CHILD)
    rows = replace(children, columns=(*children.columns, phone))
    sections = tuple(
        replace(part, questions=tuple(rows if each.name == "children" else each for each in part.questions))
        for part in step.sections
    )
    changed = replace(step, sections=sections)
    scheme = replace(NORFOLK, steps={**NORFOLK.steps, "support_section": changed})
    given: Value = ({"name": "Jo Example"}, {"name": "Al Example", "phone": "020 7946 0188"})
    found = refused(scheme, changed, {"children": given}, said(phone="020 7946 0188"), frozenset())
    assert found == {"children-1-phone": REFUSED_UNREAD}
    assert {trace.form for trace in reach.traces(scheme, {"support_section.children": given})} >= {
        "al example",
        "example jo",
    }


def test_progress_names_what_is_not_safe_and_no_more() -> None:
    told = facts({**said(phone="020 7946 0188").answers, "referral.safe_phone": "0044 20 79460188"})
    assert evaluate(NORFOLK, replace(told, area="norwich"), NOW).unsafe == ("referral.safe_phone",)


def test_a_number_of_another_kind_is_checked_as_ever() -> None:
    assert isinstance(check(asked(NORFOLK, QuestionType.PHONE, Whose.PERSON)[1], "12"), Fault)
