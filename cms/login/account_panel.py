"""The second factor on the screen where people keep their own account."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from . import second_factor


class SecondFactorPanel(BaseSettingsPanel):
    name = "second_factor"
    title = _("Inloggen in twee stappen")
    order = 600
    template_name = "cms/login/account_panel.html"

    def get_form(self):
        """Nothing is filled in here: the buttons lead to screens of their own."""
        return forms.Form()

    def get_context_data(self):
        return super().get_context_data() | {
            "is_set_up": second_factor.is_set_up(self.user),
            "is_required": second_factor.is_required_of(self.user),
        }
