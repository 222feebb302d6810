"""What histories say of subscribers: what was done, with how many, and of whom nothing.

What is about a list stands in the history of its page; what is about an address, in that of the editor.
"""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import LogFormatter, log

from newsletter.models import NewsletterIndexPage, Subscription

ACTIONS = {
    "newsletter.import_subscribers": (_("Abonnees importeren"), _("Abonnees geïmporteerd")),
    "newsletter.export_subscribers": (_("Abonnees downloaden"), _("Lijst van abonnees gedownload")),
    "newsletter.end_subscription": (_("Iemand uitschrijven"), _("Iemand uitgeschreven")),
    "newsletter.erase_subscriber": (_("Abonnee wissen"), _("De gegevens van een abonnee gewist")),
    "newsletter.suppress": (_("Adres blokkeren"), _("Een adres geblokkeerd voor nieuwsbrieven")),
    "newsletter.lift_suppression": (_("Blokkade opheffen"), _("Een adres weer toegelaten voor nieuwsbrieven")),
}


class WithNumberOfSubscribers(LogFormatter):
    def format_message(self, log_entry):
        if "number" not in log_entry.data:
            return self.message
        number = log_entry.data["number"]
        subscribers = ngettext("%(number)d abonnee", "%(number)d abonnees", number) % {"number": number}
        return f"{self.message} ({subscribers})"


def register_log_actions(actions) -> None:
    for action, (label, message) in ACTIONS.items():
        texts = {"label": label, "message": message}
        actions.register_action(action)(type("Named", (WithNumberOfSubscribers,), texts))


def note_export(user, subscriptions: QuerySet[Subscription]) -> None:
    """In the history of each list of which any of ``subscriptions`` are."""
    rows = subscriptions.order_by().values_list("newsletter").annotate(number=Count("pk"))
    numbers = dict(rows.values_list("newsletter", "number"))
    for newsletter in NewsletterIndexPage.objects.filter(pk__in=numbers):
        data = {"number": numbers[newsletter.pk]}
        log(newsletter, "newsletter.export_subscribers", user=user, data=data)
