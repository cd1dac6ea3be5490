"""Is what is known of the home of concern that of the right home, and does what is missing name its question?"""

from dataclasses import replace

from sanctuary.core import homes
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Silence, Unknown, Value
from sanctuary.core.homes import Home, Property, PropertyFact
from sanctuary.core.wording import Wording
from tests.unit.core.town import CALENDAR, START, case, scheme, step

PRESENT = Home(name="present", title="Present home", asked={"address": "a.here", "kind": "a.kind"})
NEXT = Home(name="next", title="Next home", asked={"address": "a.there"})
BOTH = Property(homes={"present": PRESENT, "next": NEXT}, which="a.which")
ONE = Property(homes={"present": PRESENT})


def of(part: str, concern: Property = BOTH, **answers: Value) -> object:
    known = {f"a.{name}": value for name, value in answers.items()}
    return PropertyFact(part=part, concern=concern).decide(case(), Scope(known, START, CALENDAR))


def test_it_is_the_home_that_was_chosen() -> None:
    assert of("which", which="next") == "next"
    assert of("address", which="next", there="2 Example Street", here="1 Example Street") == "2 Example Street"
    assert of("address", which="present", here="1 Example Street") == "1 Example Street"
    assert of("kind", which="next") is Silence.NOT_APPLICABLE
    assert (of("which", ONE), of("address", ONE, here="Here")) == ("present", "Here")


def test_what_is_missing_is_to_be_asked() -> None:
    assert of("address") == of("which") == of("which", which="gone") == Unknown(frozenset({"a.which"}))
    assert of("address", which="next") == Unknown(frozenset({"a.there"}))
    assert of("kind", which="present", kind=Silence.DECLINED) == Unknown(frozenset({"a.kind"}))
    assert of("kind", which="present", kind=Silence.NOT_APPLICABLE) is Silence.NOT_APPLICABLE
    assert of("which", which=Silence.NOT_APPLICABLE) is Silence.NOT_APPLICABLE


def test_the_question_behind_a_fact_is_the_home_s_own() -> None:
    assert BOTH.asked("property.address", {"a.which": "next"}) == "a.there"
    assert (BOTH.asked("property.address", {}), BOTH.asked("property.kind", {"a.which": "next"})) == ("", "")
    assert BOTH.asked("referral.address", {}) == "referral.address"


def test_a_fact_rests_on_the_choice_and_the_question_of_each_home() -> None:
    fact = PropertyFact(part="address", concern=BOTH)
    assert (fact.name, fact.reads) == ("property.address", {"a.which", "a.there", "a.here"})
    assert PropertyFact(part="kind", concern=ONE).reads == {"a.kind"}
    assert homes.of([fact]) is BOTH
    assert homes.of(()) is None


def test_it_is_told_in_words() -> None:
    kinds = replace(BOTH, labels={"kind": {"flat": "Flat"}})
    facts = tuple(PropertyFact(part=part, concern=kinds) for part in ("which", "address", "kind"))
    words = Wording(scheme=scheme(step("a"), derived=facts))
    assert words.fact("property.address") == "The address of the home that it is about"
    assert [words.value("property.which", "next"), words.value("property.kind", "flat")] == ["“Next home”", "“Flat”"]
    assert words.value("property.address", "2 Example Street") == "“2 Example Street”"
