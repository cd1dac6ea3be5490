"""Do grants follow any sequence of sharing, ending, taking back, asking again, closing and time? Against an oracle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sanctuary.actions.kept import grants
from sanctuary.core.clocks import Unit
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts
from sanctuary.core.progress import evaluate
from tests.support.proof import length
from tests.unit.core.test_sharing import OTHERS, SHARE, made, terms
from tests.unit.core.town import START, period

EXAMPLES = length(full=2000, short=200)
LASTS = 30  # hours, of the consent that the police's reading of the core rests on too
SCHEME = made(replace(SHARE, lasts=period(LASTS, Unit.HOURS)), OTHERS)
MAY_READ = {"housing": {"core", "police"}, "police": {"core", "police"}, "support": {"core", "police", "money"}}
NUMBER = {"core": 0, "police": 1, "money": 2}
ACCOUNT = "8d1cf1ae-5f0e-4c1e-9a5c-0d8c2a5c5f0a"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody does, so many hours after what was done before."""

    verb: str
    after: int
    role: str = "police"
    parts: tuple[str, ...] = ("core",)
    rests_on: str = "child"
    lasts: int = 10
    which: int = 0


acts = st.lists(
    st.builds(
        Act,
        st.sampled_from(["share", "share", "end", "withdraw", "agree", "refuse", "reopen", "close", "open again"]),
        st.integers(1, 20),
        st.sampled_from(sorted(MAY_READ)),
        st.sets(st.sampled_from(sorted(NUMBER)), min_size=1).map(lambda parts: tuple(sorted(parts))),
        st.sampled_from(["child", "share", "alone"]),
        st.integers(1, 60),
        st.integers(0, 9),
    ),
    max_size=14,
)


@dataclass(slots=True)
class Standing:
    """What the oracle keeps of a share: told what happens, one thing after the other, it forgets what is over."""

    role: str
    parts: frozenset[str]
    until: datetime
    consent: bool
    alone: bool


@dataclass(slots=True)
class Oracle:
    """Twenty lines of plain book-keeping, which know nothing of events, facts or schemes."""

    shares: dict[int, Standing]
    agreed: datetime | None = None
    closed: bool = False

    def drop(self, *, resting: bool = False) -> None:
        """Whatever was shared is over: all of it, or what rests on the consent. An emergency is not."""
        kept = {n: one for n, one in self.shares.items() if one.alone or (resting and not one.consent)}
        self.shares = kept

    def lapsed(self, now: datetime) -> None:
        """The consent is over by itself."""
        if self.agreed is not None and now >= self.agreed + timedelta(hours=LASTS):
            self.agreed = None
            self.drop(resting=True)

    def sees(self, now: datetime) -> dict[tuple[int, str, bool], frozenset[int]]:
        """Number of the share, role and whether it is one person's -> compartments."""
        return {
            (number, one.role, one.alone): frozenset(NUMBER[part] for part in one.parts & MAY_READ[one.role])
            for number, one in self.shares.items()
            if one.until > now and one.parts & MAY_READ[one.role]
        }


def story(done: list[Act]) -> Iterator[tuple[list[Event], Oracle, datetime]]:
    """The events so far and what the oracle says, after each act; acts that the site would refuse are left out."""
    now = START
    told, oracle = [Event(kind=EventKind.OPENED, at=now, area="town", version="v1")], Oracle({})
    for act in done:
        now += timedelta(hours=act.after)
        oracle.lapsed(now)
        told += _happen(act, now, len(told) + 1, oracle)
        yield told, oracle, now


def _happen(act: Act, now: datetime, number: int, oracle: Oracle) -> list[Event]:
    match act.verb:
        case "share":
            return _share(act, now, number, oracle)
        case "end" if oracle.shares:
            which = sorted(oracle.shares)[act.which % len(oracle.shares)]
            del oracle.shares[which]
            return [Event(kind=EventKind.UNSHARED, at=now, step=str(which))]
        case "withdraw" if oracle.agreed:
            oracle.agreed = None
            oracle.drop(resting=True)
            return [Event(kind=EventKind.WITHDRAWN, at=now, step="share")]
        case "agree" | "refuse" if not oracle.closed:
            oracle.agreed = now if act.verb == "agree" else None
            oracle.drop(resting=True)
            answers = {"x": "yes" if act.verb == "agree" else "no"}
            return [Event(kind=EventKind.ANSWERED, at=now, step="a", answers=answers), _done("a", now)]
        case "reopen" if oracle.agreed and not oracle.closed:
            oracle.agreed = None
            oracle.drop(resting=True)
            return [Event(kind=EventKind.REOPENED, at=now, step="a", reason="To be sure")]
        case "close" if not oracle.closed:
            oracle.closed = True
            oracle.drop()
            return [Event(kind=EventKind.ANSWERED, at=now, step="e", answers={"reason": "helped"}), _done("e", now)]
        case "open again" if oracle.closed:
            oracle.closed = False
            return [Event(kind=EventKind.REOPENED, at=now, step="e", reason="Too soon")]
    return []


def _share(act: Act, now: datetime, number: int, oracle: Oracle) -> list[Event]:
    consent, alone = act.rests_on == "share", act.rests_on == "alone"
    if (consent and not oracle.agreed) or (oracle.closed and not alone):
        return []
    until = now + timedelta(hours=act.lasts)
    basis = {"consent": "share"} if consent else {"account": ACCOUNT} if alone else {}
    ends = min(until, oracle.agreed + timedelta(hours=LASTS)) if consent and oracle.agreed else until
    oracle.shares[number] = Standing(act.role, frozenset(act.parts), ends, consent, alone)
    given = replace(terms(number, role=act.role, parts=act.parts, **basis), until=until)
    return [Event(kind=EventKind.EMERGENCY if alone else EventKind.SHARED, at=now, share=given, role="housing")]


def _done(step: str, now: datetime) -> Event:
    return Event(kind=EventKind.DONE, at=now, step=step, role="housing")


def stored(facts: Facts, now: datetime, later: datetime) -> dict[tuple[int, str, bool], frozenset[int]]:
    """What the grants that were stored `now` still open at a `later` time, when nobody has looked since."""
    rows = grants(SCHEME, facts, evaluate(SCHEME, facts, now), now)
    return {
        (row.basis, row.role, row.account is not None): row.reads
        for row in rows
        if row.basis > 0 and row.valid_until > later
    }


@settings(max_examples=EXAMPLES, deadline=None)
@given(acts)
def test_what_is_open_by_an_act_is_what_the_oracle_says(done: list[Act]) -> None:
    for told, oracle, now in story(done):
        assert stored(fold(told), now, now) == oracle.sees(now)


@settings(max_examples=EXAMPLES, deadline=None)
@given(acts, st.integers(0, 80))
def test_it_goes_on_being_right_while_nobody_looks(done: list[Act], hours: int) -> None:
    """Rows that were stored end by themselves, as if somebody had looked all the time."""
    for told, oracle, now in story(done):
        later = now + timedelta(hours=hours)
        assert stored(fold(told), now, later) == oracle.sees(later)


@settings(max_examples=EXAMPLES, deadline=None)
@given(acts, st.integers(0, 80))
def test_what_the_procedure_gives_goes_on_being_right_too(done: list[Act], hours: int) -> None:
    """The police read the core while the consent lasts, whether or not anybody looks when it lapses."""
    for told, oracle, now in story(done):
        later = now + timedelta(hours=hours)
        rows = grants(SCHEME, fold(told), evaluate(SCHEME, fold(told), now), now)
        mine = [row for row in rows if row.role == "police" and row.basis <= 0 and row.valid_until > later]
        agreed = oracle.agreed is not None and later < oracle.agreed + timedelta(hours=LASTS)
        assert frozenset().union(*(row.reads for row in mine)) == ({0, 1} if agreed else {1})
        assert [row.basis for row in mine if row.in_list] == [0]


@settings(max_examples=EXAMPLES, deadline=None)
@given(acts)
def test_no_share_lets_anybody_write_or_stand_in_a_list_twice(done: list[Act]) -> None:
    for told, _, now in story(done):
        rows = grants(SCHEME, fold(told), evaluate(SCHEME, fold(told), now), now)
        assert all(not row.writes for row in rows if row.basis != 0)
        listed = [(row.agency, row.role) for row in rows if row.in_list and row.account is None]
        assert len(listed) == len(set(listed))
