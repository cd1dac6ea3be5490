"""The static site of schemes, for partners to read and comment on: pages without scripts, accounts or personal data."""

from sanctuary.web.site.pages import pages

__all__ = ["pages"]
