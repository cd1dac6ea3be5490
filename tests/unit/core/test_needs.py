"""Do needs hold when they should, and do those speak that brought the answer about?"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Unknown
from sanctuary.core.needs import Account, Mode, Need, Onward, joined, opposite, settling, walk, weigh
from sanctuary.core.scheme import Scheme
from tests.support.proof import length
from tests.unit.core.town import CALENDAR, START, at, criterion, did, gate, opened, rule, scheme, step, waits

FACTS = ("a.x", "a.y", "b.x", "b.y")
ALL, ANY, NONE = Mode.ALL, Mode.ANY, Mode.NONE
WORDS = {"yes": True, "no": False}


def need(fact: str, then: Onward = Onward.REFUSE, name: str = "") -> Need:
    """That the answer to `fact` is yes."""
    account = Account(reason=f"Because of {fact}.", then=then, status=f"Waiting for {fact}", source="The guide")
    return Need(name=name or fact.replace(".", "_"), holds_if=rule(f"{fact} == 'yes'"), account=account)


def group(mode: Mode, *members: Need, name: str = "", account: Account | None = None) -> Need:
    """A group."""
    return Need(name=name, mode=mode, members=members, holds_if=joined(mode, members), account=account)


def scope(**answers: str) -> Scope:
    """What was answered, with "_" for the dot."""
    return Scope({name.replace("_", "."): word for name, word in answers.items()}, START.astimezone(LONDON), CALENDAR)


def speaking(tree: Need, **answers: str) -> list[str]:
    """The names of those that speak."""
    return [one.name for one in settling(weigh(tree, scope(**answers)))]


@pytest.mark.parametrize(
    ("mode", "x", "y", "holds"),
    [
        (ALL, "yes", "yes", True), (ALL, "yes", "no", False), (ALL, "", "no", False), (ALL, "", "yes", None),
        (ANY, "no", "no", False), (ANY, "yes", "no", True), (ANY, "yes", "", True), (ANY, "", "no", None),
        (NONE, "no", "no", True), (NONE, "yes", "no", False), (NONE, "yes", "", False), (NONE, "", "no", None),
    ],
)  # fmt: skip
def test_what_settles_a_group_wins_over_the_unknown(mode: Mode, x: str, y: str, holds: bool | None) -> None:
    tree = group(mode, need("a.x"), need("a.y"))
    answers = {name: word for name, word in (("a_x", x), ("a_y", y)) if word}
    found = weigh(tree, scope(**answers))
    assert (None if isinstance(found.holds, Unknown) else found.holds) is holds
    assert opposite(tree.holds_if).decide(scope(**answers)) == (
        found.holds if isinstance(found.holds, Unknown) else not found.holds
    )
    assert opposite(opposite(tree.holds_if)).tree == tree.holds_if.tree


def test_those_that_fail_speak() -> None:
    tree = group(ALL, group(ANY, need("a.x"), need("a.y")), group(NONE, need("b.x"), need("b.y")))
    assert speaking(tree, a_x="no", a_y="no", b_x="no", b_y="no") == ["a_x", "a_y"]
    assert speaking(tree, a_x="no", a_y="yes", b_x="no", b_y="yes") == ["b_y"]
    assert speaking(tree, a_x="no", a_y="no", b_x="yes", b_y="no") == ["a_x", "a_y", "b_x"]


def test_what_holds_speaks_inside_none_of() -> None:
    tree = group(NONE, group(ALL, need("a.x"), need("a.y")), group(NONE, need("b.x"), need("b.y")))
    assert speaking(tree, a_x="yes", a_y="yes", b_x="yes", b_y="no") == ["a_x", "a_y"]
    assert speaking(tree, a_x="no", a_y="yes", b_x="no", b_y="no") == ["b_x", "b_y"]


def test_a_group_with_an_account_speaks_for_its_members() -> None:
    inner = group(ANY, need("a.x"), need("a.y"), name="home", account=Account(reason="Neither."))
    assert speaking(group(ALL, inner, need("b.x")), a_x="no", a_y="no", b_x="yes") == ["home"]


def test_whatever_the_tree_those_that_speak_brought_the_answer_about() -> None:
    """Turn round what they say, leaving all else unknown, and the answer is undecided or another."""
    random, failed = Random(7), 0
    for _ in range(length(full=300, short=60)):
        tree = _random(random, 3)
        for words in product(("yes", "no"), repeat=len(FACTS)):
            answers = dict(zip(FACTS, words, strict=True))
            found = weigh(tree, Scope(answers, START, CALENDAR))
            assert found.holds is _naive(tree, answers)
            speakers = {name for one in settling(found) for name in one.holds_if.reads}
            kept = {name: word for name, word in answers.items() if name in speakers}
            assert weigh(tree, Scope(kept, START, CALENDAR)).holds is found.holds
            failed += found.holds is False
    assert failed


def _random(random: Random, depth: int) -> Need:
    if not depth or random.random() < 0.3:
        return need(random.choice(FACTS))
    return group(random.choice((ALL, ANY, NONE)), *(_random(random, depth - 1) for _ in range(random.randint(2, 3))))


def _naive(tree: Need, answers: dict[str, str]) -> bool:
    if not tree.members:
        (fact,) = tree.holds_if.reads
        return WORDS[answers[fact]]
    members = [_naive(member, answers) for member in tree.members]
    return {ALL: all(members), ANY: any(members), NONE: not any(members)}[tree.mode or ALL]


def needing(tree: Need) -> Scheme:
    """A scheme whose step c stands behind these needs."""
    suits = replace(criterion("suits", "a.x == 'no'", reason=""), needs=tree, stops_if=opposite(tree.holds_if))
    steps = (step("a"), step("b"), step("c"), step("d", after=("c",)))
    return scheme(*steps, gates=[gate("one", ("c",), suits, behind=("d",))])


def test_each_reason_has_its_path_its_facts_and_where_it_leads() -> None:
    tree = group(ALL, need("a.x", name="is_own"), need("b.x", Onward.ADVISE, name="quiet"))
    made = needing(tree)
    progress = at(made, 3, did("a", 1, x="no"), did("b", 1, x="no"))
    assert [(reason.rule, reason.facts, reason.onward) for reason in progress.stopped] == [
        ("one.suits.is_own", ("a.x",), Onward.REFUSE),
        ("one.suits.quiet", ("b.x",), Onward.ADVISE),
    ]
    assert progress.outcome == "stopped"


def test_where_all_that_fail_wait_nobody_is_refused() -> None:
    tree = group(ALL, need("a.x", Onward.WAIT), need("b.x"))
    made = needing(tree)
    progress = at(made, 3, did("a", 1, x="no"), did("b", 1, x="yes"))
    assert (progress.outcome, progress.stopped, progress.status) == ("open", (), "Waiting for a.x")
    assert (waits(progress), opened(progress), progress.unknown) == ({"c": ("a.x",), "d": ("c",)}, [], ())
    refused = at(made, 3, did("a", 1, x="no"), did("b", 1, x="no"))
    assert (refused.outcome, len(refused.stopped), refused.status, refused.held) == ("stopped", 2, "", ())


def test_a_step_that_waits_for_an_answer_names_what_is_unknown_besides() -> None:
    tree = group(ALL, need("a.x", Onward.WAIT), need("b.x"))
    made = needing(tree)
    also = gate("two", ("c",), criterion("other", "b.y == 'no'"))
    both = scheme(*made.steps.values(), gates=[*made.gates.values(), also])
    progress = at(both, 3, did("a", 1, x="no"), did("b", 1, x="yes"))
    assert (waits(progress)["c"], progress.unknown) == (("a.x", "b.y"), ("b.y",))


def test_a_gate_that_makes_wait_is_neither_open_nor_stopped() -> None:
    gates = [
        gate("one", ("c",), criterion("no_money", "a.x == 'no'", then=Onward.WAIT)),
        gate("two", ("d",), criterion("then", "gate.one == 'stopped'")),
    ]
    made = scheme(step("a"), step("c"), step("d"), step("e", any_time=True), gates=gates)
    assert waits(at(made, 3, did("a", 1, x="no"))) == {"c": ("a.x",), "d": ("gate.one",)}
    assert opened(at(made, 3, did("a", 1, x="yes"))) == ["c", "d"]


def test_what_may_be_done_at_any_time_waits_too() -> None:
    made = scheme(
        step("a"), step("c", any_time=True),
        gates=[gate("one", ("c",), criterion("no_money", "a.x == 'no'", then=Onward.WAIT))],
    )  # fmt: skip
    assert at(made, 3, did("a", 1, x="yes")).available == ("c",)
    assert at(made, 3, did("a", 1, x="no")).available == ()


def test_every_need_is_found() -> None:
    tree = group(ALL, need("a.x"), group(ANY, need("a.y"), need("b.x"), name="some"))
    assert [one.name for one in walk(tree)] == ["", "a_x", "some", "a_y", "b_x"]
