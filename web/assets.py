"""Addresses of our own files that change with their content, so that browsers keep them for good."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Response, request

_FOLDER = Path(__file__).parent / "static"
_KEPT = "public, max-age=31536000, immutable"


def find_asset(name: str) -> str:
    """The address of a file in static/, with a mark of what is in it."""
    return f"{request.script_root}/static/{name}?v={_mark(name)}"


def keep_assets(response: Response) -> Response:
    """Lets browsers keep a file that was asked for by its mark."""
    name = (request.view_args or {}).get("filename")
    if request.endpoint == "static" and name and response.status_code == 200 and request.args.get("v") == _mark(name):
        response.headers["Cache-Control"] = _KEPT
    return response


@lru_cache
def _mark(name: str) -> str:
    return hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:10]
