import pytest

from tests.factories import make_newsletter
from tests.mail_server import MailServer


@pytest.fixture
def national(django_user_model, db):
    return django_user_model.objects.get(email="landelijk@example.org")


@pytest.fixture
def newsletter(home):
    return make_newsletter(home, "Nieuwsbrief STO", contact_text='<p>Mail <a href="mailto:a@example.org">ons</a>.</p>')


@pytest.fixture(params=[[], ["PIPELINING"]], ids=["in turns", "at once"])
def server(settings, request):
    """A mail server to which mails are sent as fast as it takes them."""
    with MailServer() as server:
        server.extensions = request.param
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.NEWSLETTER_RATE = 600_000
        yield server
