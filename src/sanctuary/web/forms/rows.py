"""How is a repeating question drawn? A fieldset for each row; buttons to add and take away need no script."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from sanctuary.core.answers import Plain
from sanctuary.web.components import component
from sanctuary.web.forms.fields import Asked, drawn, group, stand, with_silences
from sanctuary.web.forms.posted import MOST_ROWS, number

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def drawn_rows(asked: Asked, faults: Mapping[str, str]) -> Markup:
    """The rows typed so far, or one blank row, and how many there are."""
    rows = asked.plain if isinstance(asked.plain, list) and asked.plain else [{}]
    inner = [_row(asked, rows, index, faults) for index in range(len(rows))]
    count = Markup('<input type="hidden" name="{}-rows" value="{}">').format(asked.name, len(rows))
    more = [] if len(rows) >= MOST_ROWS else [_button("Add another", "add", asked.name)]
    return with_silences(asked, group(asked, Markup().join([*inner, count, *more])))


def _row(asked: Asked, rows: list[dict[str, Plain]], index: int, faults: Mapping[str, str]) -> Markup:
    inner = [
        drawn(stand(column, f"{asked.name}-{index}-{column.name}", rows[index].get(column.name, ""), faults))
        for column in asked.question.columns
    ]
    if len(rows) > 1:
        inner.append(_button("Remove", "remove", f"{asked.name}-{index}", _ordinal(index).lower()))
    around = {"legend": {"text": _ordinal(index), "classes": "govuk-fieldset__legend--s"}, "html": Markup().join(inner)}
    return component("fieldset", {**around, "classes": "sanctuary-row", "attributes": {"id": f"{asked.name}-{index}"}})


def _button(text: str, name: str, value: str, hidden: str = "") -> Markup:
    said = Markup('{}<span class="govuk-visually-hidden"> {}</span>').format(text, hidden)
    classes = "govuk-button--secondary sanctuary-small-button"
    return component("button", {"html": said, "name": name, "value": value, "classes": classes})


def _ordinal(index: int) -> str:
    return _ORDINALS[index] if index < len(_ORDINALS) else f"Number {index + 1}"


def changed_rows(posted: Mapping[str, str], plain: Mapping[str, Plain]) -> dict[str, Plain]:
    """`plain` with a row more or a row less, as the button that was pressed says."""
    changed = dict(plain)
    adding, (taking, _, place) = posted.get("add", ""), posted.get("remove", "").rpartition("-")
    rows = changed.get(adding or taking)
    if isinstance(rows, list) and adding:
        changed[adding] = [*(rows or [{}]), {}]
    elif isinstance(rows, list):
        changed[taking] = [row for index, row in enumerate(rows) if index != number(place, -1)]
    return changed
