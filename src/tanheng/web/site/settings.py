"""Django's settings of a site: those of the records, and what pages need on top.

Read from the environment:
    TANHENG_HOME           where the site keeps everything (default ./var)
    TANHENG_DATABASE_URL   PostgreSQL instead of the SQLite file of the home
    TANHENG_ALLOWED_HOSTS  the names the site answers to, separated by commas
    TANHENG_HTTPS          1 where the site is reached over https: cookies and redirects insist on it
    TANHENG_DEBUG          1 for developers: error pages show the code
"""

import os

from django.utils.translation import gettext_lazy

from tanheng.records.settings import records_settings
from tanheng.store.home import Home
from tanheng.web.site.secret_key import secret_key

_home = Home.of_environment()
_records = records_settings(_home)
_https = os.environ.get("TANHENG_HTTPS") == "1"

TANHENG_HOME = _records["TANHENG_HOME"]
DATABASES = _records["DATABASES"]
DEFAULT_AUTO_FIELD = _records["DEFAULT_AUTO_FIELD"]
USE_TZ = _records["USE_TZ"]
TIME_ZONE = _records["TIME_ZONE"]

DEBUG = os.environ.get("TANHENG_DEBUG") == "1"
SECRET_KEY = secret_key(_home.root)
ALLOWED_HOSTS = os.environ.get("TANHENG_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    *_records["INSTALLED_APPS"],
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "tanheng.web.ui",
    "tanheng.web.directory",
    "tanheng.web.results",
    "tanheng.web.dashboards",
]
MIDDLEWARE = [
    "tanheng.web.ui.middleware.strict_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tanheng.web.ui.middleware.reader_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tanheng.web.ui.middleware.ReadableRefusals",
]
ROOT_URLCONF = "tanheng.web.site.urls"
WSGI_APPLICATION = "tanheng.web.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "tanheng.web.site.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "tanheng.web.ui.templatetags.figures",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", gettext_lazy("Chinese")), ("en", gettext_lazy("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _https
USE_I18N = True

# Served from where they lie: a site needs no step between installing and starting.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
CSRF_FAILURE_VIEW = "tanheng.web.site.errors.form_expired"
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
