"""A fetcher that answers from a folder instead of the network: how the demo story is read."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import FetchError
from ingest.network.fetch import Request, Response

_SUFFIX = ".example"


class FolderFetcher:
    """Answers for the outlets of a folder: `http://NAME.example/PATH` is `pages/NAME/PATH`, its feed `feeds/NAME.xml`.

    Of several folders the first that has the file answers. The domain is reserved (RFC 2606): it names no real host.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def list_feeds(self) -> tuple[str, ...]:
        """The address of each feed that any of the folders has."""
        names = {file.stem for folder in self._folders for file in (folder / "feeds").glob("*.xml")}
        return tuple(f"http://{name}{_SUFFIX}/feed.xml" for name in sorted(names))

    async def __call__(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        name = (parts.hostname or "").removesuffix(_SUFFIX)
        inner = f"feeds/{name}.xml" if parts.path == "/feed.xml" else f"pages/{name}{parts.path}"
        for folder in self._folders:
            file = (folder / inner).resolve()
            if file.is_relative_to(folder.resolve()) and file.is_file():
                kind = mimetypes.guess_type(file.name)[0] or ""
                return Response(request.url, 200, file.read_bytes(), content_type=kind, charset="utf-8")
        raise FetchError(f"{request.url}: not in the folder", subject=request.url, reason="http_404")
