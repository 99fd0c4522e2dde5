"""Whole addresses of this service, for whatever leaves it and has to find back."""

from starlette.requests import Request


def address_of(http: Request, public_url: str | None, path: str) -> str:
    """The address of a path as the world reaches it: as set, else as this request was made."""
    return root_of(http, public_url) + path


def root_of(http: Request, public_url: str | None) -> str:
    """Where all addresses of this service begin, without a slash at the end."""
    return (public_url or f"{http.url.scheme}://{http.url.netloc}").rstrip("/")
