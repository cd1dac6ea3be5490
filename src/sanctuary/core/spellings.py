"""Which spellings are of the same number, e-mail address, home or name? One form for each; "" where there is none.

Whose they are is `reach`'s business; that forms are kept as keyed tokens, `records.screening`'s.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart, as people without them on their keyboard write them.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_TITLES = frozenset("mr mrs ms miss mx dr prof rev sir dame lord lady pc dc ds di".split())
_COMPANY = frozenset("ltd limited plc llp cic the and co company".split())
_POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
_HOUSE = re.compile(r"\b([0-9]+)(?: ?([a-z])\b)?")
_EMAIL = re.compile(r"[^\s<>,;:()\"']+@[^\s<>,;:()\"']+\.[^\s<>,;:()\"'.]+")
# Digits with what people put between them; a number in words around it ends where anything else stands.
_RUN = re.compile(r"\+?[0-9](?:[\s().\-–/]*[0-9]){8,}")
_NATIONAL = re.compile(r"(?=(44[1-9][0-9]{9}|0[1-9][0-9]{9}))")
_BETWEEN, _MARK = re.compile(r"[-‐-―/,&]"), re.compile(r"[^\w\s]")
_SHORTEST = 9


def phone(text: str) -> str:
    """A telephone number without what may stand before it: 020 7946 0123 and +44 (0)20-7946-0123 are 2079460123.

    A number of another country begins with a plus sign.
    """
    plain = re.split(r"(?i)\b(?:ext|extension|x)\b|#", unicodedata.normalize("NFKC", text))[0]
    abroad = re.match(r"\D*(?:\+|00)", plain) is not None
    digits = re.sub(r"[^0-9]", "", re.sub(r"\(\s*0\s*\)", "", plain)).lstrip("0")
    if digits.startswith("44") and (abroad or len(digits) > 10):
        digits, abroad = digits[2:].lstrip("0"), False
    if len(digits) < _SHORTEST:
        return ""
    return f"+{digits}" if abroad else digits


def phones(text: str) -> frozenset[str]:
    """Every telephone number that may be meant somewhere in `text`, also where two stand together."""
    found: set[str] = set()
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        digits = re.sub(r"[^0-9]", "", run)
        found.update(map(phone, [run, *_NATIONAL.findall(digits)]))
    return frozenset(found - {""})


def email(text: str) -> str:
    """An e-mail address as its server tells it apart: without what follows a plus sign, and the dots of Gmail."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold().removeprefix("mailto:").strip("<>")
    name, at, server = plain.rpartition("@")
    name, server = name.partition("+")[0], server.strip(".")
    if server in ("gmail.com", "googlemail.com"):
        name, server = name.replace(".", ""), "gmail.com"
    return f"{name}@{server}" if at and name and server else ""


def emails(text: str) -> frozenset[str]:
    """Every e-mail address somewhere in `text`."""
    return frozenset(map(email, _EMAIL.findall(unicodedata.normalize("NFKC", text)))) - {""}


def words(text: str) -> str:
    """The words of `text` in small letters, without accents and marks."""
    plain = text.lower() if text.isascii() else _unmarked(text)
    return " ".join(_MARK.sub("", _BETWEEN.sub(" ", plain)).split())


def _unmarked(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold().translate(_STROKES)


def name(text: str) -> str:
    """First and last name in the order of the alphabet, without titles and middle names; "" for one name alone."""
    parts = [part for part in words(text).split() if part not in _TITLES]
    if "," in text and len(parts) > 1:  # Exley, Dana Marie
        last = [part for part in words(text.partition(",")[0]).split() if part not in _TITLES]
        parts = [*(part for part in parts if part not in last), *last[-1:]]
    return " ".join(sorted((parts[0], parts[-1]))) if len(parts) > 1 else ""


def organisation(text: str) -> str:
    """The name of a landlord, person or company, without what companies put behind it."""
    return " ".join(part for part in words(text).split() if part not in _COMPANY and part not in _TITLES)


def postcode(text: str) -> str:
    """The first postcode in `text`, without its space."""
    found = _POSTCODE.search(" ".join(_MARK.sub(" ", text).casefold().split()))
    return found[1] + found[2] if found else ""


def home(address: str, code: str = "") -> str:
    """A home by its postcode and the numbers, or else the first words, of its address; "" without a postcode."""
    found = postcode(code) or postcode(address)
    first = words(re.split(r"[,\n]", address)[0]).split()[:2]
    number = _numbers(address) or " ".join(first)
    return f"{found} {number}" if found and number else ""


def street(address: str) -> str:
    """A home by the numbers of its address and the two words after the last of them, for one without a postcode."""
    plain = words(_POSTCODE.sub("", address.casefold()))
    after = plain[[*_HOUSE.finditer(plain)][-1].end() :].split()[:2] if _HOUSE.search(plain) else []
    return f"{_numbers(address)} {' '.join(after)}" if len(after) > 1 else ""


def _numbers(address: str) -> str:
    plain = words(_POSTCODE.sub("", address.casefold()))
    return " ".join(sorted({"".join(found) for found in _HOUSE.findall(plain)}))
