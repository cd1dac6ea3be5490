"""Which definitions does this installation run, and what did an earlier version say? Publishing, finding."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sanctuary.core.scheme import Scheme
from sanctuary.loader import Problem, load, load_all
from sanctuary.loader.files import lineage
from sanctuary.loader.meanings import MEANINGS
from sanctuary.records import accounts, schemes
from sanctuary.records.masks import Masks, mask

CORE = 0  # the compartment in which every role may write that something was done


def publish(root: Path) -> tuple[Problem, ...]:
    """Put every sound definition below `root` on record with its agencies; return what is wrong with the others.

    A broken definition changes nothing: the version that ran before goes on. By the owner's login.
    """
    found = load_all(root)
    for key, loaded in found.items():
        if loaded.scheme is not None:
            _publish(root, key, loaded.scheme)
    return tuple(problem for loaded in found.values() for problem in loaded.problems)


def running() -> Mapping[str, Scheme]:
    """The schemes under which new cases are opened, by key, in the order of their titles.

    For each scheme on record: its definition as it stands in the installation's folder, where that was published;
    the newest that was published, where it was not because it is broken or newer than this server.
    """
    if not _running:
        found, on_record = load_all(Path(settings.SCHEMES)), schemes.known()
        begun: dict[str, Scheme] = {}
        for key, newest in dict(on_record).items():
            scheme = found[key].scheme if key in found else None
            with suppress(LookupError):  # what no longer loads opens no new case; the other schemes go on
                begun[key] = scheme if scheme and (key, scheme.version) in on_record else version(newest)
        _running.update(begun)  # at once: requests in other threads look at it
    return dict(sorted(_running.items(), key=lambda item: item[1].title))


@lru_cache(maxsize=64)
def version(identity: str) -> Scheme:
    """The scheme as it was published under this version. Raises LookupError where it never was."""
    stored = schemes.find(identity)
    if stored is None:
        raise LookupError(f"no definition was ever published as {identity}")
    with tempfile.TemporaryDirectory() as place:
        for name, text in json.loads(stored.document).items():
            path = Path(place) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        loaded = load(Path(place) / stored.scheme)
    if loaded.scheme is None:
        raise LookupError(f"the definition published as {identity} no longer loads: {loaded.problems[0].message}")
    return loaded.scheme


_running: dict[str, Scheme] = {}


def _publish(root: Path, key: str, scheme: Scheme) -> None:
    for agency, title in scheme.agencies.items():
        accounts.make_agency(agency, title)
    document = json.dumps(_sources(root, key), ensure_ascii=False, sort_keys=True)
    schemes.publish(schemes.Version(id=scheme.version, scheme=key, document=document), _ceilings(scheme))


def _sources(root: Path, key: str) -> dict[str, str]:
    """The text of every file of the definition, of those that it extends and of the catalogue of meanings, by path."""
    written = [
        path
        for folder in lineage(root / key)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".yaml", ".md") and path.parent.name != "examples"
    ]
    beside = [root / MEANINGS] if (root / MEANINGS).is_file() else []
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in (*written, *beside)}


def _ceilings(scheme: Scheme) -> dict[str, Masks]:
    """The most that each role may ever read and write."""
    number = {name: compartment.number for name, compartment in scheme.compartments.items()}
    return {
        name: Masks(
            read=mask(number[part] for rule in role.reads for part in rule.compartments),
            write=mask([CORE, *(number[part] for part in role.writes)]),
        )
        for name, role in scheme.roles.items()
    }
