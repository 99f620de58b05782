"""Every setting of the platform, read from the environment, with defaults that suit one machine.

Names that an operator may set are listed in docs/operations.md.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from musrenbang.libraries import gdal_library, geos_library, proj_data

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("MUSRENBANG_VAR", BASE_DIR / "var"))


def _flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _words(name: str) -> list[str]:
    return [word for word in os.environ.get(name, "").replace(",", " ").split() if word]


def _secret_key() -> str:
    """The key given, or one made once and kept beside the private database, readable by its owner only."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def _database_url() -> str:
    """The server given, or the private one that script/setup left under var/."""
    if given := os.environ.get("DATABASE_URL"):
        return given
    kept = VAR / "postgres" / "url"
    return kept.read_text().strip() if kept.exists() else "postgis://musrenbang@127.0.0.1:5432/musrenbang"


# --- the machine -----------------------------------------------------------------------------------------------------
GDAL_LIBRARY_PATH = gdal_library()
GEOS_LIBRARY_PATH = geos_library()
os.environ.setdefault("PROJ_DATA", proj_data())

# --- who is asked and who answers ------------------------------------------------------------------------------------
DEBUG = _flag("DEBUG", default=False)
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = _words("CSRF_TRUSTED_ORIGINS")
BEHIND_TLS = _flag("BEHIND_TLS", default=False)
# The address under which people reach the site, for links in mails: a worker sees no request that could tell it.
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

# --- rooms and libraries ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.gis",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "channels",
    "csp",
    "django_filters",
    "django_prometheus",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "rest_framework_gis",
    "geo",
    "accounts",
    "proposals",
    "deliberation",
    "budgeting",
    "frontend",
    "musrenbang",
]
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "frontend.middleware.ChosenLanguage",
    "accounts.api.language.ProgramLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "frontend.middleware.CountedWrites",
    "frontend.middleware.RefusalPages",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "musrenbang.urls"
WSGI_APPLICATION = "musrenbang.wsgi.application"
ASGI_APPLICATION = "musrenbang.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "frontend.views.errors.csrf_failure"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours stand before the libraries': forms, error lists and allauth's pages wear our frame.
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "frontend.context.page",
            ],
        },
    },
]

#: The words of our notes: ok, warn, bad (10 debug, 20 info, 25 success, 30 warning, 40 error).
MESSAGE_TAGS = {10: "", 20: "", 25: "ok", 30: "warn", 40: "bad"}

# --- the database ----------------------------------------------------------------------------------------------------
# Connections are kept for good: HTTP runs in a fixed pool of threads, one connection each (docs/decisions/0001).
DATABASES = {"default": dj_database_url.parse(_database_url(), engine="django.contrib.gis.db.backends.postgis", conn_max_age=None)}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE", "test_musrenbang")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
HTTP_THREADS = int(os.environ.get("HTTP_THREADS", "8"))
# Seconds after which the database gives up on one statement of a page or of the API, and on one of a streamed export.
STATEMENT_SECONDS = int(os.environ.get("STATEMENT_SECONDS", "15"))
EXPORT_SECONDS = int(os.environ.get("EXPORT_SECONDS", "600"))

# --- live layer and background work ----------------------------------------------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL", "")
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
}
CACHES = {
    "default": {"BACKEND": "musrenbang.kept.RedisOrNothing", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- who may come in -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_PRESERVE_USERNAME_CASING = False  # so that the database itself sees that Siti and siti are one
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "frontend.forms.accounts.SignupForm", "login": "frontend.forms.accounts.LoginForm"}
#: Accounts of the platform itself (imports), and names that would speak for it.
ACCOUNT_USERNAME_BLACKLIST = ["impor", "import", "system", "sistem", "admin", "administrator", "root", "musrenbang"]
#: Guessing is counted by axes for each pair of name and address: counted by the name alone, anybody could shut an official out.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip"}
ACCOUNT_EMAIL_VERIFICATION = os.environ.get("EMAIL_VERIFICATION", "none")
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # who finds a session open changes no address to which a lost password would go
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/akun/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_VERBOSE = False
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if os.environ.get("EMAIL_HOST") else "django.core.mail.backends.console.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = _flag("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "musrenbang@localhost")

# --- languages, time, numbers ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "frontend" / "locale"]
TIME_ZONE = os.environ.get("TIME_ZONE", "Asia/Pontianak")
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# maps of libraries' sources are megabytes that no page asks for: not worth the seconds of compressing them
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "gz", "br", "woff", "woff2", "map")
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR / "media"))
MEDIA_URL = "/berkas/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
BODY_MAX_BYTES = 64 * 1024 * 1024  # no request is larger: a form with all its photos fits
# how large one file of a kind may be, and how many of it a proposal may have (proposals/papers/documents.py)
PHOTO_MAX_BYTES = int(os.environ.get("PHOTO_MAX_MB", "12")) * 1024 * 1024
PAPER_MAX_BYTES = int(os.environ.get("PAPER_MAX_MB", "16")) * 1024 * 1024
DESIGN_MAX_BYTES = int(os.environ.get("DESIGN_MAX_MB", "32")) * 1024 * 1024
PHOTOS_PER_PROPOSAL = 5
PAPERS_PER_KIND = 5
# files that come in parts: how many of one person may be on their way, and together how large
UPLOADS_PER_PERSON = 8
UPLOAD_BYTES_PER_PERSON = 160 * 1024 * 1024

# --- what a browser may do on our pages ------------------------------------------------------------------------------
MAP_TILES_URL = os.environ.get("MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION = os.environ.get("MAP_TILES_ATTRIBUTION", "© OpenStreetMap")
_TILE_HOSTS = ["/".join(MAP_TILES_URL.replace("{s}", "*").split("/")[:3])] if MAP_TILES_URL.startswith("http") else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # watchers ask from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None

# --- programs --------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.BearerToken", "accounts.authentication.Session"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PARSER_CLASSES": ["accounts.api.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": "accounts.api.metadata.Described",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle", "rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "anon": os.environ.get("THROTTLE_ANON", "600/min"),
        "user": os.environ.get("THROTTLE_USER", "1200/min"),
        "write": os.environ.get("THROTTLE_WRITE", "120/min"),
        "suggest": os.environ.get("THROTTLE_SUGGEST", "120/min"),
        "check": os.environ.get("THROTTLE_CHECK", "60/min"),
    },
    "NUM_PROXIES": 0,  # a visitor is who the server says; a header that anybody may write names nobody (docs/operations.md)
    "EXCEPTION_HANDLER": "accounts.api.errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": False,
}
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_TTL": None, "TOKEN_LIMIT_PER_USER": 20}
SPECTACULAR_SETTINGS = {
    "TITLE": "Musrenbang",
    "DESCRIPTION": "Proposals of Indonesia's villages, what people say, who decided, and what is paid for.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "accounts.api.schema.describe_errors"],
    "ENUM_NAME_OVERRIDES": {
        "DocumentKind": "proposals.models.attachment.Attachment.Kind",
        "LikenessVerdict": "proposals.models.resemblance.Verdict",
        "MeetingKind": "deliberation.words.MeetingKind",
        "MeetingState": "deliberation.words.MeetingState",
        "AgendaItemKind": "deliberation.words.ItemKind",
        "AgendaItemState": "deliberation.words.ItemState",
        "SaidKind": "deliberation.models.floor.SaidKind",
        "CapturedDecisionStatus": "deliberation.meetings.services.syncing.STATUSES",
        "QuestionInMeetingState": "deliberation.models.floor.QuestionState",
        "TurnState": "deliberation.models.floor.TurnState",
        "MotionState": "deliberation.models.motion.MotionState",
        "StageEnum": "proposals.words.STAGE_WORDS.items",
        "LineOriginCode": "budgeting.words.Origin",
        "StatedOrigin": "budgeting.provenance.stating.CHOICES",
        "GrantLegalForm": "budgeting.models.grant.LegalForm",
        "OriginClaimState": "budgeting.models.provenance.OriginClaim.State",
        "WorkVerdict": "budgeting.words.Witness",
        "LineVerdict": "budgeting.models.run.AllocationLine.Verdict",
        "LineageKind": "proposals.models.lineage.Lineage.Kind",
        "ResidencyStatus": "accounts.models.Residency.Status",
        "RunStatus": "budgeting.models.run.AllocationRun.Status",
        "RunStep": "budgeting.models.run.AllocationRun.Step",
        "TransferStatus": "budgeting.models.transfer.Transfer.Status",
        "LedgerEntryKind": "budgeting.models.ceiling.LedgerEntry.Kind",
        "SheetStatus": "proposals.models.sheet.SheetJob.Status",
        "StageState": "proposals.api.cycles.STATES",
        "BallotKind": "deliberation.ballots.words.BallotKind",
        "BallotState": "deliberation.ballots.words.BallotState",
        "PaperKind": "deliberation.words.DocumentKind",
        "PaperState": "deliberation.words.DocumentState",
        "PanelState": "deliberation.scoring.words.PanelState",
    },
}

# --- the platform itself ---------------------------------------------------------------------------------------------
#: The kabupaten or kota whose name stands in the header and whose map opens first.
HOME_REGION = os.environ.get("MUSRENBANG_HOME", "61.12")

#: Called with every step of descent (merge, split, carry over), in its transaction: supporters follow the proposal.
LINEAGE_FOLLOWERS = ["deliberation.services.following.follow", "deliberation.follows.descent.follow"]
#: Called with every move, in its transaction: questions go to who decides now, followers hear of it.
STEP_FOLLOWERS = ["budgeting.works.following.follow", "deliberation.services.after_steps.follow"]

#: A work of which nothing was heard for so many days is silent; villagers who dispute it are answered within so many.
WORK_SILENT_DAYS = int(os.environ.get("WORK_SILENT_DAYS", "60"))
WORK_ANSWER_DAYS = int(os.environ.get("WORK_ANSWER_DAYS", "14"))
#: Who publishes works as OC4IDS, and the prefix registered for its projects.
OC4IDS_PREFIX = os.environ.get("OC4IDS_PREFIX", "oc4ids-musrenbang")
OC4IDS_PUBLISHER = os.environ.get("OC4IDS_PUBLISHER", "Musrenbang")

#: What goes along when a plan year is copied into the next, and what keeps a stage in its year (docs/year.md).
YEAR_PARTS = [
    "proposals.year.parts.REQUIREMENTS",
    "deliberation.closing.parts.MEETINGS",
    "deliberation.scoring.parts.CRITERIA",
    "deliberation.records.parts.CLAUSES",
    "budgeting.routes.authorities.AUTHORITIES",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
