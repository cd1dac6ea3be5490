"""What does a folder of YAML define? `load` gives a scheme, or all that is wrong; not which version runs."""

from sanctuary.loader.build import Loaded, load, load_all
from sanctuary.loader.problems import Problem

__all__ = ["Loaded", "Problem", "load", "load_all"]
