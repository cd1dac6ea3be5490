"""Is the language closed, documented, and wholly used by the schemes that tests are made with?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from sanctuary.loader.entries import CaseShape, ExampleFile
from sanctuary.loader.mapping import Shape
from sanctuary.loader.procedure import StageFile
from sanctuary.loader.shape import MeasuresFile, SchemeFile, json_schema


def shapes(shape: type[BaseModel] = Shape) -> Iterator[type[BaseModel]]:
    """Every shape of the language."""
    for inner in shape.__subclasses__():
        yield inner
        yield from shapes(inner)


SHAPES: dict[str, type[BaseModel]] = {shape.__name__: shape for shape in shapes()}


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_is_documented_in_a_sentence(name: str) -> None:
    shape = SHAPES[name]
    assert shape.model_config["extra"] == "forbid"
    assert shape.model_config["frozen"] is True
    for key, field in shape.model_fields.items():
        assert field.description, key
        assert field.description.endswith((".", "…")), key


def test_editors_get_a_schema_for_each_kind_of_file() -> None:
    schemas = json_schema()
    assert list(schemas) == ["scheme", "stage", "measures", "meanings", "case", "example"]
    files: dict[str, type[BaseModel]] = {
        "scheme": SchemeFile,
        "stage": StageFile,
        "measures": MeasuresFile,
        "example": ExampleFile,
    }
    for name, file in files.items():
        assert set(schemas[name]["properties"]) == set(file.model_fields)
        assert schemas[name]["additionalProperties"] is False
    assert schemas["case"]["type"] == "array"
    assert CaseShape.model_fields


def test_the_schema_says_what_a_step_is() -> None:
    step: dict[str, Any] = json_schema()["stage"]["$defs"]["StepShape"]
    assert {"kind", "title", "who", "compartment"} == set(step["required"])
    assert step["properties"]["any_time"]["enum"] == ["yes", "no", True, False]
    assert step["properties"]["opens"]["description"] == "The time before which it is not open."
