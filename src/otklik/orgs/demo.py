"""What the demo people share. Their password is known to everybody, so it counts on this machine's loopback only."""

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from otklik.orgs.models import Person

DEMO_PASSWORD = "otklik-demo"  # noqa: S105  # printed on the sign-in page


def demo_people() -> QuerySet[Person]:
    """The demo people who can sign in, by organisation and name."""
    people = Person.objects.filter(is_demo=True, is_active=True, has_account=True)
    return people.select_related("organisation", "unit").order_by("organisation__path", "pk")


def give_demo_password() -> int:
    """All demo people get the one password, by one hash: hashing takes its time on purpose, and hides nothing here."""
    return Person.objects.filter(is_demo=True, has_account=True).update(password=make_password(DEMO_PASSWORD))
