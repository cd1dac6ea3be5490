"""Where does this installation keep its data? One directory, for the embedded database, secrets and logs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def place() -> Path:
    """The directory that SANCTUARY_HOME names, otherwise `var` in the checkout, whether it is there or not."""
    return Path(os.environ.get("SANCTUARY_HOME") or CHECKOUT / "var").resolve()


def home() -> Path:
    """The directory of this installation. Made when it is missing."""
    path = place()
    path.mkdir(mode=0o711, parents=True, exist_ok=True)
    return path


def is_production() -> bool:
    """Whether SANCTUARY_ENV says that real people are served here. A word that is not understood is not guessed at."""
    said = os.environ.get("SANCTUARY_ENV", "").strip().lower()
    if said not in ("", "development", "production"):
        raise OSError(f"SANCTUARY_ENV is {said!r}: it can be production or development, or be left out")
    return said == "production"


@contextmanager
def sole_hand(name: str) -> Iterator[None]:
    """Hold the lock called `name`: of all processes that share the home, one at a time passes."""
    with (home() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
