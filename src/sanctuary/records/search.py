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

MOST = 50  # shown of what was found: as many as a page of the worklist
# All that is remembered is asked in one statement: lists cut short before they are laid side by side lose cases.
_FOUND = """
    select g.case_id from access_grant g where g.in_list and {}
     order by g.is_open desc, g.last_at desc, g.case_id limit %s
"""
_MATCHES = """g.case_id in (
    select t.case_id from search_token t
      join unnest(%s::smallint[], %s::integer[]) as wanted (purpose, token) using (purpose, token)
    union all
    select k.id from kase k where k.reference = any(%s))"""


class Purpose(Enum):
    """What can be searched by. The value is how it is kept; never give one another's number."""

    SURNAME = 1
    FULL_NAME = 2
    POSTCODE = 3
    BIRTH_DATE = 4
    REFERENCE = 0  # not a blind index: references are random and say nothing


def find(*remembered: Mapping[Purpose, str]) -> list[UUID]:
    """Cases of this person's own that match each of `remembered` by any of its purposes: open ones, then latest moved.

    At most MOST + 1: one more than is shown says that there are more. `worklist.these` shows and notes them. Tokens are
    cut short on purpose, so that now and then a case of another name is among them.
    """
    sought = [_meaningful(each) for each in remembered]
    for purpose in {purpose: None for each in sought for purpose in each}:
        audit.searched(purpose.name.lower())
    if not sought or not all(sought):
        return []
    values = [value for each in sought for value in _compared(each)]
    return [line[0] for line in rows(_FOUND.format(" and ".join(_MATCHES for _ in sought)), [*values, MOST + 1])]


def _meaningful(values: Mapping[Purpose, str]) -> dict[Purpose, str]:
    """The values in their one spelling, without those of which nothing is left."""
    return {purpose: wanted for purpose, value in values.items() if (wanted := normal(purpose, value))}


def _compared(wanted: Mapping[Purpose, str]) -> tuple[list[int], list[int], list[str]]:
    """Purposes and their tokens, and references."""
    hidden = {purpose: text for purpose, text in wanted.items() if purpose is not Purpose.REFERENCE}
    tokens = [crypto.token(purpose.name, text) for purpose, text in hidden.items()]
    return [purpose.value for purpose in hidden], tokens, [wanted[each] for each in wanted if each not in hidden]


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
