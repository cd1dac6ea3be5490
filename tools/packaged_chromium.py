"""How does Chromium come where apt is out of reach? Inside an npm package, as brotli archives; x86-64 Linux only."""

from __future__ import annotations

import io
import shutil
import tarfile
from pathlib import Path

import brotli
from assets import ROOT, install_packages

MANIFEST = ROOT / "tools" / "fallback_browser"
ARCHIVES = MANIFEST / "node_modules" / "@sparticuz" / "chromium" / "bin"

# The libraries that a server seldom has come with the browser; only glibc is the machine's own.
STARTER = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib:$here${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_PATH="$here"
exec "$here/chrome" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def unpack(folder: Path) -> None:
    """Install the package, unpack it into `folder` with a starter named chromium, and drop the package again."""
    install_packages(MANIFEST)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for archive in ("al2023", "swiftshader", "fonts"):
        with tarfile.open(fileobj=io.BytesIO(expanded(f"{archive}.tar.br"))) as contents:
            contents.extractall(folder, filter="data")
    executable(folder / "chrome", expanded("chromium.br"))
    executable(folder / "chromium", STARTER.encode())
    (folder / "fonts.conf").write_text(FONTS)
    shutil.rmtree(MANIFEST / "node_modules")


def expanded(name: str) -> bytes:
    """What is in one archive of the package."""
    return brotli.decompress((ARCHIVES / name).read_bytes())


def executable(path: Path, content: bytes) -> None:
    """Write a program."""
    path.write_bytes(content)
    path.chmod(0o755)
