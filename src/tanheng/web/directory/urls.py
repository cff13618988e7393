"""The addresses of sign-in and of one's own account. Only what is used: nobody signs up, and nothing goes by e-mail."""

from allauth.account.views import account_inactive, login, logout, password_change, reauthenticate
from allauth.mfa.base.views import authenticate as second_factor
from allauth.mfa.base.views import index as second_factors
from allauth.mfa.base.views import reauthenticate as second_factor_again
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.socialaccount.views import login_cancelled, login_error
from django.urls import include, path

from tanheng.web.directory.views.account import account
from tanheng.web.directory.views.mandate import choose_mandate
from tanheng.web.directory.views.token import new_token, revoke_token

urlpatterns = [
    path("login/", login, name="account_login"),
    path("login/second-factor/", second_factor, name="mfa_authenticate"),
    path("login/sso/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("login/sso-cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("login/sso-error/", login_error, name="socialaccount_login_error"),
    path("login/closed/", account_inactive, name="account_inactive"),
    path("logout/", logout, name="account_logout"),
    path("account/", account, name="account"),
    path("account/mandate/", choose_mandate, name="choose_mandate"),
    path("account/tokens/", new_token, name="new_token"),
    path("account/tokens/<str:token>/end/", revoke_token, name="end_token"),
    path("account/password/", password_change, name="account_change_password"),
    path("account/confirm/", reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", second_factors, name="mfa_index"),
    path("account/second-factor/confirm/", second_factor_again, name="mfa_reauthenticate"),
    path("account/second-factor/activate/", activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/deactivate/", deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
