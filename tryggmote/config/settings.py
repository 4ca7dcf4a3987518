"""Settings of Tryggmøte. Everything that differs between places comes from the environment.

The documented table of variables is `docs/drift/miljovariabler.md`; this file holds no secret.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from tryggmote.config.environment import exhibit_keys, flag, secret_key, var_folder, words
from tryggmote.postgres.settings import databases

PACKAGE = Path(__file__).resolve().parent.parent
VAR = var_folder()

DEMO = flag("DEMO")
DEBUG = flag("DEBUG")
PRODUCTION = flag("PRODUCTION", default=not DEMO and not DEBUG)
SECRET_KEY = secret_key(VAR / "secret-key")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", default="localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

PACKAGE = Path(__file__).parents[1]
CAPABILITIES = [
    "access",
    "search",
    "organisation",
    "catalogue",
    "notices",
    "duties",
    "guides",
    "information",
    "controls",
    "risk",
    "premises",
    "residual",
    "concerns",
    "reviews",
    "compliance",
    "equipment",
    "encounters",
    "incidents",
    "training",
    "expertise",
    "lessons",
    "followup",
    "statutory",
    "exhibits",
    "police",
    "learning",
    "client_measures",
    "assistance",
    "exercises",
    "forums",
    "cycle",
    "retention",
    "handbook",
    "dossier",
    "statistics",
    "demo",
    "ui",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    *(f"tryggmote.{name}" for name in CAPABILITIES),
    "tryggmote.supervision",
    "tryggmote.doctor",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tryggmote.ui.middleware.SentByScriptMiddleware",
    "tryggmote.ui.middleware.ErrorPagesMiddleware",
    "tryggmote.access.cookies.SessionCookieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tryggmote.access.cookies.CsrfCookieMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last: everything inside it runs in one transaction as the person who asks.
    "tryggmote.access.middleware.PersonMiddleware",
]
ROOT_URLCONF = "tryggmote.config.urls"
WSGI_APPLICATION = "tryggmote.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tryggmote.ui.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "tryggmote.ui.renderer.AkselRenderer"

DATABASES = databases(VAR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sessions: in the database so that they can be ended; a working day long; never readable by script.
SESSION_ENGINE = "tryggmote.access.sessions"
SESSION_COOKIE_NAME = "tryggmote_session"
SESSION_COOKIE_AGE = 12 * 60 * 60  # s
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SILENCED_SYSTEM_CHECKS = ["security.W003"]  # looks for Django's own by name, and not for ours made of it
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tryggmote.ui.error_pages.csrf_failure"
# A laptop serves plain HTTP on loopback; everywhere else cookies travel only encrypted.
BEHIND_HTTPS = flag("BEHIND_HTTPS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The event stream is a process of its own. Empty: same host as the page, on ALARM_PORT.
ALARM_ADDRESS = os.environ.get("ALARM_ADDRESS", "")
ALARM_PORT = int(os.environ.get("ALARM_PORT", str(int(os.environ.get("PORT", "8000")) + 1)))
# Pages may open it; a policy cannot name an address in brackets, so not from [::1].
ALARM_SOURCES = (
    [ALARM_ADDRESS]
    if ALARM_ADDRESS
    else [
        f"{'https' if BEHIND_HTTPS else 'http'}://{host}:{ALARM_PORT}"
        for host in ALLOWED_HOSTS
        if not host.startswith(("[", "*"))
    ]
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *ALARM_SOURCES],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("Engelsk"))]
LANGUAGE_COOKIE_NAME = "tryggmote_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
FORMAT_MODULE_PATH = ["tryggmote.ui.formats"]
LOCALE_PATHS: list[Path] = []

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# E-mail goes through one SMTP server; without one, messages wait in the outbox and the administrator sees it.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_TLS")
EMAIL_TIMEOUT = 10  # s
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "tryggmote@localhost")
PUBLIC_ADDRESS = os.environ.get("PUBLIC_ADDRESS", f"http://localhost:{os.environ.get('PORT', '8000')}")

# Text messages of notices: an Apprise address with {phone} in it. Without one nobody can choose them.
NOTICES_TEXT = os.environ.get("NOTICES_TEXT", "")

# Evidence files are sealed with the first of these; without one there are no files (docs/drift).
EXHIBIT_KEYS = exhibit_keys(VAR / "exhibit-key", production=PRODUCTION)
# Who looks for viruses in them (`exhibits/scanning.py`); without one the page says that nobody has.
EXHIBIT_SCANNER = os.environ.get("EXHIBIT_SCANNER", "")

# Calls for help outside the house: an Apprise address with {phone} in it, for those no screen has reached.
ASSISTANCE_TEXT = os.environ.get("ASSISTANCE_TEXT", "")
# Where units may be told of calls, as Apprise names services: scheme://, scheme://host, scheme://.domain.
ASSISTANCE_CHANNELS = words(
    "ASSISTANCE_CHANNELS", default="workflows://.logic.azure.com workflows://.api.powerplatform.com"
)
# Push services beside those of the known browsers: for tests, and for an organisation's own.
PUSH_SERVICES_ALSO = words("PUSH_SERVICES_ALSO")
# Where physical alarms may be told of calls: origins such as https://alarm.example. Those who type an address
# are not those who know what our network must not be led to.
ALARM_SYSTEM_ADDRESSES = words("ALARM_SYSTEM_ADDRESSES")

# Separated as in PATH: folders may have spaces in their names.
CATALOGUE_PATHS = [Path(path) for path in os.environ.get("CATALOGUE_PATHS", "").split(os.pathsep) if path]
# None: the thresholds that come with us.
COMPLIANCE_RULES = Path(path) if (path := os.environ.get("COMPLIANCE_RULES")) else None
# None: only the mappings that come with us (incidents/export_mappings).
INCIDENT_EXPORTS = Path(path) if (path := os.environ.get("INCIDENT_EXPORTS")) else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024  # an organisation of 22,000 people is a 3 MB spreadsheet
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PROCRASTINATE_IMPORT_PATHS = [
    f"tryggmote.{name}.jobs" for name in CAPABILITIES if (PACKAGE / name / "jobs.py").exists()
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    # What these two tell when all is well would drown the rest.
    "loggers": {
        **{name: {"level": os.environ.get("LOG_LEVEL", "WARNING")} for name in ("procrastinate", "uvicorn")},
        # It writes whole addresses, and whoever has a webhook's address can write in the channel (ADR 0022).
        "apprise": {"level": "CRITICAL"},
    },
}
