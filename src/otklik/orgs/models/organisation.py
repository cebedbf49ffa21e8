"""Organisations (the tenants), their bodies and departments, and the single days that replace their hours."""

from django.db import models


class OrganisationKind(models.TextChoices):
    """Who runs a process of its own, and who only takes part in others'."""

    ADMINISTRATION = "administration", "Администрация"
    OUTSIDE = "outside", "Другое учреждение"


class Organisation(models.Model):
    """A tenant: an administration that runs an act, or an outside institution that curates or answers in part."""

    key = models.SlugField(max_length=60, unique=True)
    """Short Latin name for files and the command line."""
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.ADMINISTRATION)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=300, unique=True)
    """Materialised path, see `otklik.orgs.tree`."""

    act = models.CharField(max_length=100, blank=True)
    """The id of the act it works under; empty for an outside institution."""
    act_hash = models.CharField(max_length=64, blank=True)
    """The edition (content hash) that was chosen with it; an incident keeps its own."""
    act_plan = models.JSONField(default=list, blank=True)
    """What counts in place of `act` from which day, in the order of the days: see `otklik.orgs.acts`."""

    zone = models.CharField(max_length=64)
    """IANA name."""
    schedule = models.JSONField(null=True, blank=True)
    """A schedule document (docs/worktime.md) in place of the act's default; None: the act's."""
    region = models.CharField(max_length=10, blank=True)
    """The regional calendar, «RU-KO»; counts only when `regional_days` is on."""
    regional_days = models.BooleanField(default=False)
    """Days off that the region declared are off here too. Off until the organisation switches it on (READINGS)."""

    legal_name = models.CharField(max_length=500, blank=True)
    inn = models.CharField(max_length=10, blank=True)
    ogrn = models.CharField(max_length=13, blank=True)
    postal_address = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.short_name


class UnitKind(models.TextChoices):
    """A body answers in its own name; a department is a part of a body."""

    BODY = "body", "Орган"
    DEPARTMENT = "department", "Подразделение"


class Unit(models.Model):
    """A body or department. A body may keep its own hours and live in its own zone."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=20, choices=UnitKind, default=UnitKind.DEPARTMENT)
    key = models.SlugField(max_length=60)
    """Unique in the organisation; the journal and the terms name a body by it."""
    name = models.CharField(max_length=300)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=300, unique=True)
    zone = models.CharField(max_length=64, blank=True)
    """IANA name; empty: the organisation's."""
    schedule = models.JSONField(null=True, blank=True)
    """A schedule document of its own; None: that of the nearest unit above, then the organisation's."""
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="orgs_unit_key")]

    def __str__(self) -> str:
        return self.name


class ScheduleChange(models.Model):
    """One day that differs: an emergency closure, a duty Saturday, a break.

    `spans` replaces the day's hours («HH:MM-HH:MM»; empty: closed; None: the hours stay); `breaks` is cut out of them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="schedule_changes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="schedule_changes")
    """None: the whole organisation."""
    changes_on = models.DateField()
    spans = models.JSONField(null=True, blank=True)
    breaks = models.JSONField(default=list, blank=True)
    ground = models.CharField(max_length=500)

    class Meta:
        ordering = ["changes_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "changes_on"], condition=models.Q(unit=None), name="orgs_change_of_organisation"
            ),
            models.UniqueConstraint(
                fields=["unit", "changes_on"], condition=models.Q(unit__isnull=False), name="orgs_change_of_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.changes_on:%d.%m.%Y}: {self.ground}"
