"""What does the picture say to those who do not see it? Its title and description, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.progress import Progress
from sanctuary.core.scheme import Scheme
from sanctuary.core.stages import Stage
from sanctuary.web.pathway.plan import GATE, Plan, StagePlan
from sanctuary.web.pathway.standing import Standing, State, ended
from sanctuary.web.pathway.text import listed

_TOLD = (State.OVERDUE, State.OPEN, State.STOPPED, State.WAITING)


def title(scheme: Scheme, progress: Progress | None) -> str:
    """The name of the picture."""
    return f"{scheme.title}: the pathway" + (", and where this case is on it" if progress else "")


def account(scheme: Scheme, whole: Plan, standing: Mapping[str, Standing], progress: Progress | None) -> str:
    """The picture in words: the stages in order or, with a case, what is open, stopped and waiting in it."""
    if progress is None:
        return " ".join(_stage(stage, scheme) for stage in whole.stages)
    done = sum(each.state is State.DONE for name, each in standing.items() if not name.startswith(GATE))
    place = f"stage {progress.stage.position} of {len(Stage)}, {progress.stage.value}"
    where = f"The case {'ended' if ended(progress) else 'is'} in {place}. Steps done: {done}."
    told = [_told(state, scheme, standing) for state in _TOLD]
    return " ".join([where, *filter(None, told)])


def name_of(node: str, scheme: Scheme) -> str:
    """The title of a step or "gate.name"."""
    return scheme.gates[node.removeprefix(GATE)].title if node.startswith(GATE) else scheme.steps[node].title


def _stage(stage: StagePlan, scheme: Scheme) -> str:
    steps = tuple(name_of(name, scheme) for layer in (*stage.layers, stage.apart) for name in layer)
    return f"Stage {stage.stage.position}, {stage.stage.value}: {'; '.join(steps)}."


def _told(state: State, scheme: Scheme, standing: Mapping[str, Standing]) -> str:
    if state is State.STOPPED:
        gates = tuple(name_of(n, scheme) for n, s in standing.items() if s.state is state and n.startswith(GATE))
        return f"{state.value} at: {listed(gates)}." if gates else ""
    found = [_sentence(name, scheme, each) for name, each in standing.items() if each.state is state]
    return f"{state.value}: {'; '.join(found)}." if found else ""


def _sentence(name: str, scheme: Scheme, standing: Standing) -> str:
    said = [line for line in standing.lines if line != standing.state.value]
    return ", ".join((name_of(name, scheme), *said))
