"""What is answered where a request cannot be read, a person has no right, or the program cannot go on.

These pages ask nothing of the request: it may be what cannot be read, and an error here would have no page at all.
Django's own handlers are not used for that reason; they look for a CSRF token in the form.
"""

import sys

from django.core.exceptions import (
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from otklik.project.storage import sentence_of
from otklik.web.errors.view import ErrorPage

UNREADABLE = (
    "Браузер прислал то, что прочитать нельзя. Вернитесь назад (текст на месте), обновите страницу и повторите."
)
_UNREADABLE = {
    DisallowedHost: "По этому адресу программа не отвечает. Откройте её по адресу, который дал администратор.",
    RequestDataTooBig: "Текста слишком много: все поля вместе вмещают 2,5 МБ. Вернитесь назад (текст на месте), "
    "сократите его или приложите файлом.",
    TooManyFieldsSent: "В форме слишком много полей. Вернитесь назад, обновите страницу и повторите.",
    TooManyFilesSent: "Файлов слишком много: за раз можно приложить до ста. Вернитесь назад и приложите их частями.",
}


def unreadable(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 with what to do."""
    sentence = next((words for kind, words in _UNREADABLE.items() if isinstance(exception, kind)), UNREADABLE)
    return HttpResponse(render_to_string("400.html", {"sentence": sentence}), status=400)


def forbidden(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the sentence of the refusal; an outside error says nothing of itself."""
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    page = ErrorPage(title="Для этого у вас нет права", text=sentence) if sentence else None
    return HttpResponse(render_to_string("403.html", {"page": page}), status=403)


def absent(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing, or nothing that this person may know of."""
    del exception  # Django gives it by name
    return HttpResponse(render_to_string("404.html"), status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """500; where disk or database gave way, 503 with what to do. Nothing is asked of the database to say so."""
    sentence = sentence_of(sys.exc_info()[1])
    if not sentence:
        return HttpResponse(render_to_string("500.html"), status=500)
    response = HttpResponse(render_to_string("503.html", {"sentence": sentence}), status=503)
    response["Retry-After"] = "30"
    return response
