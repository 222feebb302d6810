"""Where the links in mails lead: pages on the site for people, the API for mail programs."""

from django.conf import settings

from cms.addresses import on_site


def confirm_page(token: str) -> str:
    return on_site(f"/abonnement/bevestigen/{token}/")


def unsubscribe_page(token: str) -> str:
    return on_site(f"/abonnement/afmelden/{token}/")


def preferences_page(token: str) -> str:
    return on_site(f"/abonnement/voorkeuren/{token}/")


def one_click_url(token: str) -> str:
    """Where mail programs post for whoever presses their button (RFC 8058, 3.1): no page, and no redirect."""
    return f"{settings.WAGTAILADMIN_BASE_URL}/api/v2/newsletters/unsubscribe/{token}/"
