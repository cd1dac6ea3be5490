"""What does a choice of measures come to, and what may not be chosen? A small stock, and every way through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from sanctuary.core.chosen import Chosen, OnLoan, Part, PartChosen
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.fittings import Measure, Package, Sort, Status
from sanctuary.core.forms import hand_in, read
from sanctuary.core.measures import DWELLING, Choosing, Stock
from sanctuary.core.origin import Origin
from sanctuary.core.scheme import QuestionType
from tests.unit.core.town import CALENDAR, START, after, question, rule, step

_GUIDE = Origin(source="The guide, part 9")


def _measure(name: str, **rest: object) -> Measure:
    return Measure(name=name, title=name.title(), origin=_GUIDE, **rest)  # type: ignore[arg-type]


def _exception(name: str, **rest: object) -> Measure:
    terms: dict[str, object] = {"status": Status.EXCEPTIONAL, "justified_in": "a.why", "approver": "The council"}
    return _measure(name, **{**terms, **rest})


MEASURES = (
    _measure("lock", implies=("key",)),
    _measure("key", sort=Sort.PROVIDED),
    _measure("alarm", mandatory_when=rule("b.x == 'yes'")),
    _measure("grille", not_in=frozenset({"flat"})),
    _measure("porch", replaced_in={"flat": "chain"}),
    _measure("chain"),
    _measure("camera", status=Status.DENIED, reason="No cameras outside.", instead=("Lock", "Advice")),
    _measure("mast", status=Status.DENIED, reason="No masts."),
    _exception("bars", approved_in="c.agreed"),
    _exception("film", approved_in="a.agreed"),
    _exception("sign", approved_in="c.y", justified_in="c.why"),
    _exception("fence", approved_by=("housing",)),
    _measure("phone", sort=Sort.SERVICE, returned_in="d.back"),
)
STOCK = Stock(
    measures={each.name: each for each in MEASURES},
    packages={
        "small": Package(name="small", title="Small", measures=("lock",)),
        "odd": Package(name="odd", title="Odd", measures=("grille",)),
        "all": Package(name="all", title="All", measures=("chain", "lock"), includes=("small", "odd")),
    },
)
CHOOSING = Choosing(step="a", title="Survey", stock=STOCK, offers=(("extra", ""), ("rows", "item")), specifies=True)
_HOUSE: Mapping[str, Value] = {DWELLING: "house", "b.x": "no"}


def _scope(**known: Value) -> Scope:
    return Scope({**_HOUSE, **{name.replace("__", "."): value for name, value in known.items()}}, START, CALENDAR)


def _chosen(*names: str, **known: Value) -> Scope:
    return _scope(a__extra=names, **known)


def _list(scope: Scope, choosing: Choosing = CHOOSING) -> tuple[str, ...]:
    return tuple(choosing.gather(scope).items)


def test_packages_nest_each_measure_once() -> None:
    assert STOCK.contents("all") == ("lock", "grille", "chain")
    assert STOCK.contents("lock") == ("lock",)
    assert STOCK.contents("nothing") == ()


def test_what_is_implied_and_mandatory_is_added_and_said() -> None:
    scope = _chosen("lock", b__x="yes")
    assert _list(scope) == ("lock", "alarm", "key")
    assert CHOOSING.notes(scope) == (
        "‘Alarm’ is added: in this case it always is.",
        "‘Key’ is added: it comes with ‘Lock’.",
    )


def test_undecided_is_what_may_still_change_the_list() -> None:
    scope = Scope({"a.extra": ("lock", "grille")}, START, CALENDAR)
    assert CHOOSING.gather(scope).undecided == {"b.x", DWELLING}
    assert CHOOSING.notes(scope)[-1].startswith("It is not known yet what kind of home")
    declined = _chosen("porch", property__kind=Silence.DECLINED)
    assert CHOOSING.gather(declined).undecided == {DWELLING}
    assert CHOOSING.gather(_chosen("lock", property__kind=Silence.NOT_KNOWN)).undecided == set()
    assert CHOOSING.gather(_chosen("grille", property__kind=Silence.NOT_APPLICABLE)).undecided == set()


def test_a_kind_of_dwelling_excludes_or_changes() -> None:
    flat = _chosen("all", "porch", property__kind="flat")
    assert _list(flat) == ("lock", "chain", "key")
    assert "‘Grille’ is left out: not for this kind of home." in CHOOSING.notes(flat)
    alone = _chosen("porch", property__kind="flat")
    assert CHOOSING.notes(alone) == ("‘Chain’ takes the place of ‘Porch’ in this kind of home.",)
    assert CHOOSING.faults(alone) == {}
    refused = CHOOSING.faults(_chosen("grille", property__kind="flat"))["extra"]
    assert refused == "Choose something other than ‘Grille’. It is not for this kind of home (flat)."


def test_denied_is_told_with_reason_source_and_what_else_there_is() -> None:
    found = CHOOSING.faults(_chosen("camera"))
    assert found == {
        "extra": "Choose something other than ‘Camera’. No cameras outside. Source: The guide, part 9. "
        "What else there is: Lock; Advice."
    }
    assert CHOOSING.faults(_chosen("mast", "camera"))["extra"].endswith("part 9.")


def test_a_step_that_is_limited_for_now_offers_no_more() -> None:
    only: Mapping[str, Value] = {"limited__a": ("chain", "key")}
    assert CHOOSING.faults(_chosen("chain", **only)) == {}
    message = "Choose ‘Chain’ or ‘Key’: for now nothing else can be chosen here"
    assert CHOOSING.faults(_chosen("all", **only)) == {"extra": message}
    assert "Choose nothing" in CHOOSING.faults(_chosen("chain", limited__a=()))["extra"]


def test_rows_are_judged_at_their_own_field() -> None:
    rows: Value = ({"item": "lock"}, {"item": "camera"}, {}, "no row")
    scope = _scope(a__rows=rows)
    assert [*CHOOSING.faults(scope)] == ["rows-1-item"]
    assert _list(_scope(a__rows=({"item": ("lock", "chain")},))) == ("lock", "chain", "key")
    assert _list(_scope(a__rows=Silence.NOT_APPLICABLE, a__extra=Silence.DECLINED)) == ()


def test_an_exception_needs_its_justification() -> None:
    assert [*CHOOSING.faults(_chosen("bars"))] == ["why"]
    assert [*CHOOSING.faults(_chosen("bars", a__why=Silence.DECLINED))] == ["why"]
    assert CHOOSING.faults(_chosen("bars", a__why="The street is dark")) == {}
    assert [*CHOOSING.faults(_chosen("sign"))] == ["extra"]


def test_an_exception_needs_somebody_to_agree() -> None:
    waits = _chosen("bars", a__why="Dark")
    assert CHOOSING.notes(waits) == ("‘Bars’ needs the agreement of The council.",)
    agreed = _chosen("bars", a__why="Dark", c__agreed=("bars",))
    assert (_list(agreed), CHOOSING.notes(agreed), CHOOSING.faults(agreed)) == (("bars",), (), {})
    refused = _chosen("bars", a__why="Dark", c__agreed=("film",))
    assert _list(refused) == ()
    assert CHOOSING.notes(refused) == ("‘Bars’ is left out: its agreement was not given.",)
    assert "agreement of The council" in CHOOSING.faults(refused)["extra"]


@pytest.mark.parametrize(("answer", "agreed"), [("yes", True), ("no", False), (Silence.NOT_KNOWN, None)])
def test_yes_or_no_agrees_to_all(answer: Value, agreed: bool | None) -> None:
    assert CHOOSING.agreed(STOCK.measures["sign"], _scope(c__y=answer)) is agreed


def test_an_agreement_in_the_step_itself_is_asked_for_at_once() -> None:
    assert [*CHOOSING.faults(_chosen("film", a__why="Dark"))] == ["agreed"]
    assert CHOOSING.faults(_chosen("film", a__why="Dark", a__agreed=("film",))) == {}


def test_a_role_that_agrees_by_choosing_it() -> None:
    fence = STOCK.measures["fence"]
    assert CHOOSING.agreed(fence, _scope(by__a="housing")) is True
    assert CHOOSING.agreed(fence, _scope(by__a="police")) is None
    assert CHOOSING.agreed(STOCK.measures["lock"], _scope(by__a="housing")) is None


def test_a_step_that_only_tells_what_was_fitted_adds_and_refuses_nothing() -> None:
    telling = replace(CHOOSING, specifies=False)
    scope = _chosen("camera", "lock", "bars", b__x="yes", property__kind="flat")
    assert (telling.faults(scope), telling.notes(scope)) == ({}, ())
    assert _list(scope, telling) == ("camera", "lock", "bars")
    assert telling.reads == {"a.extra", "a.rows"}
    assert CHOOSING.reads == {"a.extra", "a.rows", "b.x", "c.agreed", "a.agreed", "c.y", DWELLING}
    plain = Choosing(step="a", title="", stock=Stock(measures={}, packages={}), offers=(("extra", ""),), specifies=True)
    assert plain.reads == {"a.extra"}


WHOLE = Chosen(choosing=CHOOSING)


def _whole(**known: Value) -> Value | Unknown:
    return WHOLE.decide(Facts(opened_at=START, area=""), _scope(done__a=START, **known))


def _part(part: Part, **known: Value) -> Value | Unknown:
    return PartChosen(whole=WHOLE, part=part).decide(Facts(opened_at=START, area=""), _scope(**known))


def test_the_facts_of_what_was_chosen() -> None:
    measures = _whole(a__extra=("bars", "lock", "sign", "phone"), c__agreed=("bars",))
    assert measures == ("lock", "key", "bars", "sign", "phone")
    known: Mapping[str, Value] = {"measures__a": measures, "c__agreed": ("bars",)}
    assert _part(Part.FITTED, **known) == ("lock", "bars", "sign")
    assert _part(Part.EXCEPTIONAL, **known) == ("bars", "sign")
    assert _part(Part.AWAITING, **known) == ("sign",)
    assert (WHOLE.title, WHOLE.labels["lock"]) == ("What is chosen in “Survey”", "Lock")
    fact = PartChosen(whole=WHOLE, part=Part.FITTED)
    assert (fact.name, fact.reads) == ("measures.a_fitted", CHOOSING.reads | {"measures.a"})
    assert (fact.title, fact.labels["lock"]) == ("What is fitted of what is chosen in “Survey”", "Lock")


def test_the_facts_are_not_known_before_the_step_or_while_it_may_change() -> None:
    facts = Facts(opened_at=START, area="")
    assert WHOLE.decide(facts, _chosen("lock")) == Unknown(frozenset({"a.extra", "a.rows"}))
    assert _whole(a__extra=("grille",), property__kind=Silence.NOT_KNOWN) == Unknown(frozenset({DWELLING}))
    assert _part(Part.FITTED) == Unknown(frozenset({"measures.a"}))


def _on_loan(known: Mapping[str, Value], **done: float) -> Value | Unknown:
    facts = Facts(opened_at=START, area="", done={name: after(hours) for name, hours in done.items()})
    return OnLoan(stock=STOCK, steps=("a", "b")).decide(facts, Scope(known, after(100), CALENDAR))


def test_what_is_on_loan() -> None:
    lent: Mapping[str, Value] = {"measures.a": ("lock", "phone")}
    assert _on_loan({}) == ()
    assert _on_loan({}, a=1) == Unknown(frozenset({"measures.a"}))
    assert _on_loan(lent, a=1) == ("phone",)
    assert _on_loan({**lent, "d.back": ("phone",)}, a=1, d=2) == ()
    assert _on_loan({**lent, "d.back": ()}, a=1, d=2) == ("phone",)
    assert _on_loan({**lent, "d.back": ("phone",)}, a=3, d=2) == ("phone",)
    loan = OnLoan(stock=STOCK, steps=("a", "b"))
    assert (loan.title, loan.labels["phone"]) == ("What was lent and has not come back", "Phone")
    assert (loan.name, loan.reads) == ("measures.on_loan", {"measures.a", "measures.b", "d.back"})


def test_a_form_is_judged_as_a_whole_when_it_is_handed_in() -> None:
    options = {name: name for name in (*STOCK.measures, *STOCK.packages)}
    form = step(
        "a",
        question("extra", QuestionType.CHOICES, options=options),
        question("why", QuestionType.TEXT, optional=True),
        checks=(CHOOSING,),
    )
    plain = {"extra": ["camera", "bars"]}
    assert [*read(form, plain, _HOUSE, START, CALENDAR).faults] == ["extra", "why"]
    assert read(form, plain, _HOUSE, START, CALENDAR, drafting=True).faults == {}
    drafts: Mapping[str, Value] = {"a.extra": ("bars",), "a.why": "Dark"}
    assert hand_in(form, drafts, _HOUSE, START, CALENDAR).faults == {}
    assert [*hand_in(form, {}, _HOUSE, START, CALENDAR).faults] == ["extra"]
