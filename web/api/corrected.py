"""What people said of readings, as JSON Lines for whoever teaches or measures a reader."""

from collections.abc import Iterator

from flask import Blueprint, Response, json, stream_with_context

from graph.judging.corrected import iter_correction_lines
from web.api.routes import check_names
from web.services import get_services

answers = Blueprint("corrected", __name__)


@answers.get("/api/v1/corrections.jsonl")
def show() -> Response:
    """A line for each claim that people judged, in the order of the judgements."""
    check_names(())

    def write() -> Iterator[str]:
        for line in iter_correction_lines(get_services().store):
            yield json.dumps(line, ensure_ascii=False) + "\n"

    return Response(stream_with_context(write()), mimetype="application/x-ndjson")
