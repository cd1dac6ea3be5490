"""Which address leads to which page? All of them stand in `web.addresses`, each with whom it answers."""

from __future__ import annotations

from django.urls import path

from sanctuary.web import failures
from sanctuary.web.addresses import ALL
from sanctuary.web.doors import guarded

urlpatterns = [path(each.path, guarded(each), name=each.name) for each in ALL]

handler400 = failures.misunderstood
handler403 = failures.missing
handler404 = failures.missing
handler500 = failures.broken
