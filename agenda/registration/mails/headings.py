"""What each kind of mail is about, in a few words: above it, and in its subject before the name of the event."""

from django.utils.translation import gettext_lazy as _

from agenda.models import OutgoingMail

Kind = OutgoingMail.Kind

HEADINGS = {
    Kind.CONFIRMED: _("U bent aangemeld"),
    Kind.WAITING: _("U staat op de wachtlijst"),
    Kind.OFFERED: _("Er is een plaats voor u"),
    Kind.PROMOTED: _("U bent aangemeld"),
    Kind.CHANGED: _("Andere sessie"),
    Kind.CANCELLED: _("U bent afgemeld"),
    Kind.KNOWN: _("U was al aangemeld"),
    Kind.CALLED_OFF: _("Gaat niet door"),
    Kind.MOVED: _("Nieuwe datum of tijd"),
    Kind.REMINDER: _("Herinnering"),
    Kind.MESSAGE: _("Bericht van de organisatie"),
}


def heading_of(mail: OutgoingMail) -> str:
    return mail.content.get("subject") or str(HEADINGS[Kind(mail.kind)])


def subject_of(mail: OutgoingMail) -> str:
    """The heading and the name of the event, unless an editor wrote that in it already."""
    heading, title = heading_of(mail), mail.registration.event.title
    return heading if title in heading else f"{heading}: {title}"
