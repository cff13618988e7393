"""What sign-in does differently here: nobody opens an account for himself, and secrets are kept sealed."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse


class ClosedAccounts(DefaultAccountAdapter):
    """Logins are opened by whoever administers the site (`tanheng users add`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class CityAccounts(DefaultSocialAccountAdapter):
    """Whoever the city's identity provider vouches for is let in, and may do nothing until a mandate is granted."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A login that was opened without a password waits for the provider to vouch for its name, and is that of the
        first whom it vouches for. A login with a password is never taken over.
        """
        name = sociallogin.user.username
        if sociallogin.is_existing or not name:
            return
        waiting = get_user_model().objects.filter(username=name, socialaccount=None).first()
        if waiting is not None and not waiting.has_usable_password():
            sociallogin.connect(request, waiting)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """An address that another login has is left out: it would lead to that login, and opens nothing here anyway."""
        user = super().populate_user(request, sociallogin, data)
        if user.email and get_user_model().objects.filter(email__iexact=user.email).exists():
            user.email = ""
            sociallogin.email_addresses = []
        return user

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account")


class SealedFactors(DefaultMFAAdapter):
    """The secrets of second factors are kept encrypted by the key of the site: a stolen database opens nothing."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> Fernet:
    key = hashlib.sha256(b"second-factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
