"""`python -m sanctuary.cli`: the command line without its installed name."""

import sys

from sanctuary.cli import main

sys.exit(main())
