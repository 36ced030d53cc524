"""Django's settings. Values that an operator may change come from `headrace.conf.env`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from headrace.conf import env, process
from headrace.conf.database import database
from headrace.conf.logs import logging_config

ENV: Final = env.read()
ROOT: Final = Path(__file__).resolve().parents[3]
VERSION: Final = "0.1.0"

DEBUG: bool = ENV["HEADRACE_DEBUG"]
SECRET_KEY: str = ENV["HEADRACE_SECRET_KEY"]
# The tenant middleware knows every host name there is and answers 404 to others (T-022).
ALLOWED_HOSTS = ["*"]
IS_HTTPS = ENV["HEADRACE_PUBLIC_URL"].startswith("https://")

# --- what operators set; the vault's keys are not here, `wiring` hands them over ---

DATABASE_URL: str = ENV["DATABASE_URL"]
REDIS_URL: str = ENV["REDIS_URL"]
MULTI_TENANT: bool = ENV["MULTI_TENANT"]
HEADRACE_HOME = Path(ENV["HEADRACE_HOME"])
HEADRACE_PUBLIC_URL: str = ENV["HEADRACE_PUBLIC_URL"]
HEADRACE_PAGES_URL: str = ENV["HEADRACE_PAGES_URL"]
HEADRACE_BASE_HOST: str = ENV["HEADRACE_BASE_HOST"]
HEADRACE_HOSTS: tuple[str, ...] = ENV["HEADRACE_HOSTS"]
HEADRACE_TRUSTED_PROXIES: tuple[str, ...] = ENV["HEADRACE_TRUSTED_PROXIES"]
HEADRACE_SMTP_URL: str = ENV["HEADRACE_SMTP_URL"]
HEADRACE_MAIL_FROM: str = ENV["HEADRACE_MAIL_FROM"]
HEADRACE_EGRESS_ALLOW: tuple[str, ...] = ENV["HEADRACE_EGRESS_ALLOW"]
HEADRACE_HTTP_PROXY: str = ENV["HEADRACE_HTTP_PROXY"]
HEADRACE_MCP_SERVERS: Mapping[str, Sequence[str]] = ENV["HEADRACE_MCP_SERVERS"]
HEADRACE_VERIFIED_PLUGINS: tuple[str, ...] = ENV["HEADRACE_VERIFIED_PLUGINS"]
HEADRACE_LEASE_S: float = ENV["HEADRACE_LEASE_S"]
HEADRACE_SWEEP_S: float = ENV["HEADRACE_SWEEP_S"]
HEADRACE_POLL_S: float = ENV["HEADRACE_POLL_S"]
HEADRACE_RESPOND_TIMEOUT_S: float = ENV["HEADRACE_RESPOND_TIMEOUT_S"]
HEADRACE_DRAIN_S: float = ENV["HEADRACE_DRAIN_S"]
HEADRACE_CRASH_POINTS: str = ENV["HEADRACE_CRASH_POINTS"]
HEADRACE_TENANT_CONCURRENCY: int = ENV["HEADRACE_TENANT_CONCURRENCY"]
HEADRACE_MAX_BODY_BYTES: int = ENV["HEADRACE_MAX_BODY_BYTES"]
HEADRACE_MAX_FILE_BYTES: int = ENV["HEADRACE_MAX_FILE_BYTES"]
HEADRACE_SPILL_BYTES: int = ENV["HEADRACE_SPILL_BYTES"]
HEADRACE_KEEP_EXECUTIONS_DAYS: int = ENV["HEADRACE_KEEP_EXECUTIONS_DAYS"]

# --- applications ---

SHARED_APPS = [
    "headrace.conf",
    "headrace.tenants",
    "headrace.outbox",
    "headrace.accounts",
    "headrace.egress",
    "headrace.catalog",
    "headrace.executions.queue",
    "headrace.triggers",
    "headrace.realtime",
    "headrace.operations",
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "channels",
]
TENANT_APPS = [
    "headrace.audit",
    "headrace.hours",
    "headrace.files",
    "headrace.state",
    "headrace.tables",
    "headrace.notifications",
    "headrace.credentials",
    "headrace.variables",
    "headrace.llm",
    "headrace.knowledge",
    "headrace.workflows",
    "headrace.executions",
    "headrace.agents",
    "headrace.approvals",
    "headrace.chats",
    "headrace.regression",
    "headrace.toolservers",
    "headrace.bus",
    "headrace.plugins",
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

# --- tenants and database ---

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
DATABASES = {"default": database(ENV["DATABASE_URL"], process.role())}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- web ---

ROOT_URLCONF = "headrace.conf.urls"
ASGI_APPLICATION = "headrace.conf.asgi.application"
MIDDLEWARE = [
    "headrace.conf.request_ids.request_id_middleware",
    "headrace.conf.security.headers_middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "headrace.conf.static.static_middleware",
    "headrace.tenants.middleware.tenant_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "platform/headrace/conf/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
STATIC_URL = "/static/"
FRONTEND_DIST: Final = ROOT / "frontend" / "dist"
STATICFILES_DIRS = [("app", FRONTEND_DIST)] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Vite puts a hash of the content into the name of every asset.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[\w-]{8}\.\w+$"
APPEND_SLASH = False
STORAGES = {
    "default": {
        "BACKEND": "headrace.files.storage.DurableStorage",
        "OPTIONS": {"location": str(Path(ENV["HEADRACE_HOME"]).absolute() / "files")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = ENV["HEADRACE_MAX_BODY_BYTES"]

# --- safety ---

AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "headrace_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_TRUSTED_ORIGINS = [ENV["HEADRACE_PUBLIC_URL"]]
CSRF_FAILURE_VIEW = "headrace.accounts.problems.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
X_FRAME_OPTIONS = "DENY"

# --- API ---

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "headrace.accounts.http.ApiKeyAuthentication",
        "headrace.accounts.http.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["headrace.accounts.http.DeclaredVerb"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["headrace.accounts.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "headrace.accounts.paging.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "headrace.accounts.openapi.Schema",
    "EXCEPTION_HANDLER": "headrace.accounts.problems.handle",
    "UNAUTHENTICATED_USER": None,
    "COMPACT_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Headrace",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.0",
    "SERVE_PERMISSIONS": ["headrace.accounts.http.DeclaredVerb"],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
}

# --- Redis: it may be gone at any moment, and only makes things slower then ---

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENV["REDIS_URL"],
        "KEY_FUNCTION": "headrace.tenants.keys.cache_key",
        "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
    }
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [{"address": ENV["REDIS_URL"], "socket_connect_timeout": 0.5}],
            "prefix": "headrace",
        },
    }
}

# --- language, time, logs ---

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING = logging_config(ENV["HEADRACE_LOG_LEVEL"])
