"""Settings common to all. Everything that varies is read from the environment (`environnement.py`)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from exigible.bureau.reglages.environnement import (
    read_delai_verrou,
    read_drapeau,
    read_horodatage,
    read_liste,
)

BUREAU = Path(__file__).resolve().parents[1]
HTTPS = read_drapeau("EXIGIBLE_HTTPS")
DEMONSTRATION = read_drapeau("EXIGIBLE_DEMONSTRATION")

DEBUG = False
_HOTES = read_liste("EXIGIBLE_HOTES")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_HOTES]

INSTALLED_APPS = [
    "exigible.bureau.comptes",
    "exigible.bureau.travaux",
    "exigible.bureau.journal",
    "exigible.bureau.tiers",
    "exigible.bureau.banque",
    "exigible.bureau.envois",
    "exigible.bureau.actes",
    "exigible.bureau.preuve",
    "exigible.bureau.imports",
    "exigible.bureau.pages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "exigible.bureau.travaux.intergiciel.BaseOccupee",
]

ROOT_URLCONF = "exigible.bureau.urls"
WSGI_APPLICATION = "exigible.bureau.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DELAI_VERROU_SECONDES = read_delai_verrou()  # how long a writer waits for another before giving up
HORODATAGE = read_horodatage()  # the authority that dates court bundles; none by default
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language, days ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
LOCALE_PATHS = [BUREAU / "locale", BUREAU / "phrases" / "locale"]  # the pages, the sentences of the core
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "comptes.Utilisateur"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "connexion"
LOGIN_REDIRECT_URL = "aujourdhui"
LOGOUT_REDIRECT_URL = "connexion"

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_FORM_FIELD = "username"  # the field of the form: failures would be counted for nobody
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_TEMPLATE = "pages/acces/bloque.html"
AXES_VERBOSE = False
# Behind no proxy by default: the address is that of the connection, which nobody can forge.
AXES_IPWARE_PROXY_COUNT = None

# --- Browser ----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "object-src": [SELF],  # the PDF of a letter is shown inside its page
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
_PREFIXE_COOKIE = "exigible_demonstration" if DEMONSTRATION else "exigible"  # cookies are shared between ports
SESSION_COOKIE_NAME = f"{_PREFIXE_COOKIE}_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_COOKIE_NAME = f"{_PREFIXE_COOKIE}_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [f"https://{hote}" for hote in _HOTES]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/statique/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # pieces live in the database
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60
FILE_UPLOAD_HANDLERS = ["exigible.bureau.depots.DepotBorne"]
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # a quarter of invoices dropped at once; each is an open file meanwhile
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # « À compléter » sends one form for many debtors

# --- Messages of the program ------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "{levelname} {name} : {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ligne"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
