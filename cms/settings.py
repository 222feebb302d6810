"""All settings, from the environment only (the table in README.md lists every variable).

A file ``.env`` beside ``manage.py`` is read when it is there. ``ENVIRONMENT`` decides how strict we are:
``production`` (the default, so that a forgotten variable never opens a door) refuses to start on a missing
or weak value; ``development`` fills in what a laptop needs.
"""

import datetime
import ipaddress
import re
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from cms.opensearch import backend_at

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.read_env(BASE_DIR / ".env")

ENVIRONMENT = env("ENVIRONMENT", default="production")
if ENVIRONMENT not in ("production", "development"):
    raise ImproperlyConfigured(f"ENVIRONMENT must be 'production' or 'development', not '{ENVIRONMENT}'.")
PRODUCTION = ENVIRONMENT == "production"

DEBUG = env.bool("DEBUG", default=not PRODUCTION)
SECRET_KEY = env("SECRET_KEY", default="" if PRODUCTION else "for development only, never for a site on the internet")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
        raise ImproperlyConfigured("SECRET_KEY must be set, at least 50 characters long and random.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must list the host names of this site.")

# The address of the CMS itself, for links in the admin and in mails.
development_url = f"http://localhost:{env('PORT', default='8000')}"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="" if PRODUCTION else development_url).rstrip("/")
if not WAGTAILADMIN_BASE_URL:
    raise ImproperlyConfigured("BASE_URL must be set to the address of the CMS, for example https://cms.example.nl.")
# Webhooks to http:// and to this machine itself, for a front end on the same laptop.
WEBHOOK_ALLOW_LOOPBACK = env.bool("WEBHOOK_ALLOW_LOOPBACK", default=False)
if PRODUCTION and WEBHOOK_ALLOW_LOOPBACK:
    raise ImproperlyConfigured("WEBHOOK_ALLOW_LOOPBACK must be off in production.")
# The national site that shows the pages; empty while there is none.
FRONTEND_URL = env("FRONTEND_URL", default="").rstrip("/")

# Previews are shown there too (``cms.previews``).
WAGTAIL_HEADLESS_PREVIEW = {"REDIRECT_ON_PREVIEW": True}
# Milliseconds after the last letter; the way to the site and back takes the better part of a second already.
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 100

INSTALLED_APPS = [
    "home",
    "newsletter",
    "inspiration",
    "agenda",
    "regions",
    "search",
    "cms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "corsheaders",
    "wagtail_headless_preview",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

AUTH_USER_MODEL = "cms.User"
WAGTAILIMAGES_IMAGE_MODEL = "cms.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.ImageForm"
# The page type whose subtree is a region. A string, so that ``cms`` knows no feature (compare AUTH_USER_MODEL).
REGION_PAGE_MODEL = "regions.RegionPage"
# What features add to the filters of the pages API.
PAGES_API_FILTERS = ["agenda.api.STARTS_FROM", "agenda.api.STARTS_TO"]
# The items in the feeds, by what ``kind=`` may be.
ITEM_KINDS = {
    "nieuws": ["regions.NewsPage"],
    "agenda": ["agenda.EventPage"],
    "inspiratie": ["inspiration.StoryPage", "inspiration.SeriesPage", "inspiration.TechlabPage"],
}
FEED_KINDS = ITEM_KINDS | {"nieuwsbrief": ["newsletter.NewsletterPage"]}
# What the clock does each minute, after publishing what is scheduled.
EVERY_MINUTE = [
    "cms.tasks.render_what_is_stale",
    "cms.webhooks.tasks.send_what_is_due",
    "cms.tasks.forget_previews",
    "cms.api.limiting.forget_tallies",
    "search.tasks.tell_what_changed",
    "cms.webhooks.delivery.forget_deliveries",
    "regions.people.invitations.forget_invitations",
    "newsletter.links.forget_answers",
    "newsletter.subscribing.importing.forget_imports",
    "agenda.registration.desk.expire_offers",
    "agenda.registration.desk.offer_free_places",
    "agenda.registration.reminding.remind",
    "agenda.registration.tasks.send_what_is_due",
    "agenda.registration.following.follow_what_was_missed",
    "agenda.registration.retention.erase_what_is_over",
    "newsletter.subscribing.tasks.send_what_is_due",
    "newsletter.subscribing.retention.erase_what_is_over",
    "newsletter.bounces.processing.process_open",
    "newsletter.bounces.processing.forget_feedback",
    "search.missed.forget",
]
# A region is active, or at least calm, while its last item is not older than so many days; after that it is silent.
REGION_ACTIVE_DAYS = env.int("REGION_ACTIVE_DAYS", default=90)
REGION_CALM_DAYS = env.int("REGION_CALM_DAYS", default=365)
if not 0 < REGION_ACTIVE_DAYS <= REGION_CALM_DAYS:
    raise ImproperlyConfigured("REGION_ACTIVE_DAYS must be at least 1, and REGION_CALM_DAYS not less than that.")
# Registrations for events are erased so many days after the event; a place that is offered to somebody in the waiting
# line holds for so many hours; everybody is reminded so many hours beforehand.
REGISTRATION_RETENTION_DAYS = env.int("REGISTRATION_RETENTION_DAYS", default=30)
REGISTRATION_OFFER_HOURS = env.int("REGISTRATION_OFFER_HOURS", default=48)
REGISTRATION_REMINDER_HOURS = env.int("REGISTRATION_REMINDER_HOURS", default=48)
if min(REGISTRATION_RETENTION_DAYS, REGISTRATION_OFFER_HOURS, REGISTRATION_REMINDER_HOURS) < 1:
    raise ImproperlyConfigured("REGISTRATION_RETENTION_DAYS, _OFFER_HOURS and _REMINDER_HOURS must be at least 1.")
# Whether a second person has to agree before a newsletter is sent.
NEWSLETTER_FOUR_EYES = env.bool("NEWSLETTER_FOUR_EYES", default=False)
# How many mails of newsletters may leave in a minute, over all connections and machines together, and never more in a
# second than a sixtieth of it; and over how many connections each process of ``manage.py send_newsletters`` sends.
NEWSLETTER_RATE = env.int("NEWSLETTER_RATE", default=1200)
NEWSLETTER_CONNECTIONS = env.int("NEWSLETTER_CONNECTIONS", default=4)
if min(NEWSLETTER_RATE, NEWSLETTER_CONNECTIONS) < 1:
    raise ImproperlyConfigured("NEWSLETTER_RATE and NEWSLETTER_CONNECTIONS must be at least 1.")
# Where mails go that can't be delivered, as bounces@example.nl: each mail has an address of its own behind a plus.
NEWSLETTER_BOUNCE_ADDRESS = env("NEWSLETTER_BOUNCE_ADDRESS", default="")
if NEWSLETTER_BOUNCE_ADDRESS and not re.fullmatch(r"[\w.-]{1,20}@[\w.-]+", NEWSLETTER_BOUNCE_ADDRESS, re.ASCII):
    raise ImproperlyConfigured("NEWSLETTER_BOUNCE_ADDRESS must be an address as bounces@example.nl, without a plus.")
# The names of the keys by which the mail server signs (DKIM), for the page in the admin that looks whether they can be
# found in DNS.
NEWSLETTER_DKIM_SELECTORS = env.list("NEWSLETTER_DKIM_SELECTORS", default=[])
# Subscribers who are on no list any more are erased after so many days.
SUBSCRIBER_RETENTION_DAYS = env.int("SUBSCRIBER_RETENTION_DAYS", default=30)
if SUBSCRIBER_RETENTION_DAYS < 1:
    raise ImproperlyConfigured("SUBSCRIBER_RETENTION_DAYS must be at least 1.")
# What hashes of addresses are made with. Whoever changes SECRET_KEY sets this to the old one: with another key nobody
# would be known any more who must not get mail.
ADDRESS_HASH_KEY = env("ADDRESS_HASH_KEY", default="") or SECRET_KEY
# How many registrations are taken from one client address, where a whole school may sit behind, in ten minutes, and for
# one e-mail address in an hour; and as many requests about newsletters.
REGISTRATIONS_PER_CLIENT = env.int("REGISTRATIONS_PER_CLIENT", default=30)
REGISTRATIONS_PER_ADDRESS = env.int("REGISTRATIONS_PER_ADDRESS", default=5)
if min(REGISTRATIONS_PER_CLIENT, REGISTRATIONS_PER_ADDRESS) < 1:
    raise ImproperlyConfigured("REGISTRATIONS_PER_CLIENT and REGISTRATIONS_PER_ADDRESS must be at least 1.")
# Whether browsers have to compute something before they register or subscribe: only for front ends with scripts.
PROOF_OF_WORK = env.bool("PROOF_OF_WORK", default=False)
# The number of addresses that one file may hold (https://www.sitemaps.org/protocol.html#index).
SITEMAP_SIZE = 50_000

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.headers.PermissionsPolicy",
    "corsheaders.middleware.CorsMiddleware",
    "cms.middleware.PublicDoors",
    "cms.headers.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.login.second_factor.RequireSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.isolation.doors.Doors",
    "cms.old_addresses.OldAddresses",
    "cms.middleware.AtomicWrites",
]

# Our own pages: nothing but our own files, and no script or style within the page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's admin starts its fields by scripts within the page, shows a picture before it is uploaded, and previews in a
# frame: its own, and those of the site.
ADMIN_CONTENT_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF, *([FRONTEND_URL] if FRONTEND_URL else [])],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}

# Sites whose pages may read the API from a visitor's browser.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[FRONTEND_URL] if FRONTEND_URL else [])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_EXPOSE_HEADERS = ["API-Version", "ETag"]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: SQLite unless DATABASE_URL names another (https://django-environ.readthedocs.io/en/latest/types.html).
DATABASE = env.db_url_config(env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'cms.sqlite3'}")
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    # IMMEDIATE takes the write lock at BEGIN, so that two writers wait for each other instead of one failing half-way.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Opening the file anew takes as long as answering from it.
    DATABASE["CONN_MAX_AGE"] = None
else:
    pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8)}
    DATABASE["OPTIONS"] = {**DATABASE.get("OPTIONS", {}), "pool": pool}
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    # What is counted over all documents; each process keeps its own (``cms.kept``).
    "documents": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "documents",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # Whole answers of the API; each process keeps those asked for last (``cms.api.answers``).
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# Wagtail's own index updates are quick and must be right at once: they run in the transaction that caused them.
# What takes long goes to the worker (``manage.py db_worker --backend worker``). Pictures have a queue of their own, so
# that the rest can be done without them. Webhooks have a queue and a process of their own: a worker does one thing at a
# time, and pictures and texts can take it minutes.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "pictures", "webhooks"]},
}

# Logging in (``cms.login``): password and second factor by django-allauth, guessing stopped by django-axes.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
SESSION_COOKIE_AGE = 12 * 60 * 60
# The address is what one logs in with, and where a forgotten password is sent: administrators change it.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "cms.login.passwords.CommonOrDutchPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Of whom a second factor is required; everybody else may have one.
TWO_FACTOR = env("TWO_FACTOR", default="national" if PRODUCTION else "off")
if TWO_FACTOR not in ("national", "all", "off"):
    raise ImproperlyConfigured(f"TWO_FACTOR must be 'national', 'all' or 'off', not '{TWO_FACTOR}'.")
if PRODUCTION and TWO_FACTOR == "off":
    raise ImproperlyConfigured("TWO_FACTOR must be 'national' or 'all' in production.")

ACCOUNT_ADAPTER = "cms.login.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "cms.login.forms.LoginForm", "reauthenticate": "cms.login.forms.PasswordForm"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# Seconds after which screens about people and exports ask for the password again.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# django-axes counts, in the database: what allauth counts, each process would count for itself.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "cms.login.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "cms.login.forms.CodeForm",
    "reauthenticate": "cms.login.forms.CodeAgainForm",
    "activate_totp": "cms.login.forms.FirstCodeForm",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Ten failures within a quarter of an hour close an account, and the address that they came from, for as long.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "cms.login.guessing.account_key"
AXES_CLIENT_IP_CALLABLE = "cms.client_address.client_address"
AXES_LOCKOUT_TEMPLATE = "cms/login/locked.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "email", "code", "next"]
# How many proxies of our own stand before the web server; none of what others say of a client's address is believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES < 0:
    raise ImproperlyConfigured("TRUSTED_PROXIES must be the number of proxies, or 0.")
# From where the site asks for its visitors: what it says of a visitor's address is believed (``cms.client_address``).
try:
    SITE_ADDRESSES = [
        ipaddress.ip_network(address)
        for address in env.list("SITE_ADDRESSES", default=[] if PRODUCTION else ["127.0.0.1", "::1"])
    ]
except ValueError as error:
    raise ImproperlyConfigured("SITE_ADDRESSES must be IP addresses or networks, separated by commas.") from error

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Amsterdam"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_DATE_FORMAT = "%d-%m-%Y"
WAGTAIL_DATETIME_FORMAT = "%d-%m-%Y %H:%M"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = EMAIL_CONFIG["EMAIL_FILE_PATH"] or VAR_DIR / "mail"
# Seconds that a mail server may take for each answer; without it, one that says nothing keeps the messenger for good.
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Sterk Techniekonderwijs <info@localhost>")

# Mail by the API of a provider instead of EMAIL_URL (https://anymail.dev/en/stable/esps/). All that begins with
# ANYMAIL_ and its name goes to django-anymail; without these it can't send, or believe what the provider tells us.
providers = {
    "brevo": ["BREVO_API_KEY"],
    "mailgun": ["MAILGUN_API_KEY", "MAILGUN_WEBHOOK_SIGNING_KEY"],
    "mailjet": ["MAILJET_API_KEY", "MAILJET_SECRET_KEY"],
    "postmark": ["POSTMARK_SERVER_TOKEN"],
    "sparkpost": ["SPARKPOST_API_KEY"],
}
ANYMAIL_PROVIDER = env("ANYMAIL_PROVIDER", default="")
if ANYMAIL_PROVIDER:
    if ANYMAIL_PROVIDER not in providers:
        raise ImproperlyConfigured(f"ANYMAIL_PROVIDER must be one of {', '.join(providers)}, not '{ANYMAIL_PROVIDER}'.")
    if env("EMAIL_URL", default=""):
        raise ImproperlyConfigured("ANYMAIL_PROVIDER and EMAIL_URL can't both be set: mail goes by one of them.")
    if NEWSLETTER_BOUNCE_ADDRESS:
        raise ImproperlyConfigured(
            "NEWSLETTER_BOUNCE_ADDRESS must be empty with ANYMAIL_PROVIDER, which tells us itself."
        )
    prefix = f"ANYMAIL_{ANYMAIL_PROVIDER.upper()}_"
    own = {name: value for name, value in env.ENVIRON.items() if name.startswith(prefix) and value}
    ANYMAIL = {name.removeprefix("ANYMAIL_"): value for name, value in own.items()}
    for name in providers[ANYMAIL_PROVIDER]:
        if name not in ANYMAIL:
            raise ImproperlyConfigured(f"ANYMAIL_{name} must be set for ANYMAIL_PROVIDER={ANYMAIL_PROVIDER}.")
    ANYMAIL |= {"WEBHOOK_SECRET": env("ANYMAIL_WEBHOOK_SECRET", default=""), "REQUESTS_TIMEOUT": EMAIL_TIMEOUT}
    if not re.fullmatch(r"[\w-]+:[\w-]{20,}", ANYMAIL["WEBHOOK_SECRET"], re.ASCII):
        raise ImproperlyConfigured("ANYMAIL_WEBHOOK_SECRET must be a name, a colon and at least 20 random characters.")
    INSTALLED_APPS += ["anymail"]
    EMAIL_BACKEND = f"anymail.backends.{ANYMAIL_PROVIDER}.EmailBackend"

# A page with many programme rows and blocks passes Django's limit of 1,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "Sterk Techniekonderwijs"
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = True
# An address of our own would become a link to a page, whosever it is.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"
# ``cms.old_addresses`` does so, with one redirect where Wagtail makes one for every page below.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILEMBEDS_FINDERS = [{"class": "cms.embeds.VideoFinder"}]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
# Which kinds of documents are taken is in ``cms.uploads``, where each is known by its content too.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.uploads.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
# Never straight from the storage: only the view says how a browser has to treat a document.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
# Pages are found by what the database knows of their texts.
WAGTAILSEARCH_BACKENDS = {
    # The configuration is that of PostgreSQL (search/migrations/0001); SQLite takes no notice of it.
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "cms_dutch"}
}
# Visitors may search by an OpenSearch instead; editors go on searching in the database, which knows everything at once.
SEARCH_URL = env("SEARCH_URL", default="")
if SEARCH_URL:
    WAGTAILSEARCH_BACKENDS["opensearch"] = backend_at(SEARCH_URL)

WAGTAILAPI_BASE_URL = WAGTAILADMIN_BASE_URL
WAGTAILAPI_LIMIT_MAX = 50
WAGTAILAPI_RICH_TEXT_FORMAT = "html"
# Whom front-end developers can ask.
API_CONTACT = {
    "name": WAGTAIL_SITE_NAME,
    "url": "https://www.sterktechniekonderwijs.nl/",
    "email": "info@sterktechniekonderwijs.nl",
}
# Whom to tell of a weakness: ``mailto:`` or ``https:`` (``cms.security_txt``).
SECURITY_CONTACT = env("SECURITY_CONTACT", default=f"mailto:{API_CONTACT['email']}")
REST_FRAMEWORK = {
    # Everybody reads the same: a session never changes what the API answers.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
}

if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_links": {"()": "cms.logs.WithoutLinks"}},
    "loggers": {"django.request": {"filters": ["without_links"]}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
