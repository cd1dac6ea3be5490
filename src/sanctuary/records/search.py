"""How is a case found by what somebody remembers? Blind indexes over a few facts, and the summary that lists show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sanctuary.records import audit, crypto
from sanctuary.records.cases import NotAllowed
from sanctuary.records.query import row, rows

# Letters that Unicode does not take apart, as people without them on their keyboard write them.
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


class Purpose(Enum):
    """What can be searched by. The value is how it is kept; never give one another's number."""

    SURNAME = 1
    FULL_NAME = 2
    POSTCODE = 3
    BIRTH_DATE = 4
    REFERENCE = 0  # not a blind index: references are random and say nothing


def find(purpose: Purpose, value: str) -> list[UUID]:
    """Cases of this person's own that match, at most 200; `worklist.these` shows and notes them.

    Tokens are cut short on purpose, so that now and then a case of another name is among them.
    """
    wanted = normal(purpose, value)
    if not wanted:
        return []
    audit.searched(purpose.name.lower())
    if purpose is Purpose.REFERENCE:
        found = rows("select id from kase where reference = %s", [wanted])
    else:
        found = rows(
            "select case_id from search_token where purpose = %s and token = %s limit 200",
            [purpose.value, crypto.token(purpose.name, wanted)],
        )
    return [line[0] for line in found]


def describe(case_id: UUID, summary: bytes | None, values: Mapping[Purpose, Sequence[str]]) -> None:
    """Replace the case's summary (None: leave it) and what it is found by, for each purpose that `values` names.

    Summary and tokens belong to compartment 0. Raises cases.NotAllowed for one who may not write there.
    """
    nonce, ciphertext = _sealed(case_id, summary) if summary is not None else (None, None)
    found_by = tokens(values)
    done = row(
        "select describe_case(%s, %s::bytea, %s::bytea, %s::smallint[], %s::smallint[], %s::integer[])",
        [
            case_id, nonce, ciphertext, [purpose.value for purpose in values],
            [purpose for purpose, _ in found_by], [token for _, token in found_by],
        ],
    )  # fmt: skip
    if done is None or not done[0]:
        raise NotAllowed


def tokens(values: Mapping[Purpose, Sequence[str]]) -> set[tuple[int, int]]:
    """Purpose and token of each of the `values`, as the index keeps them."""
    return {
        (purpose.value, crypto.token(purpose.name, wanted))
        for purpose, spellings in values.items()
        for wanted in (normal(purpose, spelling) for spelling in spellings)
        if wanted
    }


def normal(purpose: Purpose, value: str) -> str:
    """One spelling for what people spell in many ways; "" where nothing is left to search by."""
    if purpose is Purpose.BIRTH_DATE:
        return _date(value)
    plain = _without_accents(value).casefold().translate(STROKES)
    if purpose is Purpose.POSTCODE:
        return re.sub(r"[^a-z0-9]", "", plain)
    if purpose is Purpose.REFERENCE:
        return _reference(re.sub(r"[^a-z0-9]", "", plain).upper())
    return " ".join(re.sub(r"[^\w\s]", "", re.sub(r"[-‐-―/]", " ", plain)).split())


def _without_accents(value: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", value) if not unicodedata.combining(mark))


def _reference(plain: str) -> str:
    return f"{plain[:-6]}-{plain[-6:-2]}-{plain[-2:]}" if len(plain) > 6 else ""


def _date(value: str) -> str:
    text = re.sub(r"[\s./-]+", "-", value.strip())
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d-%B-%Y", "%d-%b-%Y"):
        try:
            found: date = datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        return found.isoformat()
    return ""


def _sealed(case_id: UUID, summary: bytes) -> tuple[bytes, bytes]:
    found = row("select wrapped from case_key where case_id = %s and compartment = 0", [case_id])
    if found is None:
        raise NotAllowed
    return crypto.seal(crypto.unwrap(found[0], case_id, 0), summary, crypto.summary_about(case_id))
