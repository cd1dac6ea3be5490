"""Sanctuary runs any Sanctuary Scheme from its own written procedure, on one case record."""
