"""A person: someone who signs in, or someone named in the process who has no account."""

import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from otklik.orgs.models.organisation import Organisation, Unit
from otklik.regulation.model.people import Rank


def normalise_username(text: str) -> str:
    """The one written form of a name to sign in with: nobody remembers how theirs was capitalised."""
    return unicodedata.normalize("NFKC", text).strip().lower()


class PersonManager(BaseUserManager["Person"]):
    """Django's own needs only (sign-in); reads go through `access` and `queries`, writes through `actions`."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.select_related("organisation").get(username=normalise_username(username or ""))


class Person(AbstractBaseUser):
    """The user of this installation; belongs to one organisation, may hold roles in several."""

    username = models.CharField(max_length=150, unique=True, null=True, blank=True)
    """The name to sign in with; None for someone without an account."""
    full_name = models.CharField(max_length=200)
    position = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    rank = models.CharField(max_length=20, choices=[(rank.value, rank.value) for rank in Rank], default=Rank.EMPLOYEE)
    has_account = models.BooleanField(default=True)
    """False: an outside curator, say, whose steps somebody else records."""
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    """Has a password that everybody knows: signs in on loopback only."""
    language = models.CharField(max_length=10, default="ru")
    zone = models.CharField(max_length=64, blank=True)
    """IANA name; empty: the organisation's."""
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(has_account=False) | models.Q(username__isnull=False),
                name="orgs_account_has_username",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def local_zone(self) -> str:
        """The IANA zone in which this person is shown times."""
        return self.zone or self.organisation.zone

    def get_username(self) -> str:
        return self.username or ""

    def clean(self) -> None:
        """Nothing of the base's: it would turn a missing username into «»."""

    def natural_key(self) -> tuple[Any, ...]:
        return (self.username,)
