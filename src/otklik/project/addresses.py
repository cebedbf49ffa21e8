"""Where a request comes from. Forwarded headers are believed only for as many proxies as the installation names."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: the connection's, or the one that the outermost trusted proxy saw.

    Each proxy appends to X-Forwarded-For the address that spoke to it, so with n proxies the n-th from the right is the
    client's; what stands further left was written by the client and is worth nothing.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies:
        return direct
    forwarded = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    return forwarded[-proxies] if len(forwarded) >= proxies else direct
