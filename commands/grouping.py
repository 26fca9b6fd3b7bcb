"""Commands on what several claims are about."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from commands.printing import tell
from commands.settings import Config
from commands.tables import read_tables
from graph.background import find_makers, make_background
from graph.errors import ParseError
from graph.matters.contradict import find_contradictions
from graph.propositions import group_claims

_TEXTS = frozenset({".txt", ".md"})


@click.command()
@click.argument("claims", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--texts",
    "folders",
    multiple=True,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of their texts, with their days in MANIFEST.tsv where it has one.",
)
@click.option("--out", "out_file", required=True, type=click.File("w", encoding="utf-8"), help="The claims go here.")
@click.option("--relations", "relations_file", type=click.File("w", encoding="utf-8"), help="Contradictions go here.")
@click.pass_obj
def group(config: Config, claims: Path, folders: Sequence[Path], out_file: Any, relations_file: Any) -> None:
    """Groups claims of the evaluation format by what they are about. Touches no store."""
    from ingest.accuracy.claim_lines import ClaimReader
    from ingest.nlp.tables import load_tables

    reader = ClaimReader(load_tables(config.data / "entities"))
    lines = list(reader.read(claims, read_texts(folders), read_article_days(config, folders)))
    known = [line.claim for line in lines]
    background = make_background(reader.entities.values(), reader.ties)
    ties = (*reader.ties, *find_makers(known, background))
    background = make_background(reader.entities.values(), ties)
    groups = group_claims(known, background)
    where = {link.claim: group.id for group in groups for link in group.links}
    _write(out_file, ({**line.raw, "proposition": where[line.claim.id]} for line in lines))
    found = find_contradictions(groups, rates=read_tables(config).rates)
    if relations_file:
        _write(relations_file, ({"a": one.one, "b": one.other, "kind": one.kind.value} for one in found))
    tell(config, f"{len(lines)} claims, {len(groups)} matters, {len(found)} contradictions")


def read_texts(folders: Sequence[Path]) -> dict[str, str]:
    """The texts of folders, by file name."""
    paths = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in _TEXTS]
    return {path.name: path.read_text("utf-8") for path in paths}


def read_article_days(config: Config, folders: Sequence[Path]) -> dict[str, datetime]:
    """The day of each text, under its name with and without ending. A manifest may have no days: they are guessed."""
    from ingest.accuracy.gold import read_day, read_days

    days: dict[str, datetime] = {}
    for path in (path for folder in folders if (path := folder / "MANIFEST.tsv").exists()):
        try:
            found = {doc: read_day(text, doc) for doc, text in read_days(path).items()}
        except ParseError as error:
            tell(config, f"{error}; each text counts as of the last day that its claims name")
            continue
        days |= {name: day for doc, day in found.items() for name in (doc, f"{doc}.txt")}
    return days


def _write(file: Any, lines: Iterator[Mapping[str, object]]) -> None:
    """Opens the file even for no lines: what found nothing leaves an empty file."""
    file.write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


# The measure of grouping calls it by the name that it had before.
_PROPOSITIONS = click.Command(
    "propositions", callback=group.callback, params=group.params, help=group.help, hidden=True
)

COMMANDS = (group, _PROPOSITIONS)
