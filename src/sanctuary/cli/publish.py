"""`sanctuary publish`: the schemes as a static site, for partners to read and comment on."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sanctuary.cli import find
from sanctuary.cli.case import complain, moment
from sanctuary.cli.command import WELL, WRONG, Command, UnusableError
from sanctuary.cli.words import count
from sanctuary.core.meanings import Catalogue
from sanctuary.loader import load_all
from sanctuary.loader.disagreements import contradictions
from sanctuary.loader.examples import examples
from sanctuary.loader.meanings import catalogue
from sanctuary.web.site.described import Described
from sanctuary.web.site.pages import TEMPLATES, Site, pages

ASSETS = find.CHECKOUT.parent / "build" / "static"
_COMMENTS = "Send comments to the partnership that gave you this site."


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder to write the site to")
    parser.add_argument(
        "--schemes", metavar="PATH", type=Path, help="the folder with the schemes; if left out as for check"
    )
    parser.add_argument("--comments", metavar="WORDS", default=_COMMENTS, help="where to send comments, in a sentence")
    parser.add_argument("--at", metavar="TIME", help="the time for which rules are told, in London; now if left out")
    parser.add_argument("--assets", metavar="PATH", type=Path, default=ASSETS, help="the built style sheets and fonts")


def _run(options: Namespace) -> int:
    root = options.schemes or find.root()
    if not (options.assets / "govuk" / "govuk.css").is_file():
        raise UnusableError(f"There is no style sheet in {options.assets}: run make setup.")
    found = load_all(root)
    problems = [problem for loaded in found.values() for problem in loaded.problems]
    complain(problems)
    if problems:
        return WRONG
    described = tuple(
        Described(scheme=loaded.scheme, examples=examples(root / key))
        for key, loaded in found.items()
        if loaded.scheme is not None
    )
    if not described:
        raise UnusableError(f"There is no scheme in {root}.")
    site = Site(
        schemes=described,
        catalogue=catalogue(root)[0] or Catalogue(),
        contradictions=contradictions(root),
        comments=options.comments,
        now=moment(options.at),
    )
    written = _write(site, options.out, options.assets)
    sys.stdout.write(f"{count(written, 'page')} about {count(len(described), 'scheme')} in {options.out}.\n")
    return WELL


def _write(site: Site, out: Path, assets: Path) -> int:
    """Write the site, and say how many pages it has."""
    written = 0
    try:
        for path, text in pages(site):
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_text(text, encoding="utf-8")
            written += 1
        own = TEMPLATES.parent / "static" / "sanctuary"
        for source, name in ((assets / "govuk", "govuk"), (own, "sanctuary")):
            leave = shutil.ignore_patterns("*.js", "*.mjs")
            shutil.copytree(source, out / "assets" / name, dirs_exist_ok=True, ignore=leave)
    except OSError as error:
        raise UnusableError(f"{error.filename or out} cannot be written: {error.strerror}.") from error
    return written


COMMAND = Command(
    name="publish",
    help="write the schemes as a site for partners to read",
    about="""Writes a static site of every scheme: its pathway, steps and forms, rules in words with their sources,
measures, times, who may read what and letters, and where the schemes differ. It needs no server and no scripts, and
holds no personal data. On every rule there is a name to comment on it by.""",
    arguments=_arguments,
    run=_run,
)
