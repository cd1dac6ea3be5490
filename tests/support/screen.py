"""What does a person read on a page of the site? Headings, lines, messages, forms, and the parts of a case's page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from itertools import pairwise

from tests.support.form import Form, forms
from tests.support.markup import Element, parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A step that can be done now, as the page of a case tells it."""

    title: str
    due: str
    whose: str
    why: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """A "no", as the page of a case tells it."""

    text: str
    alternatives: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page as it was served at `address`."""

    address: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @cached_property
    def root(self) -> Element:
        """The page as a tree."""
        return parsed(self.body.decode())

    @cached_property
    def main(self) -> Element:
        """What stands between header and footer."""
        return self.root.first("main")

    @property
    def title(self) -> str:
        """What the browser shows in its tab, its history and its list of windows."""
        found = re.search(r"<title[^>]*>(.*?)</title>", self.body.decode(), re.DOTALL)
        return unescape(found[1]).strip() if found else ""

    @property
    def heading(self) -> str:
        """The first heading."""
        return self.root.first("h1").text

    @property
    def text(self) -> str:
        """Everything between header and footer."""
        return self.main.text

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms, the one that signs out among them."""
        return tuple(forms(self.root, self.address))

    @cached_property
    def form(self) -> Form:
        """The form between header and footer. Raises LookupError where there is none."""
        for each in forms(self.main, self.address):
            return each
        raise LookupError(f"no form on {self.heading!r}: {self.text[:300]}")

    @property
    def links(self) -> dict[str, str]:
        """Where each link between header and footer leads, by its text."""
        return {each.text: each.attributes["href"] for each in self.main.all("a") if "href" in each.attributes}

    @property
    def faults(self) -> dict[str, str]:
        """The messages beside the boxes, by the name of the box that each belongs to."""
        said = {}
        for each in self.main.all("p", class_="govuk-error-message"):
            said[each.attributes["id"].removesuffix("-error")] = each.text.removeprefix("Error:").strip()
        return said

    @property
    def problems(self) -> dict[str, str]:
        """The lines of the error summary, each with the address to which it leads."""
        summaries = self.main.all("div", class_="govuk-error-summary")
        return {each.text: each.attributes["href"] for summary in summaries for each in summary.all("a")}

    @property
    def lines(self) -> dict[str, str]:
        """Every label with what is said under it: answers, people, safe contact."""
        rows: dict[str, str] = {}
        for each in self.main.all("dl"):
            found = each.all("dt", "dd")
            pairs = pairwise(found)
            rows |= {term.text: said.text for term, said in pairs if (term.name, said.name) == ("dt", "dd")}
        return rows

    @property
    def turns(self) -> dict[str, Turn]:
        """What can be done now, by title."""
        return {made.title: made for each in self.main.all("div", class_="sanctuary-turn") for made in (_turn(each),)}

    @property
    def noes(self) -> tuple[No, ...]:
        """What the case is stopped by."""
        return tuple(
            No(
                text=each.first("strong").text,
                alternatives=tuple(item.text for item in each.all("li")),
                source=each.first("p", class_="sanctuary-source").text,
            )
            for each in self.main.all("div", class_="sanctuary-no")
        )

    @property
    def standing(self) -> str:
        """Where the case stands, in a word or two."""
        return self.main.first("p", class_="sanctuary-standing").text

    @property
    def timeline(self) -> str:
        """What has happened, the part that is folded up included."""
        return self.section("Timeline").text

    def listed(self, heading: str) -> dict[str, str]:
        """What a list of cases under this heading says, by the reference of each case."""
        rows = self.section(heading).all("li", class_="sanctuary-task")
        return {row.first("div", class_="sanctuary-task__where").first("strong").text: row.text for row in rows}

    def section(self, heading: str) -> Element:
        """The part of the page under this heading, whatever number stands beside it."""
        for each in self.main.all("section"):
            if any(re.fullmatch(rf"{heading}( \d+)?", found.text) for found in each.all("h1", "h2", "h3")):
                return each
        raise LookupError(f"nothing is headed {heading!r}")


def _turn(element: Element) -> Turn:
    return Turn(
        title=element.first("h3").text,
        due=element.first("span", class_="sanctuary-due").text,
        whose=element.first("p", class_="sanctuary-turn__whose").text,
        why=element.first("details").text,
        address=next((each.attributes["href"] for each in element.all("a", class_="govuk-button")), ""),
    )
