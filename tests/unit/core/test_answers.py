"""Is each kind of answer taken, refused in words, and said back as a person would say it?"""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctuary.core.answers import Fault, check, missing, per_period, pounds, said, unfinished
from sanctuary.core.clocks import LONDON
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import Question, QuestionType

T = QuestionType
OPTIONS = {"chain": "Door chain", "viewer": "Door viewer"}


def question(type_: QuestionType, **rest: object) -> Question:
    rest = {"options": OPTIONS if type_ in (T.CHOICE, T.CHOICES) else {}, **rest}
    return Question(name="it", ask="What is it?", type=type_, compartment="core", **rest)  # type: ignore[arg-type]


CHILD = question(
    T.ROWS,
    columns=(
        Question(name="name", ask="Name", type=T.NAME, compartment="core"),
        Question(name="born", ask="Born on", type=T.DATE, compartment="core", optional=True),
    ),
)
GOOD = [
    (T.YES_NO, "yes", "yes", "Yes"),
    (T.CHOICE, "chain", "chain", "Door chain"),
    (T.CHOICES, ["chain", "viewer"], ("chain", "viewer"), "Door chain\nDoor viewer"),
    (T.CHOICES, "chain", ("chain",), "Door chain"),
    (T.TEXT, "  two \n lines ", "two lines", "two lines"),
    (T.LONG_TEXT, "one\r\ntwo ", "one\ntwo", "one\ntwo"),
    (T.NAME, "Łucja  Ştefan", "Łucja Ştefan", "Łucja Ştefan"),
    (T.ADDRESS, "1 Example Street\nNorwich", "1 Example Street\nNorwich", "1 Example Street\nNorwich"),
    (T.POSTCODE, "nr1 1-aa", "NR1 1AA", "NR1 1AA"),
    (T.POSTCODE, "zz99 3vz", "ZZ99 3VZ", "ZZ99 3VZ"),
    (T.POSTCODE, "bfpo 12", "BFPO 12", "BFPO 12"),
    (T.PHONE, "020 7946 0123", "020 7946 0123", "020 7946 0123"),
    (T.PHONE, "+48 (22) 555-0123", "+48 (22) 555-0123", "+48 (22) 555-0123"),
    (T.EMAIL, " ada@mail.example ", "ada@mail.example", "ada@mail.example"),
    (T.NUMBER, " 3 ", 3, "3"),
    (T.MONEY, "£1,234.5", Decimal("1234.50"), "£1,234.50"),
    (T.AMOUNT, {"amount": "12.50", "per": "week"}, {"amount": Decimal("12.50"), "per": "week"}, "£12.50 a week"),
    (T.AMOUNT, "£30 a quarter", {"amount": Decimal("30.00"), "per": "quarter"}, "£30.00 a quarter"),
    (T.DATE, "2026-03-02", date(2026, 3, 2), "2 March 2026"),
    (T.DATE, {"day": "29", "month": "2", "year": "2028"}, date(2028, 2, 29), "29 February 2028"),
    (T.MOMENT, "2026-03-02 14:30", datetime(2026, 3, 2, 14, 30, tzinfo=LONDON), "2 March 2026 at 14:30"),
    (
        T.MOMENT,
        {"day": "2", "month": "7", "year": "2026", "time": "9.05"},
        datetime(2026, 7, 2, 9, 5, tzinfo=LONDON),
        "2 July 2026 at 09:05",
    ),
]
BAD = [
    (T.YES_NO, "maybe", "", "Select yes or no"),
    (T.CHOICE, "camera", "", "Select an answer"),
    (T.CHOICES, ["chain", "camera"], "", "Select at least one"),
    (T.CHOICES, {"day": "1"}, "", "Select at least one"),
    (T.TEXT, ["a"], "", "Enter an answer"),
    (T.TEXT, "x" * 20_001, "", "20,000 characters or fewer"),
    (T.LONG_TEXT, "a\x00b", "", "control characters"),
    (T.POSTCODE, "NR1", "", "full UK postcode"),
    (T.PHONE, "999", "", "telephone number"),
    (T.EMAIL, "ada", "", "email address"),
    (T.NUMBER, "-3", "", "whole number"),
    (T.NUMBER, "²", "", "whole number"),
    (T.MONEY, "12.345", "", "amount in pounds"),
    (T.AMOUNT, {"amount": "lots", "per": "week"}, "amount", "amount in pounds"),
    (T.AMOUNT, {"amount": "12", "per": "fortnight"}, "", "how often"),
    (T.AMOUNT, "12.50", "", "how often"),
    (T.DATE, {"day": "3", "month": "", "year": "2026"}, "month", "with a month"),
    (T.DATE, "31 March", "day", "with a day"),
    (T.DATE, "2026-02-30", "day", "real date"),
    (T.DATE, {"day": "3", "month": "3", "year": "26"}, "year", "year"),
    (T.MOMENT, "2026-03-02", "time", "24-hour clock"),
    (T.MOMENT, {"day": "2", "month": "3", "year": "x", "time": "10:00"}, "year", "with a year"),
    (T.ROWS, "text", "", "at least one row"),
    (T.ROWS, ["text"], "", "at least one row"),
]


@pytest.mark.parametrize(("type_", "plain", "value", "words"), GOOD)
def test_a_good_answer_is_taken_and_said(type_: QuestionType, plain: object, value: object, words: str) -> None:
    asked = question(type_)
    assert check(asked, plain) == value  # type: ignore[arg-type]
    assert said(asked, value) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(("type_", "plain", "at", "message"), BAD)
def test_a_wrong_answer_is_refused_in_words(type_: QuestionType, plain: object, at: str, message: str) -> None:
    fault = check(question(type_), plain)  # type: ignore[arg-type]
    assert isinstance(fault, Fault)
    assert fault.at == at
    assert message in fault.message


@pytest.mark.parametrize("plain", ["", "  ", [], [""], {"day": "", "month": " "}, [{"name": ""}], {"per": "week"}])
def test_nothing_is_no_answer(plain: object) -> None:
    assert check(question(T.ROWS), plain) is None  # type: ignore[arg-type]


def test_a_silence_is_taken_only_where_it_is_allowed() -> None:
    assert check(question(T.DATE, allow=(Silence.NOT_KNOWN,)), "not_known") is Silence.NOT_KNOWN
    assert isinstance(check(question(T.DATE, allow=(Silence.NOT_KNOWN,)), "declined"), Fault)
    assert said(question(T.DATE), Silence.DECLINED) == "Declined to say"


def test_rows_are_read_column_by_column() -> None:
    rows = [{"name": "Sam Example", "born": "2019-05-01"}, {"name": "", "born": ""}, {"name": "Jo Example"}]
    value = check(CHILD, rows)
    assert value == ({"name": "Sam Example", "born": date(2019, 5, 1)}, {"name": "Jo Example"})
    assert said(CHILD, value) == "Sam Example, 1 May 2019\nJo Example"


@pytest.mark.parametrize(
    ("row", "at"), [({"born": "2019-05-01"}, "1-name"), ({"name": "Jo", "born": "2019-13-01"}, "1-born-day")]
)
def test_a_wrong_row_is_found(row: dict[str, str], at: str) -> None:
    fault = check(CHILD, [{"name": "Sam"}, row])
    assert isinstance(fault, Fault)
    assert fault.at == at


def test_a_row_may_be_left_half_done_for_now() -> None:
    drafted = check(CHILD, [{"name": "Sam"}, {"born": "2019-05-01"}], drafting=True)
    assert drafted == ({"name": "Sam"}, {"born": date(2019, 5, 1)})
    fault = unfinished(CHILD, drafted)
    assert fault is not None
    assert fault.at == "1-name"
    assert unfinished(CHILD, check(CHILD, [{"name": "Sam"}])) is None


def test_a_missing_answer_is_asked_for_by_name() -> None:
    assert missing(question(T.YES_NO)).message == "Select yes or no for ‘What is it?’"


def test_amounts_come_to_one_period() -> None:
    assert per_period(Decimal("100.00"), "week", "month") == Decimal("433.33")
    assert per_period(Decimal("90.00"), "quarter", "year") == Decimal("360.00")
    assert pounds(Decimal("-1234.5")) == "-£1,234.50"
    with pytest.raises(TypeError):
        pounds("12")


PLAIN = st.recursive(
    st.text(max_size=30) | st.sampled_from(["yes", "2026-01-01", "12.50", "not_known"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["day", "month", "year", "time", "amount", "per", "name"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.sampled_from(list(T)), PLAIN)
def test_whatever_is_typed_is_taken_or_refused(type_: QuestionType, plain: object) -> None:
    asked = question(type_, allow=tuple(Silence), columns=CHILD.columns)
    value = check(asked, plain)  # type: ignore[arg-type]
    if value is not None and not isinstance(value, Fault):
        assert isinstance(said(asked, value), str)
