"""Django's settings, derived from `env.read()` alone. Top to bottom: place, apps, requests, people, words, files."""

import datetime as dt
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from otklik.project import databases, env, logs, secret_key

env.share_data_folder()
ENVIRONMENT = env.read()

# --- place -----------------------------------------------------------------------------------------------------------

DATA = ENVIRONMENT.data
DEBUG = ENVIRONMENT.debug
SECRET_KEY = secret_key.load(DATA)
DATABASES = databases.configure(ENVIRONMENT)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING_CONFIG = None
logs.configure(ENVIRONMENT)

# --- apps ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "otklik.project",
    "otklik.orgs",
    "otklik.journal",
    "otklik.search",
    "otklik.jobs",
    "otklik.files",
    "otklik.messages",
    "otklik.channels",
    "otklik.incidents",
    "otklik.demo_network",
    "otklik.demo",
    "otklik.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "otklik.project.middleware.security_headers",
    "otklik.project.middleware.people_first",
    "csp.middleware.CSPMiddleware",
    "otklik.project.static.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "otklik.project.sessions.session_limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    # Innermost and synchronous only: Django then runs the whole chain in one thread, with one switch instead of many.
    "otklik.project.middleware.local_time",
]

ROOT_URLCONF = "otklik.project.urls"
ASGI_APPLICATION = "otklik.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "otklik.web.frame.frame",
            ],
        },
    },
]

# --- requests --------------------------------------------------------------------------------------------------------

_PUBLIC_HOST = urlsplit(ENVIRONMENT.address).hostname
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ENVIRONMENT.hosts, *([_PUBLIC_HOST] if _PUBLIC_HOST else [])]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address] if ENVIRONMENT.address else []
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
BOUND_TO_LOOPBACK = ENVIRONMENT.bound_to_loopback
if ENVIRONMENT.https and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(dt.timedelta(days=365).total_seconds()) if ENVIRONMENT.https else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "orgs.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "otklik.orgs.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"

SESSION_IDLE = dt.timedelta(minutes=ENVIRONMENT.session_idle_minutes)
SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "otklik_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_NAME = "otklik_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.https

# A name and an address together, so that nobody locks a colleague out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = ENVIRONMENT.sign_in_attempts
AXES_COOLOFF_TIME = dt.timedelta(minutes=ENVIRONMENT.sign_in_lock_minutes)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "otklik.web.signin.lockout.locked_out"
AXES_USERNAME_CALLABLE = "otklik.web.signin.lockout.attempted_username"
AXES_CLIENT_IP_CALLABLE = "otklik.project.addresses.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- words and time --------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
DOCUMENTS = Path(__file__).resolve().parents[3] / "docs"
"""Otklik is installed as a folder with its documents beside it (docs/install.md); «Справка» shows them."""
STATICFILES_DIRS = [("help", DOCUMENTS / "img")] if DOCUMENTS.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "otklik.project.static.VersionedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- mail ------------------------------------------------------------------------------------------------------------

PUBLIC_ADDRESS = ENVIRONMENT.address
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
_MAIL = urlsplit(ENVIRONMENT.mail_url)
if _MAIL.hostname:
    EMAIL_HOST = _MAIL.hostname
    EMAIL_PORT = _MAIL.port or (465 if _MAIL.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_MAIL.username or "")
    EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
    EMAIL_USE_SSL = _MAIL.scheme == "smtps"
    EMAIL_USE_TLS = _MAIL.scheme == "smtp"
    EMAIL_TIMEOUT = 20
else:  # without a mail server letters are kept as files, so that nothing is lost and a demo can be looked at
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

# --- durable ground --------------------------------------------------------------------------------------------------

KEYRING = ENVIRONMENT.keyring
ANCHORS_COPY = ENVIRONMENT.anchors_copy
UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_limit_mb * 1024 * 1024
IMPORT_LIMIT_BYTES = ENVIRONMENT.import_limit_mb * 1024 * 1024
WORK_THREADS = ENVIRONMENT.work_threads
