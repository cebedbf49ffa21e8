"""The id of what a form asks for."""

from uuid import UUID, uuid4, uuid5

from otklik.orgs.rights import SignedInRequest


def command_id(request: SignedInRequest) -> UUID:
    """The same form sent twice is done once. Another person, another address or other words make another command:
    who goes back in the browser and corrects the text must not be told that it was saved before."""
    try:
        given = UUID(request.POST.get("command_id", ""))
    except ValueError:
        return uuid4()
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = [(name, one.name, one.size) for name, sent in sorted(request.FILES.lists()) for one in sent]
    return uuid5(given, repr((request.user.pk, request.path, fields, files)))
