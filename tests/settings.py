"""The settings of the project with what tests need: nothing of the developer's own environment or files."""

import os
import tempfile
from importlib import import_module

os.environ |= {"ENVIRONMENT": "development", "BASE_URL": "http://cms.test", "FRONTEND_URL": ""}
os.environ |= {"WEBHOOK_ALLOW_LOOPBACK": "off", "TWO_FACTOR": "off", "TRUSTED_PROXIES": "0", "SITE_ADDRESSES": ""}
os.environ |= {"PROOF_OF_WORK": "off", "ANYMAIL_PROVIDER": "", "NEWSLETTER_BOUNCE_ADDRESS": "", "SEARCH_URL": ""}
project = import_module("cms.settings")
globals().update({name: value for name, value in vars(project).items() if name.isupper()})

files = tempfile.TemporaryDirectory(prefix="cms-test-")
MEDIA_ROOT = files.name
# It reads the whole of the admin's static files each time that a test makes a client.
MIDDLEWARE = [name for name in project.MIDDLEWARE if "whitenoise" not in name]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "cms.test"]
