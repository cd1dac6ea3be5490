"""Does a posted form become the plain answers that a person meant, and do kept answers come back as they were typed?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from sanctuary.core.answers import Plain
from sanctuary.core.facts import Silence
from sanctuary.core.forms import read
from sanctuary.core.scheme import Question, QuestionType
from sanctuary.web.forms.kept import kept, plain
from sanctuary.web.forms.posted import blank, typed
from sanctuary.web.forms.rows import changed_rows
from tests.unit.web import sample

REFERRAL = sample.scheme().steps["referral"]


def post(**fields: str | list[str]) -> QueryDict:
    """A form as a browser sends it."""
    return QueryDict(urlencode(fields, doseq=True))


def asked(kind: QuestionType, **more: object) -> Question:
    """One question called q."""
    return sample.question("q", "What is it?", kind, **more)


@pytest.mark.parametrize(
    ("kind", "fields", "meant"),
    [
        (QuestionType.TEXT, {"q": " some text "}, "some text"),
        (QuestionType.TEXT, {}, ""),
        (QuestionType.YES_NO, {"q": "yes"}, "yes"),
        (QuestionType.CHOICE, {"q": "not_known"}, "not_known"),
        (QuestionType.CHOICES, {"q": ["a", "b"]}, ["a", "b"]),
        (QuestionType.CHOICES, {"q": ["declined"]}, "declined"),
        (QuestionType.CHOICES, {}, []),
        (
            QuestionType.DATE,
            {"q-day": "3", "q-month": "4", "q-year": "1990"},
            {"day": "3", "month": "4", "year": "1990"},
        ),
        (QuestionType.DATE, {"q-day": "3"}, {"day": "3", "month": "", "year": ""}),
        (QuestionType.DATE, {"q-day": " "}, ""),
        (QuestionType.DATE, {"q-silence": "not_known"}, "not_known"),
        (QuestionType.AMOUNT, {"q-amount": "12.50", "q-per": "week"}, {"amount": "12.50", "per": "week"}),
        (QuestionType.AMOUNT, {"q-amount": "", "q-per": "week"}, ""),
        (QuestionType.ADDRESS, {"q": "1 Street\r\nTown"}, "1 Street\r\nTown"),
        (QuestionType.TEXT, {"q": "", "q-silence": "something else"}, ""),
    ],
)
def test_each_type_is_read(kind: QuestionType, fields: dict[str, str | list[str]], meant: Plain) -> None:
    found = typed([asked(kind)], post(**fields))
    assert found.plain == {"q": meant}
    assert found.faults == {}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (QuestionType.TEXT, {"q": "text", "q-silence": "declined"}),
        (QuestionType.DATE, {"q-day": "3", "q-silence": "not_known"}),
        (QuestionType.CHOICES, {"q": ["a", "not_known"]}),
    ],
)
def test_an_answer_and_a_silence_together_are_a_fault_and_the_answer_is_kept(
    kind: QuestionType, fields: dict[str, str | list[str]]
) -> None:
    found = typed([asked(kind)], post(**fields))
    assert list(found.faults) == ["q"]
    assert not blank(found.plain["q"])


def rows(**fields: str) -> QueryDict:
    """The sample's children."""
    return post(**fields)


CHILDREN = next(question for question in REFERRAL.questions if question.name == "children")


def test_blank_rows_are_dropped_and_faults_move_with_their_rows() -> None:
    posted = rows(**{
        "children-rows": "3",
        "children-1-name": "Bilal Example",
        "children-2-name": "Cora Example",
        "children-2-born-day": "3",
        "children-2-born-silence": "not_known",
    })  # fmt: skip
    found = typed([CHILDREN], posted)
    names = [row["name"] for row in found.plain["children"]]  # type: ignore[union-attr,call-overload,index]
    assert names == ["Bilal Example", "Cora Example"]
    assert list(found.faults) == ["children-1-born"]


def test_rows_are_added_and_taken_away_with_the_rest_kept() -> None:
    posted = rows(**{"children-rows": "2", "children-0-name": "Bilal", "children-1-name": "Cora", "add": "children"})
    kept_rows = typed([CHILDREN], posted, keep_blank_rows=True).plain
    assert [row.get("name", "") for row in changed_rows(posted, kept_rows)["children"]] == ["Bilal", "Cora", ""]  # type: ignore[union-attr]
    taking = rows(
        **{"children-rows": "2", "children-0-name": "Bilal", "children-1-name": "Cora", "remove": "children-0"}
    )
    left = changed_rows(taking, typed([CHILDREN], taking, keep_blank_rows=True).plain)["children"]
    assert [row["name"] for row in left] == ["Cora"]  # type: ignore[union-attr,index,call-overload]


@pytest.mark.parametrize("count", ["", "-1", "x", "²", "99999999"])
def test_a_forged_count_of_rows_does_no_harm(count: str) -> None:
    found = typed([CHILDREN], rows(**{"children-rows": count}))
    assert found.plain == {"children": []}


def test_every_kept_answer_reads_back_as_itself() -> None:
    facts, calendar = sample.facts(), sample.scheme().calendar
    reading = read(REFERRAL, kept(REFERRAL, facts.answers), {}, sample.NOW, calendar, drafting=True)
    assert reading.faults == {}
    own = {name.partition(".")[2]: value for name, value in facts.answers.items()}
    assert {name: value for name, value in reading.answers.items() if name in own} == own


def test_values_come_back_as_they_were_typed() -> None:
    assert plain(Silence.DECLINED) == "declined"
    assert plain(Decimal("12.50")) == "12.50"
    assert plain(date(1990, 4, 3)) == {"day": "3", "month": "4", "year": "1990"}
    assert plain({"amount": Decimal("1.00"), "per": "week"}) == {"amount": "1.00", "per": "week"}
