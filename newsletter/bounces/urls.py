"""The webhook of the provider that mail goes by, and of no other; only there is one when there is a provider."""

from anymail.urls import urlpatterns as all_of_anymail
from django.conf import settings

urlpatterns = [door for door in all_of_anymail if door.name == f"{settings.ANYMAIL_PROVIDER}_tracking_webhook"]
