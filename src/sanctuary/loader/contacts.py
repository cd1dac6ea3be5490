"""How are a scheme's agencies reached here? From the installation's own file; a definition never holds this.

Which agency serves an area is in the definition. What is not in the file is missing, and nothing is made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.scheme import Scheme
from sanctuary.loader.files import SCHEME
from sanctuary.loader.fit import fit
from sanctuary.loader.mapping import Shape
from sanctuary.loader.problems import Problem, problem
from sanctuary.loader.scalars import Name, Words
from sanctuary.loader.yaml import Map, Node, read_file

CONTACTS = "contacts.yaml"
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{2,18}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def _telephone(value: Any) -> str:
    if not isinstance(value, str) or not _TELEPHONE.fullmatch(value):
        raise PydanticCustomError("plain", "write a telephone number in digits and spaces, like 020 7946 0000")
    return value


def _email(value: Any) -> str:
    if not isinstance(value, str) or not _EMAIL.fullmatch(value):
        raise PydanticCustomError("plain", "write an e-mail address, like scheme@council.example")
    return value


class ContactShape(Shape):
    """How an agency is reached."""

    telephone: Annotated[Words, BeforeValidator(_telephone)] | None = None
    """The number that people call."""
    email: Annotated[Words, BeforeValidator(_email)] | None = None
    """The address that people write to."""
    address: Words | None = None
    """Where letters go."""


class ContactsFile(Shape):
    """The file contacts.yaml, in the folder that SANCTUARY_HOME names."""

    agencies: dict[Name, ContactShape] = {}
    """How each agency is reached, by its name in the definitions."""


Contacts = Mapping[str, ContactShape]


def contacts(folder: Path, agencies: Collection[str] = ()) -> tuple[Contacts, tuple[Problem, ...]]:
    """What the file in `folder` says, and what is wrong with it; nothing where there is none.

    Where `agencies` are given, which are all that the schemes here name, others are faults.
    """
    if not (folder / CONTACTS).is_file():
        return {}, ()
    tree, problems = read_file(folder / CONTACTS)
    if tree is None:
        return {}, tuple(problems)
    found = fit(ContactsFile, tree)
    strays = _strays(tree, agencies) if agencies else ()
    return (found.value.agencies if found.value else {}), (*problems, *found.problems, *strays)


def named(root: Path) -> frozenset[str]:
    """The agencies that the definitions in the folder `root` name."""
    trees = (read_file(path)[0] for path in root.glob(f"*/{SCHEME}"))
    listed = (tree.entries.get("agencies") for tree in trees if isinstance(tree, Map))
    return frozenset(name for each in listed if each and isinstance(each.value, Map) for name in each.value.entries)


def unreached(scheme: Scheme, known: Contacts) -> Iterator[str]:
    """The names of the scheme's agencies that have neither telephone, nor e-mail, nor postal address here."""
    for name, title in scheme.agencies.items():
        contact = known.get(name)
        if contact is None or not any((contact.telephone, contact.email, contact.address)):
            yield title


def _strays(tree: Node, agencies: Collection[str]) -> Iterator[Problem]:
    listed = tree.entries.get("agencies") if isinstance(tree, Map) else None
    if listed is None or not isinstance(listed.value, Map):
        return
    for name, entry in listed.value.entries.items():
        if name not in agencies:
            yield problem(entry.key.place, f"no scheme here has an agency '{name}'{suggestion(name, agencies)}")
