"""Settings, from the environment and the keys file. A missing value says how to give it."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from goldenthread.config.keys import keys_for
from goldenthread.config.mailserver import mail_server
from goldenthread.config.problems import number
from goldenthread.kit.caches import cache_at
from goldenthread.kit.translation.offered import offered

DATA = Path(os.environ.get("GOLDENTHREAD_DATA", "data")).resolve()
NODES = number("GOLDENTHREAD_NODES", "1")  # machines that answer or work
SHARED = os.environ.get("GOLDENTHREAD_SHARED", "")  # a folder that all of them see
DEV = os.environ.get("GOLDENTHREAD_DEV") == "1"
DEBUG = False  # error pages of Django show what people sent; ours never do
KEYS = keys_for(os.environ.get("GOLDENTHREAD_KEYS"))
SECRET_KEY = KEYS.secret_key
PEPPER = KEYS.pepper
SEALING_KEYS = KEYS.sealing
RECORD_KEY = KEYS.record
RECORD_NAME = KEYS.record_name
SITE_URL = os.environ.get("GOLDENTHREAD_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("GOLDENTHREAD_HOSTS", "localhost,127.0.0.1").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
_backups = os.environ.get("GOLDENTHREAD_BACKUPS", "off" if DEV else str(DATA / "backups"))
BACKUPS = None if _backups == "off" else Path(_backups)  # the folder of each night's backup


def _database(url: str) -> dict[str, object]:
    """A pooler gives a connection for one transaction: nothing may last on it for longer."""
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "goldenthread",
        "USER": unquote(parts.username or given.pop("user", "")),
        "PASSWORD": unquote(parts.password or given.pop("password", "")),
        "HOST": given.pop("host", "") or (parts.hostname or ""),
        "PORT": given.pop("port", "") or str(parts.port or ""),
        "OPTIONS": {"connect_timeout": "3"} | given,  # people wait for the page that says so
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": url == os.environ.get("GOLDENTHREAD_POOL_URL"),
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///goldenthread"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [  # low to high: each looks only to those before it
    "goldenthread.kit",
    "goldenthread.thread",
    "goldenthread.people.accounts",
    "goldenthread.people.receipts",
    "goldenthread.people.contacts",
    "goldenthread.people.notifications",
    "goldenthread.people.keycards",
    "goldenthread.organisations",
    "goldenthread.projects",
    "goldenthread.safety.readers",
    "goldenthread.safety.young",
    "goldenthread.safety.reading",
    "goldenthread.safety.looks",
    "goldenthread.safety.consent",
    "goldenthread.safety.concerns",
    "goldenthread.safety.equality",
    "goldenthread.safety.assessments",
    "goldenthread.safety.moderation",
    "goldenthread.safety.release",
    "goldenthread.safety.retention",
    "goldenthread.safety.requests",
    "goldenthread.listen.voices",
    "goldenthread.listen.stories",
    "goldenthread.listen.rooms",
    "goldenthread.listen.surveys",
    "goldenthread.listen.questions",
    "goldenthread.listen.conversations",
    "goldenthread.listen.themes",
    "goldenthread.listen.candidates",
    "goldenthread.listen.coding",
    "goldenthread.listen.summaries",
    "goldenthread.listen.outreach",
    "goldenthread.empower.groups",
    "goldenthread.empower.meetings",
    "goldenthread.act.decisions",
    "goldenthread.act.briefs",
    "goldenthread.act.frameworks",
    "goldenthread.act.plans",
    "goldenthread.debrief.replies",
    "goldenthread.start",
    "goldenthread.handover",
    "goldenthread.guide",
    "goldenthread.pages",
    "goldenthread.example",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
METRICS_TOKEN = os.environ.get("GOLDENTHREAD_METRICS_TOKEN", "")  # none: no figures
MIDDLEWARE = [
    "goldenthread.config.watching.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "goldenthread.pages.floods.FloodMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "goldenthread.kit.breakage.BreakageMiddleware",  # hears what those below leave unanswered
    "allauth.account.middleware.AccountMiddleware",
    "goldenthread.projects.sessions.IdleMiddleware",
    "goldenthread.people.accounts.middleware.LanguageMiddleware",
    "goldenthread.people.accounts.middleware.NameMiddleware",
    "goldenthread.people.accounts.middleware.SecondFactorMiddleware",
    "goldenthread.projects.speaker.SpeakerMiddleware",
    "goldenthread.kit.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "goldenthread.config.urls"
WSGI_APPLICATION = "goldenthread.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "goldenthread.kit.templatetags.kit",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["goldenthread.people.accounts.backend.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "goldenthread.people.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# Our own pages prove each address by a code before an account exists: people.accounts.services.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = False  # allauth's keys carry addresses; ours live in the database, by marks
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_ADAPTER = "goldenthread.people.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "goldenthread.people.accounts.forms.Authenticate",
    "reauthenticate": "goldenthread.people.accounts.forms.Reauthenticate",
    "activate_totp": "goldenthread.people.accounts.forms.ActivateTOTP",
    "add_webauthn": "goldenthread.people.accounts.forms.AddPasskey",
    "login_webauthn": "goldenthread.people.accounts.forms.SignInByPasskey",
    "authenticate_webauthn": "goldenthread.people.accounts.forms.AuthenticateByPasskey",
    "reauthenticate_webauthn": "goldenthread.people.accounts.forms.ReauthenticateByPasskey",
}
MFA_RATE_LIMITS = False  # as above
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of phones go wrong by half a minute
SOCIALACCOUNT_STORE_TOKENS = False

SESSION_ENGINE = "goldenthread.people.accounts.sessions"
SESSION_COOKIE_AGE = 20 * 60 * 60  # roles of staff idle out sooner: projects.sessions
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict breaks OIDC, and links in mails look signed out
CSRF_COOKIE_AGE = None  # ends with the tab
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "goldenthread.pages.errors.form_expired"
SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer would make browsers send Origin: null
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "goldenthread.people.notifications.backend.OneRecipientBackend"
EMAIL_DELIVERY = os.environ.get(
    "GOLDENTHREAD_MAIL",
    "django.core.mail.backends.filebased.EmailBackend"
    if DEV
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = str(DATA / "mailbox")
(
    EMAIL_HOST,
    EMAIL_PORT,
    EMAIL_HOST_USER,
    EMAIL_HOST_PASSWORD,
    EMAIL_USE_TLS,
    EMAIL_USE_SSL,
) = mail_server(os.environ.get("GOLDENTHREAD_SMTP", "smtp://localhost"))
EMAIL_TIMEOUT = 30  # seconds: a mail server that hangs must not hold up the round
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("GOLDENTHREAD_FROM", "goldenthread@localhost")
ADMINS: list[tuple[str, str]] = []  # Django's error mail carries words and addresses: never

CACHES = {"default": cache_at(os.environ.get("GOLDENTHREAD_CACHE_URL"))}
FORMS_AN_HOUR = number("GOLDENTHREAD_FORMS_AN_HOUR", "0")  # from one address; 0: any
PROXIES = os.environ.get("GOLDENTHREAD_PROXIES", "127.0.0.1").split(",")
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
DOCS = Path(__file__).parents[3] / "docs"  # shown as the guide
STATICFILES_DIRS = [("guide/pictures", DOCS / "pictures")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": os.environ.get(
            "GOLDENTHREAD_STATIC", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), *offered()]  # others once a named speaker has checked them
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000  # a year
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
LOCALE_PATHS = [DATA / "languages"]  # compiled there by `goldenthread prepare`
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
_lines = "Lines" if os.environ.get("GOLDENTHREAD_LOGS") == "json" else "Plain"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"plain": {"()": f"goldenthread.kit.logs.{_lines}"}},
    "handlers": {"plain": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["plain"], "level": "WARNING"},  # libraries: who spoke, never what
    "loggers": {
        "goldenthread": {"level": "INFO"},
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mails are unique by a constraint on Lower("email")
