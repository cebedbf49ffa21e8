"""What a person may follow: addresses that lead to a page. Pure."""

import re

_PAGE = re.compile(r"\s*https?://[^\s/?#]+", re.IGNORECASE)


def leads_to_a_page(url: str | None) -> bool:
    """Whether it is an address of the web, http or https, with a host: `javascript:` and `data:` show nobody a reply.

    >>> leads_to_a_page("https://vk.com/wall-1_2"), leads_to_a_page("javascript:alert(1)"), leads_to_a_page("")
    (True, False, False)
    """
    return _PAGE.match(url or "") is not None
