"""What does a folder of YAML define? `load` gives a scheme or all that is wrong with it; keeping versions is for records."""

from sanctuary.loader.build import Loaded, load, load_all
from sanctuary.loader.problems import Problem

__all__ = ["Loaded", "Problem", "load", "load_all"]
