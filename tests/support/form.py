"""What can be filled in on a page, and what would a browser send? Forms as they were served, hidden fields and all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sanctuary.core.answers import Plain
from sanctuary.core.facts import Silence
from tests.support.markup import Element

Sent = list[tuple[str, str]]
TYPED = ("text", "textarea", "tel", "email", "password")
_SILENCES = {silence.value for silence in Silence}
_MOMENT = re.compile(r"(?P<year>\d{4})-0?(?P<month>\d+)-0?(?P<day>\d+)(?: (?P<time>[\d:]+))?")


@dataclass(slots=True, kw_only=True)
class Control:
    """A box, a radio button, a tick box, a list or a button of a form."""

    name: str
    kind: str
    value: str
    label: str
    chosen: bool = True
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Form:
    """A form: where it goes, what is in it, and the questions by their labels or legends."""

    action: str
    method: str
    controls: list[Control]
    buttons: list[Control]
    questions: Mapping[str, str]

    def has(self, asked: str) -> bool:
        """Whether a question stands on this form, by the name of its field or by its label."""
        return asked in self.questions or bool(self._named(asked)) or any(self._parts(asked))

    def value(self, asked: str) -> str | list[str]:
        """What stands in a question's box, or which of its options are chosen."""
        named = self._named(self.questions.get(asked, asked))
        chosen = [each.value for each in named if each.chosen]
        several = len(named) != 1 or named[0].kind == "checkbox"
        return chosen if several else "".join(chosen)

    def options(self, asked: str) -> dict[str, str]:
        """What may be chosen for a question."""
        named = self._named(self.questions.get(asked, asked))
        return {value: text for each in named for value, text in (each.options or {each.value: each.label}).items()}

    def filled(self, answers: Mapping[str, Plain]) -> Form:
        """The form with these answers in it. Raises LookupError for a question or an option that it does not offer."""
        form = replace(self, controls=[replace(each) for each in self.controls])
        for asked, plain in answers.items():
            form._answer(form.questions.get(asked, asked), plain)
        return form

    def sent(self, button: Control | None = None) -> Sent:
        """What a browser would send when the button is pressed."""
        chosen = [(each.name, each.value) for each in self.controls if each.name and each.chosen]
        pressed = [(button.name, button.value)] if button and button.name else []
        return [(name, re.sub(r"\r?\n", "\r\n", value)) for name, value in (*chosen, *pressed)]

    def button(self, text: str) -> Control:
        """The button that says `text`. Raises LookupError where there is none."""
        for each in self.buttons:
            if each.label == text:
                return each
        raise LookupError(f"no button {text!r} among {[each.label for each in self.buttons]}")

    def _named(self, name: str) -> list[Control]:
        return [each for each in self.controls if each.name == name and each.kind != "hidden"]

    def _parts(self, name: str) -> Iterator[Control]:
        return (each for each in self.controls if each.name.startswith(f"{name}-") and each.kind != "hidden")

    def _answer(self, name: str, plain: Plain) -> None:
        if isinstance(plain, Mapping):
            for part, text in plain.items():
                self._answer(f"{name}-{part}", text)
        elif not isinstance(plain, str) and plain and isinstance(plain[0], Mapping):
            for index, row in enumerate(plain):
                self._answer(f"{name}-{index}", row)
        elif not isinstance(plain, str):
            self._choose(name, [str(each) for each in plain])
        elif plain in _SILENCES and self._named(f"{name}-silence"):
            self._choose(f"{name}-silence", [plain])
        elif self._named(name):
            self._say(name, plain)
        else:
            self._split(name, plain)

    def _say(self, name: str, text: str) -> None:
        if self._named(name)[0].kind in ("radio", "checkbox", "select"):
            self._choose(name, [text] if text else [])
            return
        for each in self._named(name):
            each.value = text

    def _choose(self, name: str, wanted: list[str]) -> None:
        named = self._named(name)
        offered = {text: value for value, text in self.options(name).items()}
        values = {offered.get(each, each) for each in wanted}
        if not values <= set(offered.values()):
            raise LookupError(f"{name}: {sorted(values)} is not among {sorted(offered.values())}")
        for each in named:
            if each.kind == "select":
                each.value = "".join(values)
            else:
                each.chosen = each.value in values

    def _split(self, name: str, text: str) -> None:
        """A day or a moment ("2026-06-01 09:30"), an amount ("12.50 a week"), or nothing, into its boxes."""
        parts = [part for part in self._parts(name) if part.kind != "checkbox"]
        if not parts:
            raise LookupError(f"no question {name!r} on this form, which asks {list(self.questions)}")
        found = _MOMENT.fullmatch(text)
        said = found.groupdict() if found else dict(zip(("amount", "per"), text.split(" a "), strict=False))
        for part in parts:
            part.value = (said.get(part.name.removeprefix(f"{name}-")) or "") if text else ""


def forms(page: Element, address: str) -> Iterator[Form]:
    """Every form on the page that was served at `address`."""
    for each in page.all("form"):
        labels = {label.attributes.get("for", ""): label.text for label in each.all("label")}
        controls = [made for inner in each.walk() if (made := _control(inner, labels))]
        buttons = [made for inner in each.all("button") for made in (_button(inner),)]
        action, method = each.attributes.get("action", address), each.attributes.get("method", "get")
        yield Form(action=action, method=method, controls=controls, buttons=buttons, questions=_questions(each))


def _control(element: Element, labels: Mapping[str, str]) -> Control | None:
    name, label = element.attributes.get("name", ""), labels.get(element.attributes.get("id", " "), "")
    if element.name == "input":
        kind = element.attributes.get("type", "text")
        value = element.attributes.get("value", "on" if kind in ("radio", "checkbox") else "")
        chosen = kind not in ("radio", "checkbox") or "checked" in element.attributes
        return Control(name=name, kind=kind, value=value, label=label, chosen=chosen)
    if element.name == "textarea":
        return Control(name=name, kind="textarea", value=element.content, label=label)
    if element.name == "select":
        options = {each.attributes.get("value", each.text): each.text for each in element.all("option")}
        marked = [each.attributes["value"] for each in element.all("option") if "selected" in each.attributes]
        value = marked[0] if marked else next(iter(options), "")
        return Control(name=name, kind="select", value=value, label=label, options=options)
    return None


def _button(element: Element) -> Control:
    name, value = element.attributes.get("name", ""), element.attributes.get("value", "")
    return Control(name=name, kind="button", value=value, label=element.text)


def _questions(form: Element) -> dict[str, str]:
    """The name of the field of each label and legend, without the parts of dates and amounts."""
    found: dict[str, str] = {}
    named = {each.attributes.get("id", ""): each.attributes.get("name", "") for each in form.walk()}
    for each in form.walk():
        if each.name == "label" and named.get(each.attributes.get("for", "")):
            found.setdefault(each.text, named[each.attributes["for"]])
        elif each.name == "fieldset":
            inner = next((one for one in each.all("input", "select", "textarea") if one.attributes.get("name")), None)
            if inner is not None and each.all("legend"):
                name = re.sub(r"-(day|amount)$", "", inner.attributes["name"])
                found[each.first("legend").text] = re.sub(r"-0-\w+$", "", name)
    return {label.removesuffix(" (optional)"): name for label, name in found.items() if name}
