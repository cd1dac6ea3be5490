"""Which version of a definition is this? A name made from what it says, whatever its spacing, comments and quotes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from sanctuary.core.letters import Letter
from sanctuary.loader.yaml import Node, plain

_LENGTH = 12


def version(trees: Mapping[str, Node], letters: Mapping[str, Letter]) -> str:
    """The first digits of a hash over the files' content in its written order, and over the letters' text."""
    files = {name: plain(tree) for name, tree in trees.items()}
    texts = {name: [(block.kind.value, block.text) for block in letter.blocks] for name, letter in letters.items()}
    said = json.dumps({"files": files, "letters": texts}, ensure_ascii=True, separators=(",", ":"))
    return sha256(said.encode("ascii")).hexdigest()[:_LENGTH]
