"""How does a case look in a list? One line: what is to be done, for whom, where, and how soon."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.core.scheme import Scheme
from sanctuary.records.worklist import WorklistRow
from sanctuary.web import wording
from sanctuary.web.pages.standing import tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case in a list. `name` is "" for one who may not read it."""

    case_id: UUID
    reference: str
    title: str
    name: str
    scheme: str
    area: str
    stage: str
    due: str
    tone: str
    note: str


def listed(row: WorklistRow, schemes: Mapping[str, Scheme], now: datetime) -> Listed:
    """One row of the worklist or of what a search found."""
    scheme = schemes.get(row.scheme)
    ours = row.needs_us and (row.opens_at is None or row.opens_at <= now)
    area = scheme.areas.get(row.area) if scheme else None
    return Listed(
        case_id=row.case_id,
        reference=row.reference,
        title=_title(row, ours),
        name=_name(row.summary),
        scheme=scheme.title if scheme else row.scheme,
        area=area.title if area else row.area.replace("_", " "),
        stage=row.stage.capitalize(),
        due=_due(row, ours, now),
        tone=tone(row.due_at, now) if ours else "none",
        note=_note(row, ours, now),
    )


def _title(row: WorklistRow, ours: bool) -> str:
    if not row.is_open:
        return "Closed"
    return row.next_step if ours and row.next_step else row.waiting_on or row.next_step or "Nothing to do now"


def _due(row: WorklistRow, ours: bool, now: datetime) -> str:
    if not row.is_open:
        return "closed"
    if ours:
        return wording.due(row.due_at, now)
    return f"yours {wording.coming(row.opens_at, now)}" if row.opens_at and row.opens_at > now else "waiting"


def _note(row: WorklistRow, ours: bool, now: datetime) -> str:
    if ours and row.waiting_on:
        return f"Also waits for {row.waiting_on}"
    return "" if ours else f"Last moved {wording.ago(row.last_at, now)}"


def _name(summary: bytes | None) -> str:
    return str(json.loads(summary).get("name", "")) if summary else ""
