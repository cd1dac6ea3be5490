"""How is a question drawn? One GOV.UK component for each question type; rows are in rows.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from sanctuary.core.answers import Plain
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import Question, QuestionType
from sanctuary.web.components import component
from sanctuary.web.forms.posted import PARTS
from sanctuary.web.forms.reveals import options

SILENCES = {
    Silence.NOT_KNOWN: "Not known yet",
    Silence.DECLINED: "Declined to say",
    Silence.NOT_APPLICABLE: "Does not apply",
}
PERIODS = {"week": "each week", "month": "each month", "quarter": "each quarter", "year": "each year"}
_PARTS_SHOWN = {
    "day": ("Day", "govuk-input--width-2", "numeric"),
    "month": ("Month", "govuk-input--width-2", "numeric"),
    "year": ("Year", "govuk-input--width-4", "numeric"),
    "time": ("Time, such as 14:30", "govuk-input--width-5", "text"),
}
MOST_RADIOS = 12
Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it stands on a page: its box and what is in it; what is wrong, `at` which part; what it reveals."""

    question: Question
    name: str
    plain: Plain = ""
    fault: str = ""
    at: str = ""
    also: str = ""
    revealed: Mapping[str, Markup] | None = None
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The question, saying so where no answer is needed."""
        return f"{self.question.ask} (optional)" if self.question.optional else self.question.ask


def stand(question: Question, name: str, plain: Plain, faults: Mapping[str, str], **more: Any) -> Asked:
    """The question with its own fault, or that of one of its parts, among `faults`."""
    keys = (name, *(f"{name}-{part}" for part in PARTS.get(question.type, ())))
    key = next((key for key in keys if key in faults), name)
    part = key.removeprefix(name).removeprefix("-")
    return Asked(question=question, name=name, plain=plain, fault=faults.get(key, ""), at=part, **more)


def drawn(asked: Asked) -> Markup:
    """The question as HTML, with a box to tick for each silence that it allows."""
    markup = _DRAWN[asked.question.type](asked)
    return markup if asked.question.type in _WITH_SILENCES else with_silences(asked, markup)


def with_silences(asked: Asked, markup: Markup) -> Markup:
    """`markup` and below it a box to tick for each silence that the question allows."""
    around = Markup('<div class="sanctuary-or">{}{}</div>')
    return around.format(markup, _silences(asked)) if asked.question.allow else markup


def shared(asked: Asked) -> Parameters:
    """What every component needs: hint and error message."""
    hint = " ".join(filter(None, (asked.question.hint, asked.also)))
    parameters: Parameters = {"formGroup": {}}
    if hint:
        parameters["hint"] = {"text": hint}
    if asked.fault:
        parameters["errorMessage"] = {"text": asked.fault}
    return parameters


def legend(asked: Asked) -> Parameters:
    """The fieldset that holds the parts of one answer together."""
    return {"legend": {"text": asked.title, "classes": "govuk-fieldset__legend--s"}}


def _labelled(asked: Asked, **more: Any) -> Parameters:
    label = {"text": asked.title, "classes": "govuk-label--s"}
    text = asked.plain if isinstance(asked.plain, str) and not is_silence(asked.plain) else ""
    named = {"id": asked.name, "name": asked.name, "value": text, "label": label, "autocomplete": "off"}
    return {**shared(asked), **named, **more}


def _text(asked: Asked, **more: Any) -> Markup:
    return component("input", _labelled(asked, spellcheck=False, **more))


def _long_text(asked: Asked, rows: int) -> Markup:
    """A box for several lines. Their ends are written as entities, or GOV.UK's macros would indent what was typed."""
    parameters = _labelled(asked, rows=str(rows))
    lines = escape(parameters["value"]).replace("\r\n", "\n").replace("\n", Markup("&#10;"))
    return component("textarea", {**parameters, "value": lines})


def _radios(asked: Asked) -> Markup:
    items = _items(asked)
    inline = "govuk-radios--inline" if len(items) == 2 and not asked.revealed else ""
    named = {"idPrefix": asked.name, "name": asked.name, "classes": inline, "items": items}
    return component("radios", {**shared(asked), **named, "fieldset": legend(asked)})


def _choice(asked: Asked) -> Markup:
    """Radios, or a list to choose from where there are too many options to read one by one."""
    return _radios(asked) if len(asked.question.options) <= MOST_RADIOS else _select(asked)


def _select(asked: Asked) -> Markup:
    silent = {silence.value: SILENCES[silence] for silence in asked.question.allow}
    offered = {"": "Choose one", **options(asked.question), **silent}
    items = [{"value": value, "text": text, "selected": value == asked.plain} for value, text in offered.items()]
    label = {"text": asked.title, "classes": "govuk-label--s"}
    return component("select", {**shared(asked), "id": asked.name, "name": asked.name, "label": label, "items": items})


def _checkboxes(asked: Asked) -> Markup:
    named = {"idPrefix": asked.name, "name": asked.name, "items": _items(asked)}
    return component("checkboxes", {**shared(asked), **named, "fieldset": legend(asked)})


def _items(asked: Asked) -> list[Parameters]:
    chosen = asked.plain if isinstance(asked.plain, list) else [asked.plain]
    items = [_item(asked, value, text, chosen) for value, text in options(asked.question).items()]
    silent = [_item(asked, silence.value, SILENCES[silence], chosen) for silence in asked.question.allow]
    if silent and asked.question.type is QuestionType.CHOICES:
        return [*items, {"divider": "or"}, *({**item, "behaviour": "exclusive"} for item in silent)]
    return [*items, {"divider": "or"}, *silent] if silent else items


def _item(asked: Asked, value: str, text: str, chosen: list[Plain]) -> Parameters:
    item: Parameters = {"value": value, "text": text, "checked": value in chosen}
    if value in asked.about:
        item["hint"] = {"text": asked.about[value]}
    if asked.revealed and value in asked.revealed:
        item["conditional"] = {"html": asked.revealed[value]}
    return item


def _date(asked: Asked, *parts: str) -> Markup:
    values = asked.plain if isinstance(asked.plain, Mapping) else {}
    items = [_part(asked, part, str(values.get(part, ""))) for part in parts]
    return component("date-input", {**shared(asked), "id": asked.name, "items": items, "fieldset": legend(asked)})


def _part(asked: Asked, part: str, value: str) -> Parameters:
    label, width, mode = _PARTS_SHOWN[part]
    classes = f"{width} govuk-input--error" if asked.fault and asked.at in ("", part) else width
    name = f"{asked.name}-{part}"
    return {
        "id": name,
        "name": name,
        "label": label,
        "classes": classes,
        "inputmode": mode,
        "value": value,
        "autocomplete": "off",
    }


def _amount(asked: Asked) -> Markup:
    values = asked.plain if isinstance(asked.plain, Mapping) else {}
    name = asked.name
    amount = {
        "id": f"{name}-amount",
        "name": f"{name}-amount",
        "label": {"text": "Amount in pounds"},
        "prefix": {"text": "£"},
        "classes": "govuk-input--width-5" + (" govuk-input--error" if asked.fault else ""),
        "inputmode": "decimal",
        "value": str(values.get("amount", "")),
        "autocomplete": "off",
        "spellcheck": False,
    }
    chosen = values.get("per") or "week"
    period = {
        "id": f"{name}-per",
        "name": f"{name}-per",
        "label": {"text": "How often"},
        "items": [{"value": key, "text": text, "selected": key == chosen} for key, text in PERIODS.items()],
    }
    return group(
        asked,
        Markup('<div class="sanctuary-amount">{}{}</div>').format(
            component("input", amount), component("select", period)
        ),
    )


def group(asked: Asked, inner: Markup) -> Markup:
    """A form group with legend, hint and error message around `inner`, for answers that no one component takes."""
    pieces, described = [], []
    for piece, kind in (("hint", "hint"), ("error-message", "errorMessage")):
        if kind in shared(asked):
            described.append(f"{asked.name}-{piece.removesuffix('-message')}")
            pieces.append(component(piece, {**shared(asked)[kind], "id": described[-1]}))
    around = {
        **legend(asked),
        "describedBy": " ".join(described),
        "role": "group",
        "html": Markup().join([*pieces, inner]),
    }
    classes = "govuk-form-group govuk-form-group--error" if asked.fault else "govuk-form-group"
    return Markup('<div class="{}" id="{}">{}</div>').format(classes, asked.name, component("fieldset", around))


def _silences(asked: Asked) -> Markup:
    name = f"{asked.name}-silence"
    items = [
        {"value": silence.value, "text": SILENCES[silence], "checked": asked.plain == silence.value}
        for silence in asked.question.allow
    ]
    hidden = {"text": f"If there is no answer: {asked.question.ask}", "classes": "govuk-visually-hidden"}
    return component(
        "checkboxes",
        {
            "idPrefix": name,
            "name": name,
            "items": items,
            "classes": "govuk-checkboxes--small",
            "fieldset": {"legend": hidden},
        },
    )


def is_silence(plain: Plain) -> bool:
    """Whether this is one of the words that stand for no answer."""
    return isinstance(plain, str) and plain in {silence.value for silence in Silence}


_WITH_SILENCES = (QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.JUDGEMENT)
_POUND = {"prefix": {"text": "£"}, "classes": "govuk-input--width-5", "inputmode": "decimal"}
_DRAWN: dict[QuestionType, Callable[[Asked], Markup]] = {
    QuestionType.YES_NO: _radios,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _checkboxes,
    QuestionType.JUDGEMENT: _choice,
    QuestionType.TEXT: _text,
    QuestionType.NAME: lambda asked: _text(asked, classes="govuk-input--width-20"),
    QuestionType.POSTCODE: lambda asked: _text(asked, classes="govuk-input--width-10"),
    QuestionType.PHONE: lambda asked: _text(asked, classes="govuk-input--width-20", type="tel"),
    QuestionType.EMAIL: lambda asked: _text(asked, type="email"),
    QuestionType.NUMBER: lambda asked: _text(asked, classes="govuk-input--width-5", inputmode="numeric"),
    QuestionType.MONEY: lambda asked: _text(asked, **_POUND),
    QuestionType.LONG_TEXT: lambda asked: _long_text(asked, 5),
    QuestionType.ADDRESS: lambda asked: _long_text(asked, 4),
    QuestionType.AMOUNT: _amount,
    QuestionType.DATE: lambda asked: _date(asked, "day", "month", "year"),
    QuestionType.MOMENT: lambda asked: _date(asked, "day", "month", "year", "time"),
}
