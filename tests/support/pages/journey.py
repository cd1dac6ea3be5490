"""The seven stages as each scheme goes through them: pictures, steps, rules in words, times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sanctuary.core.needs import Need, walk
from sanctuary.core.scheme import Criterion, Scheme, Stance, Step
from sanctuary.core.stages import Stage
from sanctuary.core.wording import Wording
from sanctuary.loader import load_all
from sanctuary.web.pathway import draw
from sanctuary.web.pathway.marks import KIND_NAMES
from sanctuary.web.pathway.standing import who
from sanctuary.web.pathway.text import listed
from tests.support.pages.markdown import page, table

SCHEMES = Path(__file__).parents[3] / "schemes"
_STAGES = {
    Stage.REFERRAL: "Somebody asks for help, for themselves or for another, and is heard at once.",
    Stage.ASSESSMENT: "What the person wants, how they live, and what the agencies know is put together.",
    Stage.DECISION: "Those who decide say yes, or say why not and what else there is.",
    Stage.SURVEY: "The home is looked at, and what is to be fitted is written down.",
    Stage.WORKS: "The works are agreed, done, and told to those who need to know.",
    Stage.AFTERCARE: "The person is asked how things are, and support goes on or ends.",
    Stage.MONITORING: "What there was to learn is kept, and the case is closed.",
}


def schemes() -> Mapping[str, Scheme]:
    """Every scheme of the checkout that loads."""
    found = {key: loaded.scheme for key, loaded in load_all(SCHEMES).items()}
    return {key: scheme for key, scheme in found.items() if scheme is not None}


def pages() -> Mapping[str, str]:
    """A page for each stage, and the pictures."""
    all_schemes = schemes()
    made = {f"docs/reference/schemes/{key}.svg": f"{draw(scheme)}\n" for key, scheme in all_schemes.items()}
    for stage in Stage:
        made[f"docs/journey/{_file(stage)}.md"] = _page(stage, all_schemes)
        for key, scheme in all_schemes.items():
            if any(step.stage is stage for step in scheme.steps.values()):
                made[f"docs/journey/pictures/{key}-{stage.value}.svg"] = f"{draw(scheme, only=stage)}\n"
    return made | {"docs/journey/README.md": _index(all_schemes)}


def _file(stage: Stage) -> str:
    return stage.value


def _index(all_schemes: Mapping[str, Scheme]) -> str:
    stages = [f"{stage.position}. [{stage.value.capitalize()}]({_file(stage)}.md): {_STAGES[stage]}" for stage in Stage]
    several = [
        f"## {scheme.title}\n\n{scheme.about}\n\n![The pathway of the {scheme.title}](../reference/schemes/{key}.svg)"
        for key, scheme in all_schemes.items()
    ]
    introduction = "Every scheme goes through the same seven stages. What is done in them each scheme says for itself."
    return page("The journey", introduction, "\n".join(stages), *several)


def _page(stage: Stage, all_schemes: Mapping[str, Scheme]) -> str:
    several = [part for key, scheme in all_schemes.items() for part in _scheme(stage, key, scheme)]
    return page(f"{stage.position}. {stage.value.capitalize()}", _STAGES[stage], *several)


def _scheme(stage: Stage, key: str, scheme: Scheme) -> Iterator[str]:
    steps = [step for step in scheme.steps.values() if step.stage is stage]
    if not steps:
        return
    yield f"## {scheme.title}"
    yield f"![{stage.value.capitalize()} in the {scheme.title}](pictures/{key}-{stage.value}.svg)"
    head = ("step", "what it is", "who", "after", "only if", "time allowed", "where it says so")
    yield table(head, (_step(step, scheme) for step in steps))
    for gate in scheme.gates.values():
        if gate.stage is stage:
            yield f"### {gate.title}"
            yield f"Before {listed(tuple(scheme.steps[name].title for name in gate.guards))}, and all that follows."
            yield table(_CRITERIA, (_criterion(criterion, scheme) for criterion in gate.criteria))


_CRITERIA = ("no, if", "because", "while undecided", "what else there is", "in force", "where it says so")


def _step(step: Step, scheme: Scheme) -> tuple[str, ...]:
    after = listed(tuple(scheme.steps[name].title for name in step.after))
    words = Wording(scheme=scheme)
    if step.opens:
        after = words.opening(step.opens)
    when = "at any time" if step.any_time else words.condition(step.when) if step.when else ""
    times = "; ".join(words.time(clock) for clock in scheme.clocks if clock.step == step.name)
    return (step.title, KIND_NAMES[step.kind], who(scheme, step), after, when, times, step.origin.source)


def _criterion(criterion: Criterion, scheme: Scheme) -> tuple[str, ...]:
    stance = "wait" if criterion.unknown is Stance.HOLD else "carry on"
    instead = "; ".join(scheme.alternatives[name] for name in criterion.alternatives)
    return (
        Wording(scheme=scheme).condition(criterion.stops_if),
        criterion.reason or " ".join(_reasons(criterion.needs)),
        stance,
        instead,
        _in_force(criterion),
        criterion.origin.source,
    )


def _reasons(need: Need | None) -> Iterator[str]:
    """What each need says where it fails."""
    return (each.account.reason for each in (walk(need) if need else ()) if each.account)


def _in_force(criterion: Criterion) -> str:
    start, end = criterion.in_force.start, criterion.in_force.end
    return " ".join([*([f"from {start}"] if start else []), *([f"until {end}"] if end else [])])
