"""Django's settings of a site: those of the records, and what pages need on top.

Read from the environment:
    TANHENG_HOME           where the site keeps everything (default ./var)
    TANHENG_DATABASE_URL   PostgreSQL instead of the SQLite file of the home
    TANHENG_ALLOWED_HOSTS  the names the site answers to, separated by commas
    TANHENG_HTTPS          1 where the site is reached over https: cookies and redirects insist on it
    TANHENG_DEBUG          1 for developers: error pages show the code
    TANHENG_PROXIES        how many proxies stand in front of it: whose address counts when attempts are limited
    TANHENG_OIDC_URL       the city's identity provider (OpenID Connect), with TANHENG_OIDC_CLIENT, TANHENG_OIDC_SECRET
                           and TANHENG_OIDC_NAME, the name that the button carries
    TANHENG_DATA_PUBLISHER, TANHENG_DATA_LICENCE, TANHENG_DATA_CONTACT
                           who publishes the open data, under which licence, and whom to ask
"""

import os

from django.utils.translation import gettext_lazy

from tanheng.records.settings import records_settings
from tanheng.store.home import Home
from tanheng.web.site.secret_key import secret_key
from tanheng.web.site.single_sign_on import origin, providers

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
    "tanheng.web.cases",
    "tanheng.web.rules",
    "tanheng.web.sources",
    "tanheng.web.facts",
    "tanheng.web.obligations",
    "tanheng.web.results",
    "tanheng.web.dashboards",
    "tanheng.web.public",
    "tanheng.web.documents",
    "django_tasks",
    "django_tasks_db",
    # below the apps above: their templates come before those of sign-in
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "tanheng.web.ui.middleware.strict_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tanheng.web.ui.middleware.reader_language",
    "tanheng.web.ui.middleware.bounded_requests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tanheng.web.ui.middleware.readable_texts",
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
                "tanheng.web.site.context.sign_in",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "tanheng.web.ui.templatetags.figures",
                "tanheng.web.ui.templatetags.kept",
            ],
        },
    }
]

TANHENG_CASE_HANDLERS = "tanheng.web.site.handlers.HANDLERS"
TANHENG_CASE_PAGES = "tanheng.web.site.case_pages.PAGES"
TANHENG_JOBS = "tanheng.web.site.jobs.JOBS"
TANHENG_OUTGOING = "tanheng.web.site.outgoing.WAYS"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

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
TANHENG_START = "home"  # where whoever acts under a mandate begins

# Sign-in: by name and password, with a second factor for whoever switches it on, or by the city's identity provider.
# Repeated failures lock a name for a while; the count stands in the database, so that every process knows it.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "tanheng.web.directory.accounts.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip,5/15m/key", "login": "60/m/ip"}
TANHENG_RATES = {"api": 600, "api_failed": 20, "api_anybody": 120}  # requests of one caller in a minute
SOCIALACCOUNT_ADAPTER = "tanheng.web.directory.accounts.CityAccounts"
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
MFA_ADAPTER = "tanheng.web.directory.accounts.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tanheng"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TANHENG_PROXIES") or 0)  # none unless said
TANHENG_FORM_TARGETS = origin(os.environ)
# What open data says about its use; what nobody has set is left out, and never guessed.
TANHENG_DATA_PUBLISHER = os.environ.get("TANHENG_DATA_PUBLISHER", "")
TANHENG_DATA_LICENCE = os.environ.get("TANHENG_DATA_LICENCE", "")
TANHENG_DATA_CONTACT = os.environ.get("TANHENG_DATA_CONTACT", "")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "tanheng_cache"}}
AUTH_PASSWORD_VALIDATORS = _records["AUTH_PASSWORD_VALIDATORS"]

SESSION_COOKIE_AGE = 10 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tanheng.web.site.errors.form_expired"
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # more than any form takes: the form itself says how many
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a split of two hundred towns has a dozen fields each
TANHENG_LARGEST_REQUEST = 128 * 1_048_576  # files and all; what one file may have is less
