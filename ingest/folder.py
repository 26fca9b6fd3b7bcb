"""A fetcher that answers from a folder instead of the network: how the demo story is read."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import FetchError
from ingest.fetch import Request, Response


class FolderFetcher:
    """Answers `http://HOST/…` from files below the folders, the first that has the path; any other host is refused.

    The layout is that of the demo: `/feeds/NAME.xml` lies in feeds, every other path in pages.
    """

    def __init__(self, host: str, *folders: Path) -> None:
        self._host = host
        self._folders = folders

    async def __call__(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        path = parts.path.lstrip("/")
        inner = path if path.startswith("feeds/") else f"pages/{path}"
        for folder in self._folders:
            file = (folder / inner).resolve()
            if parts.hostname == self._host and file.is_relative_to(folder.resolve()) and file.is_file():
                kind = mimetypes.guess_type(file.name)[0] or ""
                return Response(request.url, 200, file.read_bytes(), content_type=kind, charset="utf-8")
        raise FetchError(f"{request.url}: not in the folder", subject=request.url, reason="http_404")
