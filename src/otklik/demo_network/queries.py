"""All reads of the demo network."""

from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from otklik.channels.models import Account
from otklik.demo_network.models import Community, Post
from otklik.project.transactions import EVERYTHING, read


def communities() -> list[Community]:
    """Every page; none where the installation is no demo."""
    return list(Community.objects.all())


def community(key: str) -> Community | None:
    return Community.objects.filter(key=key).first()


def zone_of(community: Community) -> ZoneInfo:
    """The zone of the organisation whose page it is."""
    with read(EVERYTHING):
        account = Account.objects.select_related("organisation").get(pk=community.account_id)
        return ZoneInfo(account.organisation.zone)


def posts(of: Community, *, limit: int) -> QuerySet[Post]:
    """The newest posts of a page with their comments."""
    return of.posts.prefetch_related("comments")[:limit]


def post(of: Community, pk: int) -> Post | None:
    return Post.objects.filter(community=of, pk=pk).first()
