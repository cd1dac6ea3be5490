"""The JSON Schema of the definition language, for editors that complete and check while one writes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sanctuary.loader.disagreements import ContradictionFile
from sanctuary.loader.entries import ExampleFile
from sanctuary.loader.given import GivenFile
from sanctuary.loader.meanings import MeaningsFile
from sanctuary.loader.procedure import StageFile
from sanctuary.loader.shape import MeasuresFile, SchemeFile

_FILES: Mapping[str, type[BaseModel]] = {
    "scheme.yaml": SchemeFile,
    "a stage's file": StageFile,
    "measures.yaml": MeasuresFile,
    "meanings.yaml": MeaningsFile,
    "facts to compare by": GivenFile,
    "a contradiction": ContradictionFile,
    "an example": ExampleFile,
}


def pages() -> Mapping[str, str]:
    """One schema that fits any file of a definition."""
    _, schema = models_json_schema([(shape, "validation") for shape in _FILES.values()], ref_template="#/$defs/{model}")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a Sanctuary Scheme's definition",
        "description": f"Any of {', '.join(_FILES)}. Names and conditions are checked by `sanctuary check` alone.",
        "anyOf": [{"$ref": f"#/$defs/{shape.__name__}"} for shape in _FILES.values()],
        "$defs": schema["$defs"],
    }
    return {"docs/reference/definition.schema.json": json.dumps(whole, indent=2, ensure_ascii=False) + "\n"}
