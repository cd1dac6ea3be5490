"""Is what a question or a measure is said to mean in the catalogue, and does each option mean something?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.meanings import Catalogue, Means
from sanctuary.core.scheme import QuestionType
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.facts import options
from sanctuary.loader.procedure import QuestionShape
from sanctuary.loader.shape import MeasureShape

_CHOSEN = (QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.JUDGEMENT)


def of_question(draft: Draft, shape: QuestionShape, spot: Spot) -> Means:
    """What each option of the question means."""
    catalogue = draft.meanings[0] if shape.means is not None else None
    if shape.means is None or catalogue is None:
        return {}
    if shape.type not in _CHOSEN:
        wanted = ", ".join(kind.value for kind in _CHOSEN)
        draft.note(spot["means"].name, f"only {wanted} can mean something, not {shape.type.value}")
        return {}
    asked = options(draft, shape)
    if isinstance(shape.means, str):
        return _options(draft, catalogue, shape.means, asked, {}, spot["means"])
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for name, given in shape.means.items():
        # A meaning is referred to by the key, so that is where a misspelt one is told.
        found.update(_options(draft, catalogue, name, asked, given, spot["means"][name]))
    return found


def of_measure(draft: Draft, shape: MeasureShape, spot: Spot) -> tuple[str, ...]:
    """What the measure means."""
    catalogue = draft.meanings[0] if shape.means else None
    if catalogue is None:
        return ()
    for name in shape.means:
        _known(draft, name, catalogue.measures, spot["means"])
    return shape.means


def _options(
    draft: Draft,
    catalogue: Catalogue,
    name: str,
    asked: Collection[str],
    given: Mapping[str, tuple[str, ...]],
    spot: Spot,
) -> Means:
    """What each of the options `asked` means by the meaning `name`: what is `given`, or the option of the same name."""
    if not _known(draft, name, catalogue.facts, spot):
        return {}
    known = catalogue.facts[name].options
    for option, meant in given.items():
        draft.refer(_named(spot[option]), option, asked, "option")
        for word in meant:
            if word not in known:
                near = suggestion(word, known)
                draft.note(spot[option].place, f"the meaning '{name}' has no answer '{word}'{near}")
    for option in asked:
        if option not in given and option not in known:
            there = ", ".join(known)
            draft.note(spot.name, f"say what '{option}' means, or [] for nothing; the meaning '{name}' has {there}")
    return {name: {option: given.get(option, (option,)) for option in asked}}


def _known(draft: Draft, name: str, known: Collection[str], spot: Spot) -> bool:
    """Whether `name` is among the `known`; with a catalogue that is wrong itself nothing is said about other names."""
    if name in known or draft.meanings[1]:
        return name in known
    return draft.refer(spot if spot.text else _named(spot), name, known, "meaning")


def _named(spot: Spot) -> Spot:
    """The name of a piece alone: what a key refers to is misspelt there, not in its value."""
    return Spot(name=spot.name, node=None)
