"""What the histories of regions and accounts say of changes to who may do what."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

ACTIONS = {
    "regions.invite": (_("Redacteur uitnodigen"), _("%(person)s uitgenodigd als redacteur")),
    "regions.invite_again": (_("Opnieuw uitnodigen"), _("%(person)s opnieuw uitgenodigd")),
    "regions.withdraw_invitation": (_("Uitnodiging intrekken"), _("Uitnodiging van %(person)s ingetrokken")),
    "regions.accept_invitation": (_("Uitnodiging aannemen"), _("%(person)s is redacteur geworden")),
    "regions.take_access": (_("Toegang weghalen"), _("Toegang van %(person)s weggehaald")),
    "regions.hand_over": (_("Werk overdragen"), _("Werk van %(person)s overgedragen aan %(successor)s")),
    "regions.switch_off": (_("Account uitzetten"), _("Account uitgezet")),
    "regions.switch_on": (_("Account aanzetten"), _("Account aangezet")),
}


class AboutPerson(LogFormatter):
    def format_message(self, log_entry):
        return self.message % log_entry.data
