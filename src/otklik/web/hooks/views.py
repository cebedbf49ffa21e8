"""A platform's delivery: stored, then acknowledged with whatever the platform wants to hear."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from otklik.channels import inbox, queries
from otklik.connectors.base import Delivery
from otklik.orgs.rights import public
from otklik.project.bodies import LARGEST_PLAIN
from otklik.project.transactions import EVERYTHING, read


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, inbox_key: str) -> HttpResponse:
    """One delivery. An unknown address, or one of a stopped account, is absent."""
    body = request.read(LARGEST_PLAIN + 1)  # not `body`, which holds no more than a form may
    if len(body) > LARGEST_PLAIN:
        return HttpResponse("too large", status=413)
    with read(EVERYTHING):
        account = queries.active_account(inbox_key)
        if account is None:
            return HttpResponse("not found", status=404)
        receipt = inbox.deliver(account, _delivery(request, body), now=timezone.now())
    return HttpResponse(receipt.answer, status=receipt.status, content_type=receipt.content_type)


def _delivery(request: HttpRequest, body: bytes) -> Delivery:
    return Delivery(
        method=request.method or "POST",
        path=request.path,
        headers={name.lower(): value for name, value in request.headers.items()},
        query={name: str(value) for name, value in request.GET.items()},
        body=body,
        remote_address=request.META.get("REMOTE_ADDR", ""),
    )
