"""The benchmark ledger as text for a terminal or as Markdown."""

from collections.abc import Iterator

from graph.answers.accounts import LedgerView
from graph.answers.ledger import Entry, Measured
from web.language.formatting import format_quantity
from web.language.reading import say_act
from web.language.wording import get_words
from web.text.styles import Style
from web.text.telling import say_computation


def format_ledger(view: LedgerView, style: Style) -> str:
    """Each result with who claims and who measured it; then what each vendor owes."""
    return "\n".join(_iter_ledger(view, style))


def _iter_ledger(view: LedgerView, style: Style) -> Iterator[str]:
    results = "1 result" if len(view.entries) == 1 else f"{len(view.entries)} results"
    yield style.title(f"Benchmark ledger: {results}")
    for entry in view.entries:
        yield from _iter_entry(entry, view, style)
    if view.debts:
        yield style.heading("Owed: self-reported results that nobody else is known to have measured")
    for debt in view.debts:
        name = view.entities[debt.vendor].name if debt.vendor in view.entities else debt.vendor
        unnamed = f"; {debt.unnamed} without a named benchmark" if debt.unnamed else ""
        yield style.point(0, f"{name}: {debt.owed} of {debt.claimed}{unnamed}")
    if not view.complete:
        yield "\nOnly the newest claims were looked at; --about narrows to a vendor or a model."


def _iter_entry(entry: Entry, view: LedgerView, style: Style) -> Iterator[str]:
    yield style.heading("; ".join((_say_result(entry), *_list_cautions(entry))))
    yield from (style.point(0, f"{words}: {_list(parties)}") for words, parties in _list_roles(entry) if parties)
    if entry.is_debt:
        yield style.point(0, "Nobody else is known to have measured it.")
    told = (*entry.claimed, *entry.replicated, *entry.told)
    yield from (style.point(0, style.quote(view.claims[party.claims[0]])) for party in (told or entry.opposed)[:2])
    ids = {id for party in told for id in party.claims}
    computed = dict.fromkeys(say_computation(item) for item in view.computations if item.claim in ids)
    yield from (style.point(0, text) for text in computed)


def _list_roles(entry: Entry) -> tuple[tuple[str, tuple[Measured, ...]], ...]:
    return (
        ("Self-reported by", entry.claimed),
        ("Measured by", entry.replicated),
        ("Told by", entry.told),
        ("The same two elsewhere measured by", entry.elsewhere),
        ("Said otherwise by", entry.opposed),
    )


def _say_result(entry: Entry) -> str:
    there = {
        "subject": entry.subject.name,
        "object": entry.object.name if entry.object else "",
        "quantity": format_quantity(entry.quantity, get_words()) if entry.quantity else "",
    }
    said = say_act(entry.predicate, there, get_words())
    if entry.benchmark is None:
        return f"{said} (no benchmark named)"
    is_object = entry.object and entry.object.name == entry.benchmark.name
    return said if is_object else f"{said} on {entry.benchmark.name}"


def _list_cautions(entry: Entry) -> Iterator[str]:
    if entry.is_beside:
        yield str(get_words().find("figures.beside"))
    if entry.taken_back:
        yield str(get_words().find("figures.taken_back"))


def _list(parties: tuple[Measured, ...]) -> str:
    return ", ".join(party.by for party in parties)
