"""How does a web server start the site? With a database that answers and is safe to use."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from sanctuary.gateways.database import ensure_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanctuary.config.settings")
ensure_server()
application = get_wsgi_application()

from sanctuary.gateways import erasures  # noqa: E402 - Django must be set up first
from sanctuary.records import lint  # noqa: E402

lint.refuse_unsafe(erasures.cases())
