"""What is answered where a person has no right, and where the program cannot go on."""

import sys

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import server_error

from otklik.project.storage import sentence_of
from otklik.web.errors.view import ErrorPage


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the sentence of the refusal; an outside error says nothing of itself."""
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    page = ErrorPage(title="Для этого у вас нет права", text=sentence) if sentence else None
    return render(request, "403.html", {"page": page}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500; where disk or database gave way, 503 with what to do. Nothing is asked of the database to say so."""
    sentence = sentence_of(sys.exc_info()[1])
    if not sentence:
        return server_error(request)
    response = HttpResponse(render_to_string("503.html", {"sentence": sentence}), status=503)
    response["Retry-After"] = "30"
    return response
