"""How do events and progress become bytes and come back? Their JSON; not where it lies or how it is encrypted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sanctuary.core.decisions import Conflict, Voice
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Silence, Value
from sanctuary.core.gates import Deferred, reason_of
from sanctuary.core.progress import Done, Open, Progress, Waiting
from sanctuary.core.scheme import Scheme
from sanctuary.core.shares import Given, Ground, Terms
from sanctuary.core.stages import Stage
from sanctuary.core.timing import ClockState

_PLAIN = tuple(field.name for field in fields(Event) if field.name not in ("kind", "at", "answers", "share"))


def dump_event(event: Event) -> bytes:
    """The part of an event that is encrypted: everything but its kind and time, which are columns."""
    content: dict[str, Any] = {name: getattr(event, name) for name in _PLAIN if getattr(event, name)}
    if event.answers:
        content["answers"] = {name: _out(value) for name, value in event.answers.items()}
    if event.share:
        content["share"] = _terms(event.share)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def load_event(kind: str, at: datetime, payload: bytes) -> Event:
    """The event that `dump_event` wrote. Raises ValueError on bytes it did not write."""
    content = json.loads(payload)
    answers = {name: _in(value) for name, value in content.pop("answers", {}).items()}
    share = _share(content.pop("share", None))
    return Event(kind=EventKind(kind), at=at, answers=answers, share=share, **content)


def dump_progress(progress: Progress) -> dict[str, Any]:
    """Progress as plain JSON values: names of steps, rules and facts, and times. No answer, and no reason in words."""
    content = {field.name: _plain(getattr(progress, field.name)) for field in fields(Progress)}
    return {**content, **{key: [reason.rule for reason in getattr(progress, key)] for key in ("stopped", "held")}}


def load_progress(content: Mapping[str, Any], scheme: Scheme) -> Progress:
    """The progress that `dump_progress` wrote of a case under `scheme`, whose words the reasons are."""
    return Progress(
        scheme=content["scheme"],
        version=content["version"],
        at=_time(content["at"]),
        stage=Stage(content["stage"]),
        outcome=content["outcome"],
        done=tuple(Done(**{**item, "at": _time(item["at"])}) for item in content["done"]),
        open=tuple(Open(**_read(item, ("who", "told"), ("since", "due", "asked"))) for item in content["open"]),
        waiting=tuple(Waiting(**_read(item, ("on",), ("until",))) for item in content["waiting"]),
        stopped=tuple(reason_of(scheme, rule) for rule in content["stopped"]),
        unknown=tuple(content["unknown"]),
        available=tuple(content["available"]),
        clocks=tuple(
            ClockState(
                **_read(item, ("charged_to", "escalated_to"), ("started", "due", "ended")) | {"escalates": _times(item)}
            )
            for item in content["clocks"]
        ),
        reads={role: frozenset(names) for role, names in content["reads"].items()},
        agencies=content["agencies"],
        recheck_at=_time(content["recheck_at"]) if content["recheck_at"] else None,
        held=tuple(reason_of(scheme, rule) for rule in content.get("held", ())),
        overridden=tuple(content.get("overridden", ())),
        soft=tuple(content.get("soft", ())),
        deferred=tuple(Deferred(**_read(item, (), ("until",))) for item in content.get("deferred", ())),
        limited={step: tuple(names) for step, names in content.get("limited", {}).items()},
        track=content.get("track", ""),
        unsafe=tuple(content.get("unsafe", ())),
        given=tuple(Given(**_read(item, ("parts",), ("since", "until"))) for item in content.get("given", ())),
        conflicts=tuple(_conflict(item) for item in content.get("conflicts", ())),
    )


def _terms(terms: Terms) -> dict[str, Any]:
    plain = {field.name: getattr(terms, field.name) for field in fields(Terms)}
    ground = terms.ground.value if terms.ground else None
    return {**plain, "parts": list(terms.parts), "until": terms.until.isoformat(), "ground": ground}


def _share(content: Mapping[str, Any] | None) -> Terms | None:
    if content is None:
        return None
    ground = Ground(content["ground"]) if content["ground"] else None
    return Terms(**{**content, "parts": tuple(content["parts"]), "until": _time(content["until"]), "ground": ground})


def _conflict(item: Mapping[str, Any]) -> Conflict:
    return Conflict(decision=item["decision"], voices=tuple(Voice(**voice) for voice in item["voices"]))


def _read(item: Mapping[str, Any], listed: tuple[str, ...], timed: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a part of progress; those that were not kept yet when it was concluded have nothing in them."""
    times = {name: _time(item[name]) if item.get(name) else None for name in timed}
    return {**item, **{name: tuple(item.get(name, ())) for name in listed}, **times}


def _times(clock: Mapping[str, Any]) -> dict[str, datetime]:
    return {role: _time(at) for role, at in clock.get("escalates", {}).items()}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Stage):
        return value.value
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _out(value: Value) -> Any:
    if isinstance(value, Silence):
        return {"silence": value.value}
    if isinstance(value, Decimal):
        return {"pounds": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Mapping):
        return {"row": {name: _out(part) for name, part in value.items()}}
    if isinstance(value, tuple):
        return [_out(part) for part in value]
    if isinstance(value, str | int):
        return value
    raise TypeError(f"no answer is a {type(value).__name__}")


def _in(content: Any) -> Value:
    if isinstance(content, list):
        return tuple(_in(part) for part in content)
    if not isinstance(content, dict):
        return cast(Value, content)
    ((kind, inner),) = content.items()
    return cast(Value, _READ[kind](inner))


_READ: Mapping[str, Any] = {
    "silence": Silence,
    "pounds": Decimal,
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "row": lambda row: {name: _in(part) for name, part in row.items()},
}
