"""Which definition is meant? A key or a path, and where schemes lie when nothing is said."""

from __future__ import annotations

from pathlib import Path

from sanctuary.cli.command import UnusableError
from sanctuary.cli.words import listed
from sanctuary.core.conditions.names import nearest
from sanctuary.loader import Loaded, load

SCHEME = "scheme.yaml"
# The schemes of the checkout that this is installed from, for a terminal that stands somewhere else.
CHECKOUT = Path(__file__).resolve().parents[3] / "schemes"


def root() -> Path:
    """Where schemes lie: the folder `schemes` here, or else that of the checkout."""
    here = Path("schemes")
    return here if here.is_dir() else CHECKOUT


def folder(named: str) -> Path:
    """The folder of a scheme, named by its key or by a path."""
    for path in (Path(named), root() / named):
        if (path / SCHEME).is_file():
            return path
    known = keys(root())
    match = nearest(named, known)
    hint = (
        f"Did you mean '{match}'?" if match else f"There is {listed(known)}." if known else "There are no schemes here."
    )
    raise UnusableError(f"There is no scheme '{named}'. {hint}")


def folders(path: Path) -> tuple[Path, ...]:
    """The scheme folder that `path` is, or all those in it."""
    if (path / SCHEME).is_file():
        return (path,)
    found = tuple(each.parent for each in sorted(path.glob(f"*/{SCHEME}")))
    if not found:
        raise UnusableError(f"There is no scheme in {path}: a scheme is a folder with a file {SCHEME}.")
    return found


def keys(path: Path) -> list[str]:
    """The names of the schemes in `path`."""
    return [each.parent.name for each in sorted(path.glob(f"*/{SCHEME}"))]


def scheme(named: str) -> Loaded:
    """The scheme meant, or what is wrong with its definition."""
    return load(folder(named))
