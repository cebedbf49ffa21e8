"""Addresses that came from outside: links where a browser would open a page, never where it would run something."""


def outward(url: str | None) -> str:
    """The address if it leads to a page (http, https, or of this installation); empty for `javascript:` and the like.

    >>> outward("https://vk.com/wall-1_2"), outward("javascript:alert(1)")
    ('https://vk.com/wall-1_2', '')
    """
    given = (url or "").strip()
    return given if given.lower().startswith(("http://", "https://", "/")) else ""
