"""How do questions become a form, and a posted form plain answers? Whether they are good, core.forms says."""
