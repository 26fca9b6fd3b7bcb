"""Which requests come from pages of other sites."""

from urllib.parse import urlsplit


def is_own(site: str | None, origin: str | None, host: str) -> bool:
    """Whether a request comes from a page of ours, or from a program, which names no origin.

    site    Sec-Fetch-Site; origin: Origin; host: Host, as the request has them
    """
    if site:
        return site in ("none", "same-origin")
    try:
        return origin is None or urlsplit(origin).netloc == host
    except ValueError:  # an origin that is no address is nobody's page
        return False
