"""Do a case's page and letters tell of the right home, and the page of who knows that something is late?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sanctuary.core.clocks import Escalation, Period, Unit
from sanctuary.core.homes import Home, Property, PropertyFact
from sanctuary.core.letters import Letter, parse
from sanctuary.core.scheme import Scheme
from sanctuary.web.naming import target
from sanctuary.web.pages.case import case_page
from sanctuary.web.pages.letter import merged, sender
from tests.unit.web import sample
from tests.unit.web.test_pages import NOW, seen_under

HERE = Home(
    name="here", title="The present home", asked={"address": "referral.address", "postcode": "referral.postcode"}
)
AWAY = Home(name="away", title="A home to move into", asked={"address": "referral.landlord", "postcode": ""})
CONCERN = Property(homes={"rent": HERE, "own": AWAY}, which="referral.owns")


def about_the_home(homes: Property = CONCERN) -> Scheme:
    """The sample, about the home that is meant."""
    base = sample.scheme()
    derived = tuple(PropertyFact(part=part, concern=homes) for part in ("which", "address", "postcode"))
    text = parse("About {property.address}: {property.which}.")
    return replace(
        base,
        derived=derived,
        settles=(*derived, *base.settles),
        header=replace(base.header, address="property.address", postcode="property.postcode"),
        letters={"acceptance": Letter(name="acceptance", subject="Your home", blocks=text)},
    )


def people(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    return {line.label: line.lines for line in case_page(seen_under(scheme), NOW).people}


def test_the_header_tells_the_address_of_the_home_that_it_is_about() -> None:
    labels = people(about_the_home())
    assert ("1 Sample Street", "Northtown") in labels.values()
    other = people(about_the_home(replace(CONCERN, homes={"rent": AWAY})))
    assert ("Dale Example",) in other.values()
    assert ("1 Sample Street", "Northtown") not in other.values()


def test_a_letter_may_name_what_follows_from_the_answers() -> None:
    scheme = about_the_home()
    letter = merged(seen_under(scheme), scheme.steps["acceptance"], NOW)
    assert letter.missing == ()
    assert letter.blocks[0].text == "About 1 Sample Street\nNorthtown: The present home."


def test_a_letter_may_be_from_somebody_else_than_the_agency_that_sends_it() -> None:
    base = sample.scheme()
    plain = Letter(name="acceptance", subject="Your home", blocks=parse("{agency}"))
    for letter, named in ((plain, seen_under(base).staff.agency_title), (replace(plain, sender="Works"), "Works")):
        scheme = replace(base, letters={"acceptance": letter})
        seen, step = seen_under(scheme), scheme.steps["acceptance"]
        assert (sender(seen, step), merged(seen, step, NOW).blocks[0].text) == (named, named)


def test_the_page_says_who_is_told() -> None:
    base = sample.scheme()
    hours = Period(count=10, unit=Unit.HOURS)
    told = (Escalation(to="housing", before=hours), Escalation(to="police", before=hours))
    made = replace(base, clocks=(replace(base.clocks[0], escalations=told),))
    roles = " and ".join(base.roles[name].title for name in ("housing", "police"))
    for hours_on, said in ((0, f"Due soon: told to {roles}"), (5, f"Late: told to {roles}")):
        turn = case_page(seen_under(made), NOW + timedelta(hours=hours_on)).turns[0]
        assert turn.told == said
    assert case_page(seen_under(base), NOW).turns[0].told == ""


def test_a_deadline_is_told_from_the_date_before_which_it_is() -> None:
    base = sample.scheme()
    before = replace(base.clocks[0], before="referral.born", within=Period(count=7, unit=Unit.DAYS))
    assert target(base, before).startswith("by 7 days before “")
