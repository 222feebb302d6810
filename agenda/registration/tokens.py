"""The link in a mail by which somebody gets at their own registration, without a password.

It is made from the registration whenever a mail is written, so that nothing that opens it is kept.
"""

from django.core import signing

from agenda.models import Registration

signer = signing.Signer(salt="agenda.registration")


def token_of(registration: Registration) -> str:
    return signer.sign(registration.public_id.hex)


def registration_of(token: str) -> Registration:
    """The registration that ``token`` was made of; raises ``Registration.DoesNotExist`` for any other text."""
    try:
        public_id = signer.unsign(token)
    except signing.BadSignature as error:
        raise Registration.DoesNotExist from error
    return Registration.objects.get(public_id=public_id)
