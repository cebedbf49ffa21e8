"""What a person may do, and when. Spans are half-open: `since_at` counts, `until_at` (None: no end) does not."""

from django.db import models
from django.db.models import F, Q

from otklik.orgs.models.organisation import Organisation, Unit
from otklik.orgs.models.person import Person
from otklik.regulation.model.people import OurRole

ROLES = [(role.value, role.value) for role in OurRole]


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until_at__isnull=True) | Q(until_at__gt=F("since_at")), name=name)


class RoleHolding(models.Model):
    """A person holds a role in an organisation: their own, or another one (an outside curator)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="role_holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_holdings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="role_holdings")
    """The body or department for which it is held; None: the whole organisation."""
    role = models.CharField(max_length=20, choices=ROLES)
    act_role = models.CharField(max_length=100, blank=True)
    """The act's name of the role where the act has several that are one of ours; empty: all of them."""
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [_ends_after_start("orgs_role_holding_span")]
        indexes = [models.Index(fields=["organisation", "role"], name="orgs_holding_role")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class Duty(models.Model):
    """For a while a person does what holders of a role do: the duty rota of a weekend or evening."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    role = models.CharField(max_length=20, choices=ROLES)
    act_role = models.CharField(max_length=100, blank=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        ordering = ["since_at", "pk"]
        constraints = [_ends_after_start("orgs_duty_span")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class AbsenceReason(models.TextChoices):
    """Why someone is away: enough to plan by, nothing of their health."""

    VACATION = "vacation", "Отпуск"
    ILLNESS = "illness", "Болезнь"
    TRIP = "trip", "Командировка"
    OTHER = "other", "Другое"


class Absence(models.Model):
    """A person is away. Work is not given to them; their roles stay theirs."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="absences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    reason = models.CharField(max_length=20, choices=AbsenceReason, default=AbsenceReason.OTHER)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since_at", "pk"]
        constraints = [_ends_after_start("orgs_absence_span")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.reason}"


class Substitution(models.Model):
    """One person acts in another's roles. What they do is recorded as theirs, on behalf of the absent one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="substitutions")
    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substituted_by")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutes_for")
    role = models.CharField(max_length=20, choices=ROLES, blank=True)
    """Empty: all roles of the absent person in this organisation."""
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=500)
    """The order or instruction that appoints the substitute."""

    class Meta:
        ordering = ["since_at", "pk"]
        constraints = [
            _ends_after_start("orgs_substitution_span"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="orgs_substitution_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} → {self.absent_id}"
