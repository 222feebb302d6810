"""Where allauth's own views do too little."""

from allauth.account.views import LoginView as AccountLoginView
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from . import second_factor
from .sessions import end_sessions


class LoginView(AccountLoginView):
    template_name = "cms/login/login.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # Who may not enter the admin has to be able to come back as somebody else.
        if request.user.has_perm("wagtailadmin.access_admin"):
            return redirect(self.get_authenticated_redirect_url())
        return super().dispatch(request, *args, **kwargs)


class SetUpView(ActivateTOTPView):
    template_name = "cms/login/set_up.html"

    def form_valid(self, form) -> HttpResponse:
        """From now on a password alone isn't enough: sessions that began with one end."""
        response = super().form_valid(form)
        second_factor.prove(self.request, self.request.user)
        end_sessions(self.request.user, except_for=self.request.session.session_key)
        return response
