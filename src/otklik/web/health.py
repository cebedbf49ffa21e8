"""For whoever watches the process: it answers, and the database answers it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from otklik.orgs.rights import public


@public
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """`ok` in plain text; an error when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
