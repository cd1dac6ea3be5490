"""Is the static site whole: a page of each kind for each scheme, with links that lead somewhere and no scripts?"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import escape

from sanctuary.cli import main
from sanctuary.web.site.pages import PARTS
from sanctuary.web.wording import day
from tests.support.pages.journey import SCHEMES, schemes
from tests.unit.cli.conftest import Run

AT = ("--at", "2026-06-01")
ASSETS = ("govuk/govuk.css", "govuk/start.js", "govuk/fonts/letters.woff2")


class Seen(HTMLParser):
    """What a page links to, the ids that it has, and its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def assets(place: Path) -> Path:
    """What set-up would have built."""
    for name in ASSETS:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("made", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the schemes of the checkout."""
    place = tmp_path_factory.mktemp("site")
    built = assets(place / "assets")
    assert main(["publish", str(place / "out"), "--schemes", str(SCHEMES), "--assets", str(built), *AT]) == 0
    return place / "out"


def pages(site: Path) -> dict[str, Seen]:
    """Every page, by its path."""
    return {str(path.relative_to(site)): Seen(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_a_text_with_a_date_says_of_which_day_it_is(site: Path) -> None:
    for key, scheme in schemes().items():
        text = (site / key / "index.html").read_text(encoding="utf-8")
        assert (f"the edition of {day(scheme.edition)}" if scheme.edition else f"Version {scheme.version}</p>") in text


@pytest.mark.covers("N31")
def test_every_scheme_has_every_page(site: Path) -> None:
    wanted = {f"{key}/{part}.html" for key in schemes() for part in PARTS}
    assert set(pages(site)) == {*wanted, "index.html", "compare.html", "contradictions.html"}


def test_every_link_is_relative_and_leads_somewhere(site: Path) -> None:
    found = pages(site)
    for path, seen in found.items():
        for link in seen.links:
            file, _, anchor = link.partition("#")
            target = ((site / path).parent / file).resolve() if file else site / path
            assert not link.startswith(("/", "http")), (path, link)
            assert target.is_file(), (path, link)
            assert not anchor or anchor in found[str(target.relative_to(site.resolve()))].ids, (path, link)


def test_pages_are_well_made_and_have_no_scripts(site: Path) -> None:
    for path, seen in pages(site).items():
        assert "script" not in seen.tags, path
        assert seen.headings.count(1) == 1, path
        assert all(after - before <= 1 for before, after in zip(seen.headings, seen.headings[1:], strict=False)), path
        assert len(seen.ids) == len(set(seen.ids)), path
    assert not list(site.rglob("*.js"))
    assert (site / "assets/govuk/fonts/letters.woff2").is_file()


@pytest.mark.covers("A1")
def test_every_rule_is_told_with_its_source_what_else_there_is_and_a_name_for_comments(site: Path) -> None:
    for key, scheme in schemes().items():
        text = (site / key / "rules.html").read_text(encoding="utf-8")
        for gate in scheme.gates.values():
            for criterion in gate.criteria:
                assert f"{key}/{gate.name}.{criterion.name}, version {scheme.version}" in text
        assert text.count("Source: ") >= sum(len(gate.criteria) for gate in scheme.gates.values())


@pytest.mark.covers("N31")
def test_what_follows_from_the_answers_is_told_as_well(site: Path) -> None:
    for key, scheme in schemes().items():
        text = (site / key / "rules.html").read_text(encoding="utf-8")
        told = ("found.", "decided.", "consented.", "permitted.", "flagged.")
        for one in scheme.derived:
            assert not one.name.startswith(told) or f"{key}/{one.name}, version" in text, one.name


@pytest.mark.covers("H14")
def test_differences_stand_side_by_side(site: Path) -> None:
    text = (site / "compare.html").read_text(encoding="utf-8")
    for scheme in schemes().values():
        assert f'<h3 class="govuk-heading-s">{escape(scheme.title)}</h3>' in text
    assert "Camera that watches outside: not offered" in text
    assert "A camera that watches outside the home" in (site / "contradictions.html").read_text(encoding="utf-8")


def test_where_to_send_comments_is_for_the_deployment_to_say(tmp_path: Path, run: Run) -> None:
    built = assets(tmp_path / "assets")
    told = ("--schemes", str(SCHEMES.parent / "tests/support/schemes"), "--comments", "Write to the coordinator.")
    code, said, _ = run("publish", str(tmp_path / "out"), "--assets", str(built), *told, *AT)
    assert (code, said) == (0, f"21 pages about 2 schemes in {tmp_path / 'out'}.\n")
    assert "Write to the coordinator." in (tmp_path / "out/small/rules.html").read_text(encoding="utf-8")


def test_what_cannot_be_published_is_said(here: Path, run: Run) -> None:
    built = assets(here / "assets")
    assert run("publish", "out", "--assets", "nowhere")[0] == 2
    assert run("publish", "out", "--assets", str(built), "--schemes", str(built))[0] == 2
    (here / "taken").write_text("", encoding="utf-8")
    assert run("publish", "taken", "--assets", str(built))[0] == 2
    (here / "schemes/ours/scheme.yaml").write_text("scheme: [ours]\n", encoding="utf-8")
    code, said, _ = run("publish", "out", "--assets", str(built))
    assert (code, "scheme.yaml:1" in said) == (1, True)
