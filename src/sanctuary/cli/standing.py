"""How is a case's progress told? As JSON for programs and in plain words for people; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sanctuary.cli import words
from sanctuary.core.clocks import LONDON
from sanctuary.core.decisions import decisions
from sanctuary.core.gates import criterion_of
from sanctuary.core.progress import Open, Progress, Waiting
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Scheme


def as_json(progress: Progress) -> dict[str, Any]:
    """The answer for programs. Times are ISO 8601 with London's offset; `due` is null where there is no target."""
    return {
        "scheme": progress.scheme,
        "version": progress.version,
        "at": _iso(progress.at),
        "stage": progress.stage.value,
        "outcome": progress.outcome,
        "done": [done.step for done in progress.done],
        "open": [_open(step) for step in progress.open],
        "waiting": [{"step": step.step, "on": _on(step)} for step in progress.waiting],
        "stopped": [_stopped(reason) for reason in progress.stopped],
        "unknown": list(progress.unknown),
        "held": [_stopped(reason) for reason in progress.held],
        "status": progress.status,
        "overridden": list(progress.overridden),
        "deferred": {each.rule: _iso(each.until) if each.until else None for each in progress.deferred},
        "track": progress.track,
        "conflicts": {
            each.decision: [{"fact": voice.fact, "role": voice.role} for voice in each.voices]
            for each in progress.conflicts
        },
    }


def in_words(scheme: Scheme, progress: Progress) -> str:
    """The answer for people."""
    parts = [f"{scheme.title}, version {progress.version[:12]}\n{words.moment(progress.at)}\n"]
    parts += [f"{title}\n{chr(10).join(lines)}\n" for title, lines in _chapters(scheme, progress) if lines]
    return "\n".join(parts)


def _open(step: Open) -> dict[str, Any]:
    due = _iso(step.due) if step.due else None
    return {"step": step.step, "who": list(step.who), "since": _iso(step.since), "due": due}


def _on(step: Waiting) -> list[str]:
    return [*step.on, _iso(step.until)] if step.until else list(step.on)


def _stopped(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "reason": reason.text,
        "facts": list(reason.facts),
        "source": reason.source,
        "alternatives": list(reason.alternatives),
        "then": reason.onward.value,
        "to": reason.to,
    }


def _iso(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat()


def _chapters(scheme: Scheme, progress: Progress) -> list[tuple[str, list[str]]]:
    return [
        ("Where the case is", [_where(scheme, progress)]),
        (
            "What is next, and whose turn it is",
            [line for step in progress.open for line in _turn(scheme, progress, step)],
        ),
        ("What says no, and what else there is", [line for each in progress.stopped for line in _no(each)]),
        ("Why it waits, though nothing is refused", [line for each in progress.held for line in _no(each)]),
        ("In this case", [words.paragraph(line) for line in _remarks(scheme, progress)]),
        ("What would settle the rest", [words.paragraph(words.fact(scheme, name)) for name in progress.unknown]),
        ("What waits", [_waits(scheme, step) for step in progress.waiting]),
        ("What can be done at any time", [f"  {scheme.steps[name].title}" for name in progress.available]),
        ("What has been done", [_did(scheme, progress, place) for place in range(len(progress.done))]),
    ]


def _remarks(scheme: Scheme, progress: Progress) -> Iterator[str]:
    """The track, whose opinions conflict, what was set aside, and what does not count yet."""
    yield from (track.title for track in scheme.tracks if track.name == progress.track)
    titles = {one.name.partition(".")[2]: one.title for one in decisions(scheme)}
    for conflict in progress.conflicts:
        voices = words.listed((words.role(scheme, voice.role) for voice in conflict.voices), "and")
        yield f"Opinions differ on “{titles[conflict.decision]}”: those of {voices}"
    yield from (f"Set aside: {_title(scheme, rule)} ({rule})" for rule in progress.overridden)
    for each in progress.deferred:
        when = f"Counts from {words.moment(each.until)}" if each.until else "Does not count yet"
        yield f"{when}: {_title(scheme, each.rule)} ({each.rule})"


def _title(scheme: Scheme, rule: str) -> str:
    gate, _ = criterion_of(scheme, rule)
    return gate.title


def _where(scheme: Scheme, progress: Progress) -> str:
    stage = f"Stage {progress.stage.position} of 7: {progress.stage.value}."
    if not progress.is_closed:
        called = f" It is called: {progress.status}." if progress.status else ""
        said = f"The case is open.{called}" if progress.outcome == "open" else "The way forward is stopped."
    else:
        reason = scheme.closing_reasons.get(progress.outcome)
        said = f"The case is closed: {reason.title}." if reason else "The case is closed."
    return f"  {stage} {said}"


def _turn(scheme: Scheme, progress: Progress, step: Open) -> Iterator[str]:
    who = words.listed((words.role(scheme, name) for name in step.who), "or")
    asked = f" Asked {words.moment(step.asked)}." if step.asked else ""
    paused = " The clock is paused." if step.paused else ""
    when = words.due(step.due, progress.at) if step.due else "No target."
    yield f"  {scheme.steps[step.step].title}"
    yield words.paragraph(f"{who}. Open since {words.moment(step.since)}.{asked}", 4)
    told = f" Told to {words.listed((words.role(scheme, name) for name in step.told), 'and')}." if step.told else ""
    yield words.paragraph(f"{when}{paused}{told}", 4)


def _no(reason: Reason) -> Iterator[str]:
    yield words.paragraph(reason.text)
    yield words.paragraph(f"Where it says so: {reason.source} ({reason.rule})", 4)
    if reason.alternatives:
        yield words.paragraph(f"What else there is: {'; '.join(reason.alternatives)}", 4)


def _waits(scheme: Scheme, step: Waiting) -> str:
    title = scheme.steps[step.step].title
    if step.until:
        return words.paragraph(f"{title} – opens {words.moment(step.until)}")
    return words.paragraph(f"{title} – waits for {words.listed(words.step(scheme, name) for name in step.on)}")


def _did(scheme: Scheme, progress: Progress, place: int) -> str:
    done = progress.done[place]
    by = f", {words.role(scheme, done.role)}" if done.role else ""
    times = f" ({done.times} times)" if done.times > 1 else ""
    return f"  {scheme.steps[done.step].title}: {words.moment(done.at)}{by}{times}"
