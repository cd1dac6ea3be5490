"""What does the procedure look like, and where is this case on it? The picture of the case page."""

from sanctuary.web.pathway.picture import draw, for_screens

__all__ = ["draw", "for_screens"]
