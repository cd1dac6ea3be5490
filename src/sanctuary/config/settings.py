"""What does Django need to know? Everything that differs between installations comes from the environment or the home.

Importing this starts nothing: whoever is about to use the database calls `gateways.database.ensure_server` first.
"""

from __future__ import annotations

import os
from typing import Any

from sanctuary.gateways import database, keys
from sanctuary.gateways.home import CHECKOUT, home, is_production


def _yes(variable: str) -> bool:
    return os.environ.get(variable, "").lower() in {"1", "yes", "true", "on"}


PRODUCTION = is_production()
DEBUG = _yes("SANCTUARY_DEBUG") and not PRODUCTION
ALLOWED_HOSTS = os.environ.get("SANCTUARY_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("SANCTUARY_ORIGINS", "").split(",") if origin]

SECRET_KEY = keys.signing_key()
MASTER_KEY = keys.master_key()

# How browsers know this site: passkeys answer to this address alone. A name even on one machine, since to a passkey a
# number is no site.
SITE_ADDRESS = os.environ.get("SANCTUARY_ADDRESS") or (
    f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://localhost:{os.environ.get('PORT') or 8000}"
)

# The folder of the definitions that this installation runs.
SCHEMES = os.environ.get("SANCTUARY_SCHEMES") or str(CHECKOUT / "schemes")

INSTALLED_APPS = ["django.contrib.staticfiles", "sanctuary.records", "sanctuary.web"]

# In the order in which a request passes. The record's own comes last: what stands before it is outside the transaction.
MIDDLEWARE = [
    "sanctuary.web.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sanctuary.web.evenness.EvennessMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sanctuary.records.middleware.RecordMiddleware",
]

ROOT_URLCONF = "sanctuary.config.urls"
WSGI_APPLICATION = "sanctuary.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The database: one database, three logins -----------------------------------------------------------------------
_addresses = database.addresses()
_tests: dict[str, Any] = {"CHARSET": "UTF8", "TEMPLATE": "template0", "DEPENDENCIES": []}


def _alias(login: database.Login, engine: str, test: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {
        "ENGINE": engine,
        "HOST": login.host,
        "PORT": login.port,
        "NAME": login.database,
        "USER": login.role,
        "PASSWORD": login.password,
        "OPTIONS": {**login.options, **options},
        "CONN_HEALTH_CHECKS": True,
        "TEST": test,
    }


DATABASES = {
    # Serves requests, under row-level security.
    "default": _alias(
        _addresses.app,
        "sanctuary.records.backend",
        {"MIRROR": "owner"},
        server_side_binding=True,
        prepare_threshold=3,  # planning a query under these policies costs more than running it
        pool={"min_size": 1, "max_size": int(os.environ.get("SANCTUARY_POOL", "8")), "timeout": 10},
    ),
    # Checks passwords, and begins and ends sessions; can read no table.
    "door": _alias(_addresses.door, "django.db.backends.postgresql", {"MIRROR": "owner"}, server_side_binding=True),
}
if _addresses.owner:  # A web server in production is not given this login.
    DATABASES["owner"] = _alias(_addresses.owner, "django.db.backends.postgresql", _tests)
DATABASE_ROLES = {
    "owner": _addresses.owner.role if _addresses.owner else "",
    "app": _addresses.app.role,
    "door": _addresses.door.role,
    "engine": _addresses.engine,
}
DATABASE_ROUTERS = ["sanctuary.records.router.Router"]

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- Pages ----------------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "sanctuary.web.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns of one that is not there
STATICFILES_DIRS = [directory for directory in (CHECKOUT / "build" / "static",) if directory.is_dir()]
WHITENOISE_USE_FINDERS = not PRODUCTION

# --- Safety ---------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "sanctuary.web.failures.unproven"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
BEHIND_PROXY = _yes("SANCTUARY_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Tracebacks name files and lines; nothing that a person wrote goes into a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "sanctuary.config.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
