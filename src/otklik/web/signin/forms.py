"""The forms of signing in and of changing one's own password, with Russian sentences."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from otklik.orgs.models import Person


class SignInForm(forms.Form):
    """Name and password; `person` is set once they fit. Which of them does not fit is not told."""

    username = forms.CharField(max_length=150)
    password = forms.CharField(max_length=1000, strip=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        """
        :raises ValidationError: when they do not fit.
        """
        given = super().clean() or {}
        if "username" not in given or "password" not in given:
            return given
        found = authenticate(self.request, username=given["username"], password=given["password"])
        if not isinstance(found, Person):
            raise ValidationError("")
        self.person = found
        return given


class PasswordForm(forms.Form):
    """The old password and the new one twice."""

    old_password = forms.CharField(label="Нынешний пароль", strip=False, widget=forms.PasswordInput)
    new_password = forms.CharField(
        label="Новый пароль",
        help_text="Не короче 10 знаков, не одни цифры, не из самых частых и не похожий на ваше имя.",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput,
    )
    repeated = forms.CharField(label="Новый пароль ещё раз", strip=False, widget=forms.PasswordInput)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["old_password"].widget.attrs.update(autocomplete="current-password")
        for name in ("new_password", "repeated"):
            self.fields[name].widget.attrs.update(autocomplete="new-password")

    def clean_old_password(self) -> str:
        """
        :raises ValidationError: it is not the person's password.
        """
        given: str = self.cleaned_data["old_password"]
        if not self.person.check_password(given):
            raise ValidationError("Это не ваш нынешний пароль.")
        return given

    def clean_new_password(self) -> str:
        """
        :raises ValidationError: too weak.
        """
        given: str = self.cleaned_data["new_password"]
        password_validation.validate_password(given, self.person)
        return given

    def clean_repeated(self) -> str:
        """
        :raises ValidationError: the two differ.
        """
        given: str = self.cleaned_data["repeated"]
        if given != self.cleaned_data.get("new_password", given):
            raise ValidationError("Пароли не совпадают.")
        return given
