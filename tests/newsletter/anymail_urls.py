"""The doors of the CMS with the webhooks of all providers; a site has only that of its own."""

from django.urls import include, path

from cms.urls import urlpatterns as doors

urlpatterns = [path("anymail/", include("anymail.urls")), *doors]
