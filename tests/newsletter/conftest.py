import pytest

from tests.factories import make_newsletter


@pytest.fixture
def national(django_user_model, db):
    return django_user_model.objects.get(email="landelijk@example.org")


@pytest.fixture
def newsletter(home):
    return make_newsletter(home, "Nieuwsbrief STO", contact_text='<p>Mail <a href="mailto:a@example.org">ons</a>.</p>')
