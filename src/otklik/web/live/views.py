"""The door of the stream. The person's sight is worked out here, once; the stream itself asks no database."""

from django.db import connection
from django.http import StreamingHttpResponse
from django.utils import timezone

from otklik.incidents import access
from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.live.hub import hub
from otklik.web.live.stream import Viewer, stream


@allow()
def live(request: SignedInRequest) -> StreamingHttpResponse:
    """Server-sent events about incidents in this person's sight."""
    viewer = Viewer(
        sight=access.sight_of(request.user, timezone.now()),
        organisation_ids=request.organisation_ids,
        last_id=request.headers.get("Last-Event-ID", "") or request.GET.get("after", ""),
    )
    hub.wake()
    response = StreamingHttpResponse(stream(hub, viewer), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    if not connection.in_atomic_block:  # a test; in life the connection is given back before the long wait
        connection.close()
    return response
