"""The doors of logging in, all within the admin; what else allauth has (signing up, e-mail addresses) isn't mounted.

Forgotten passwords go through Wagtail's own doors: they set a new password and don't log in.
"""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import DeactivateTOTPView
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .views import LoginView, SetUpView


def show(view, template: str):
    return view.as_view(template_name=f"cms/login/{template}.html")


urlpatterns = decorate_urlpatterns(
    [
        path("login/", LoginView.as_view(), name="account_login"),
        path("login/code/", show(AuthenticateView, "code"), name="mfa_authenticate"),
        path("bevestigen/", show(ReauthenticateView, "password_again"), name="account_reauthenticate"),
        path("bevestigen/code/", show(CodeAgainView, "code_again"), name="mfa_reauthenticate"),
        path("twee-stappen/", RedirectView.as_view(pattern_name="wagtailadmin_account"), name="mfa_index"),
        path("twee-stappen/instellen/", SetUpView.as_view(), name="mfa_activate_totp"),
        path("twee-stappen/uitzetten/", show(DeactivateTOTPView, "switch_off"), name="mfa_deactivate_totp"),
        path("twee-stappen/noodcodes/", show(ViewRecoveryCodesView, "codes"), name="mfa_view_recovery_codes"),
        path(
            "twee-stappen/noodcodes/nieuw/",
            show(GenerateRecoveryCodesView, "new_codes"),
            name="mfa_generate_recovery_codes",
        ),
    ],
    never_cache,
)
