"""What became of a proposition, step by step, on two clocks."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.background import make_background
from graph.matters.status import derive_events, find_status
from graph.matters.told import add_ties, find_told_ties
from graph.matters.witnesses import find_named
from graph.records import (
    Article,
    ClaimId,
    ClaimType,
    Copy,
    CopyKind,
    Entity,
    EntityId,
    EntityType,
    Modality,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    SourceKind,
    Status,
)
from graph.utterances import Utterance
from tests.graph.telling import NOON, WORLD, deny, dollars, fetched, make_article, tell

_MADE = {tie for tie in WORLD.ties[EntityId("openai-o1")] if tie.relation is Relation.MAKES}


def _statuses(*told: Utterance, **known: Any) -> list[Status]:
    return [event.status for event in derive_events(told, WORLD, **known)]


def _release(
    article_hours: float, *speakers: str, outlet: str = "Ledger", modality: Modality = Modality.ASSERTED
) -> Utterance:
    return tell(
        make_article(outlet, article_hours),
        *speakers,
        object="DeepSeek-R1",
        type=ClaimType.RELEASE,
        predicate=Predicate.RELEASED,
        modality=modality,
    )


def test_what_is_first_said_is_reported_and_an_accusation_alleged() -> None:
    assert _statuses(_release(0)) == [Status.REPORTED]
    assert _statuses(tell(make_article(), "David Sacks")) == [Status.ALLEGED]


def test_a_tone_of_accusation_alleges_whatever_the_type() -> None:
    told = tell(make_article(), object=None, type=ClaimType.COMPUTE, predicate=Predicate.OWNS_HARDWARE)
    assert _statuses(told) == [Status.ALLEGED]


@pytest.mark.parametrize(
    ("denial", "status"),
    [
        pytest.param(deny(make_article("Wire", 5), "DeepSeek"), Status.DENIED, id="the accused"),
        pytest.param(deny(make_article("Wire", 5), "Liang Wenfeng"), Status.DENIED, id="who works for the accused"),
        pytest.param(deny(make_article("Wire", 5), "Alibaba"), Status.DISPUTED, id="another party"),
        pytest.param(deny(make_article("Wire", 5), "a person close to DeepSeek"), Status.DISPUTED, id="unnamed"),
        pytest.param(deny(make_article("Wire", 5), "a DeepSeek spokeswoman"), Status.DENIED, id="who speaks for it"),
        pytest.param(deny(make_article("Wire", 5), "a spokeswoman"), Status.DISPUTED, id="who speaks for nobody named"),
        pytest.param(deny(make_article("Wire", 5)), Status.DISPUTED, id="the article itself"),
        pytest.param(
            deny(make_article("Wire", 5), "DeepSeek", modality=Modality.SPECULATED), Status.DISPUTED, id="a doubt"
        ),
    ],
)
def test_a_denial_by(denial: Utterance, status: Status) -> None:
    assert _statuses(tell(make_article(), "OpenAI"), denial) == [Status.ALLEGED, status]


def test_two_first_hand_origins_that_are_not_tied_corroborate() -> None:
    assert _statuses(_release(0), _release(1, outlet="Wire")) == [Status.REPORTED, Status.CORROBORATED]


@pytest.mark.parametrize(
    ("other", "corroborated"),
    [
        (Entity(EntityId("lmarena"), "若葉工業大学", EntityType.INSTITUTION), False),
        (Entity(EntityId("lmarena"), "若葉工業大学", EntityType.INSTITUTION, aliases=("Wakaba",)), True),
        (Entity(EntityId("lmarena"), "若葉工業大学", EntityType.INSTITUTION, curated=True), True),
        (Entity(EntityId("lmarena"), "若葉花子", EntityType.PERSON), True),
        (Entity(EntityId("lmarena"), "Wakaba Institute", EntityType.INSTITUTION), True),
    ],
    ids=["may be the other's", "known in both scripts", "in a table", "a person", "in the same script"],
)
def test_a_speaker_named_in_another_script_may_be_the_first(other: Entity, corroborated: bool) -> None:
    known = replace(WORLD, entities={**WORLD.entities, other.id: other})
    told = [_release(0, "Alibaba"), _release(1, "LMArena", outlet="Wire")]
    found = [event.status for event in derive_events(told, known)]
    assert (Status.CORROBORATED in found) is corroborated


def test_a_copy_corroborates_nothing() -> None:
    first, second = _release(0), _release(1, outlet="Wire")
    copies = [Copy(second.article.id, first.article.id, CopyKind.SYNDICATED, 0.9)]
    assert _statuses(first, second, copies=copies) == [Status.REPORTED]


def test_a_repeat_of_what_an_outlet_says_corroborates_nothing() -> None:
    assert _statuses(_release(0), _release(1, "Ledger", outlet="Wire")) == [Status.REPORTED]


def test_accusers_who_did_not_witness_it_corroborate_nothing() -> None:
    told = [tell(make_article(), "David Sacks"), tell(make_article("Wire", 1), "Alibaba")]
    assert _statuses(*told) == [Status.ALLEGED]


def test_what_tied_parties_say_together_corroborates_nothing() -> None:
    article, later = make_article(), make_article("Wire", 1)
    told = [
        tell(article, "Microsoft", object=None, type=ClaimType.DEAL, modality=Modality.ASSERTED),
        tell(later, "OpenAI", object=None, type=ClaimType.DEAL, modality=Modality.ASSERTED),
    ]
    assert _statuses(*told) == [Status.REPORTED]


@pytest.mark.parametrize(
    ("told", "confirmed"),
    [
        pytest.param(tell(make_article(), "DeepSeek", modality=Modality.ASSERTED), True, id="the accused admits it"),
        pytest.param(tell(make_article(), "OpenAI"), False, id="the victim alleges it"),
        pytest.param(tell(make_article(), "Supreme Court", modality=Modality.ASSERTED), True, id="a court finds it"),
        pytest.param(_release(0, "DeepSeek"), False, id="a maker on its own work"),
        pytest.param(
            tell(
                make_article(),
                "OpenAI",
                subject="Microsoft",
                type=ClaimType.DEAL,
                predicate=Predicate.INVESTED_IN,
                modality=Modality.ASSERTED,
            ),
            True,
            id="a party to a deal",
        ),
    ],
)
def test_confirmation(told: Utterance, confirmed: bool) -> None:
    assert (Status.CONFIRMED in _statuses(told)) is confirmed


def test_an_inquiry_whose_sentence_holds_the_accusation() -> None:
    text = "Microsoft looks into whether DeepSeek took data from OpenAI."
    article = make_article(text=text)
    inquiry = tell(
        article,
        subject="Microsoft",
        object="DeepSeek",
        type=ClaimType.LEGAL,
        predicate=Predicate.INVESTIGATES,
        modality=Modality.ASSERTED,
    )
    told = tell(article, modality=Modality.QUESTIONED)
    assert _statuses(told, beside=[inquiry]) == [Status.ALLEGED, Status.UNDER_INVESTIGATION]


@pytest.mark.parametrize(
    ("sentence", "inquires"),
    [
        ("OpenAI is looking into the alleged theft of its technology by DeepSeek.", True),
        ("OpenAIはDeepSeekによる技術盗用の疑惑を調査している。", True),
        ("Italy looks into what DeepSeek does with the data of its users.", False),
        ("OpenAI looks into what DeepSeek costs.", False),
    ],
)
def test_an_inquiry_that_names_deed_and_victim_beside_the_accusation(sentence: str, inquires: bool) -> None:
    article = make_article(text=f"DeepSeek distilled OpenAI, Sacks says.\n{sentence}")
    inquiry = tell(
        article,
        text=sentence,
        subject="OpenAI",
        object="DeepSeek",
        type=ClaimType.LEGAL,
        predicate=Predicate.INVESTIGATES,
        modality=Modality.ASSERTED,
    )
    told = tell(article, "David Sacks", text="DeepSeek distilled OpenAI, Sacks says.")
    assert (Status.UNDER_INVESTIGATION in _statuses(told, beside=[inquiry])) is inquires


@pytest.mark.parametrize(
    ("sentence", "inquires"),
    [
        ("Italy said that it had read the letter and had opened an inquiry.", True),
        ("Italy has opened an investigation into the matter, it said.", True),
        ("イタリアは調査を始めた。", True),
        ("Italy has opened an inquiry into what DeepSeek charges.", False),
        ("Separately, Italy has opened an inquiry.", False),
        ("イタリアは別の調査を始めた。", False),
        ("イタリアは価格について調査を始めた。", False),
    ],
)
def test_an_inquiry_told_under_a_headline_that_accuses(sentence: str, inquires: bool) -> None:
    def tell_under(headline: str) -> list[Status]:
        accusation = "DeepSeek distilled OpenAI"
        article = make_article(text=f"{headline}\n{accusation}, Sacks says. {sentence}")
        inquiry = tell(article, text=sentence, subject="Italy", object="DeepSeek", predicate=Predicate.INVESTIGATES)
        return _statuses(tell(article, "David Sacks", text=accusation), beside=[inquiry])

    assert (Status.UNDER_INVESTIGATION in tell_under("DeepSeek distilled OpenAI")) is inquires
    assert Status.UNDER_INVESTIGATION not in tell_under("A week in review")


def test_an_inquiry_into_something_else_of_the_accused() -> None:
    other = make_article("Wire", text="Italy looks into what DeepSeek does with data.")
    inquiry = tell(other, object="DeepSeek", subject="Italy", type=ClaimType.LEGAL, predicate=Predicate.INVESTIGATES)
    assert _statuses(tell(make_article(), "OpenAI"), beside=[inquiry]) == [Status.ALLEGED]


def _costs(hours: float = 0, version: int = 1, outlet: str = "Ledger") -> Utterance:
    text = "R1 cost 5.6 million dollars to train." if version == 1 else "Corrected."
    return tell(
        make_article(outlet, hours, version=version, text=text),
        subject="DeepSeek-R1",
        object=None,
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=dollars(5.6e6),
    )


def test_a_claim_that_a_newer_version_drops_is_an_event_of_the_day_of_the_correction() -> None:
    first = _costs()
    corrected = make_article("Ledger", version=2, text="R1 is out.\nCorrection, January 31: The figure is for V3.")
    newer = fetched(corrected, 100)
    events = derive_events([first], WORLD, versions=[first.article, newer])
    assert [event.status for event in events] == [Status.REPORTED, Status.RETRACTED]
    assert events[1].recorded_at.date() == datetime(2025, 1, 31).date()
    assert events[1].basis == (first.id,)


def test_a_day_in_the_note_before_the_page_is_none_of_a_year_later() -> None:
    first = _costs()
    text = "R1 is out.\nCorrection: The figure that stood here until January 27 is for V3."
    newer = fetched(make_article("Ledger", version=2, text=text), 50)
    assert derive_events([first], WORLD, versions=[newer])[1].recorded_at == NOON + timedelta(hours=50)


def test_without_a_note_the_drop_was_known_when_the_newer_version_was_fetched() -> None:
    first = _costs()
    newer = fetched(make_article("Ledger", version=2, text="R1 is out."), 50)
    assert derive_events([first], WORLD, versions=[newer])[1].recorded_at == NOON + timedelta(hours=50)


def test_a_sentence_that_still_stands_is_not_dropped() -> None:
    first = _costs()
    newer = make_article("Ledger", version=2, text=f"{first.claim.text} More to come.")
    assert _statuses(first, versions=[newer]) == [Status.REPORTED]


def test_a_headline_without_the_number_does_not_keep_it() -> None:
    first = _costs()
    headline = replace(first, claim=replace(first.claim, id=ClaimId("headline"), quantity=None, text="R1 was dear"))
    newer = make_article("Ledger", version=2, text="R1 was dear. Correction: The figure is for V3.")
    assert _statuses(first, headline, versions=[first.article, newer]) == [Status.REPORTED, Status.RETRACTED]


def test_what_one_takes_back_and_another_still_says_stands() -> None:
    first, other = _costs(), _costs(1, outlet="Wire")
    newer = fetched(make_article("Ledger", version=2, text="R1 is out."), 50)
    events = derive_events([first, other], WORLD, versions=[newer])
    assert [event.status for event in events][-2:] == [Status.RETRACTED, Status.REPORTED]
    assert events[-1].basis == (other.id,)


def test_what_was_taken_back_and_is_told_anew_is_retracted_no_more() -> None:
    first, newer = _costs(), fetched(make_article("Ledger", version=2, text="R1 is out."), 50)
    again = _costs(60, outlet="Wire")
    events = derive_events([first, again], WORLD, versions=[newer])
    assert [event.status for event in events][1:] == [Status.RETRACTED, Status.REPORTED]
    assert events[-1].basis == (again.id,)
    # Who quotes somebody may recall what he once said; a copy of what is gone says nothing of its own.
    quoted = Utterance(tell(make_article("Wire", 60), "Microsoft").claim, again.article)
    assert _statuses(first, quoted, versions=[newer])[-1] is Status.RETRACTED
    copies = [Copy(again.article.id, first.article.id, CopyKind.SYNDICATED, 0.9)]
    assert _statuses(first, again, versions=[newer], copies=copies)[-1] is Status.RETRACTED


def test_what_is_confirmed_is_corroborated_no_more() -> None:
    deal: dict[str, Any] = {
        "type": ClaimType.DEAL,
        "predicate": Predicate.PARTNERED_WITH,
        "modality": Modality.ASSERTED,
    }
    told = [tell(make_article(f"Paper {hours}", hours), who, **deal) for hours, who in enumerate(("Nvidia", "LMArena"))]
    own = tell(make_article("Wire", 2), "DeepSeek", **deal)
    assert _statuses(*told, own) == [Status.REPORTED, Status.CORROBORATED, Status.CONFIRMED]
    early = tell(make_article("Wire"), "DeepSeek", **deal)
    assert _statuses(early, *told) == [Status.REPORTED, Status.CONFIRMED]


def test_what_outlets_told_after_somebody_who_takes_it_back_does_not_stand() -> None:
    said, taken_back = tell(make_article(), "Microsoft"), deny(make_article("Wire", 9), "Microsoft")
    retold = tell(make_article("Paper", 1), modality=Modality.ASSERTED)
    assert _statuses(said, retold, taken_back)[-1] is Status.RETRACTED
    before = tell(make_article("Paper", -1), modality=Modality.ASSERTED)
    assert _statuses(before, said, taken_back)[-1] is not Status.RETRACTED


def test_nobody_disputes_what_nobody_says_any_more() -> None:
    said, taken_back = tell(make_article(), "Microsoft"), deny(make_article("Wire", 9), "Microsoft")
    late = deny(make_article("Paper", 50), "Alibaba")
    assert _statuses(said, taken_back, late)[-1] is Status.RETRACTED
    assert _statuses(said, taken_back, late, deny(make_article("Blog", 60), "DeepSeek"))[-1] is Status.DENIED
    again = tell(make_article("Post", 40), "David Sacks")
    assert _statuses(said, taken_back, again, late)[-1] is Status.DISPUTED


def test_an_inquiry_on_the_page_of_an_authority_that_tells_what_it_is_about() -> None:
    def inquire(kind: SourceKind, *speakers: str) -> list[Status]:
        opened, asked = "An inquiry into DeepSeek was opened.", "It asks whether models were distilled."
        page = replace(_page("Supreme Court", 5, kind), text=f"{opened} {asked}")
        told = [tell(make_article(), "OpenAI"), tell(page, *speakers, text=asked, modality=Modality.SPECULATED)]
        names: dict[str, Any] = {"subject": "Supreme Court", "object": "DeepSeek"}
        inquiry = tell(page, text=opened, **names, predicate=Predicate.INVESTIGATES)
        return _statuses(*told, beside=[inquiry])

    assert Status.UNDER_INVESTIGATION in inquire(SourceKind.GOVERNMENT)
    assert Status.UNDER_INVESTIGATION in inquire(SourceKind.GOVERNMENT, "OpenAI")
    assert Status.UNDER_INVESTIGATION not in inquire(SourceKind.OUTLET)


def test_words_that_name_one_whom_no_claim_names() -> None:
    told = tell(make_article(), "OpenAI", subject="a group linked to DeepSeek", quantity=dollars(3e6))
    assert _statuses(told) == [Status.ALLEGED]


@pytest.mark.parametrize(
    ("outlet", "kind", "status"),
    [
        pytest.param("DeepSeek", SourceKind.VENDOR, Status.DENIED, id="its own page"),
        pytest.param("DeepSeek", SourceKind.OUTLET, Status.DISPUTED, id="a newspaper of that name"),
        pytest.param("Alibaba", SourceKind.VENDOR, Status.DISPUTED, id="another's page"),
    ],
)
def test_a_thing_of_no_known_maker_is_of_the_firm_that_denies_it_on_its_own_page(
    outlet: str, kind: SourceKind, status: Status
) -> None:
    orphan = make_background(WORLD.entities.values(), ())
    page = make_article(outlet, 5)
    page = replace(page, source=replace(page.source, kind=kind))
    denied = replace(_trains("DeepSeek").claim, article_id=page.id, polarity=Polarity.DENIED)
    told = [_trains("Alibaba"), Utterance(replace(denied, reported_at=page.published_at), page)]
    assert derive_events(told, orphan)[-1].status is status


def test_of_a_thing_that_nobody_is_known_to_have_made_sentences_name_whose_it_is() -> None:
    def told(text: str) -> list[Status]:
        thing: dict[str, Any] = {"subject": "OpenAI o1", "object": None, "predicate": Predicate.WITHDREW}
        orphan = make_background(WORLD.entities.values(), {tie for ties in WORLD.ties.values() for tie in ties} - _MADE)
        denial: dict[str, Any] = {**thing, "modality": Modality.ASSERTED, "polarity": Polarity.DENIED}
        utterances = [
            tell(make_article(text=text), "OpenAI", **thing),
            tell(make_article("Wire", 5), "DeepSeek", **denial),
        ]
        return [event.status for event in derive_events(utterances, orphan)]

    assert told("The update, which went out to every DeepSeek-R1, dropped the check.")[-1] is Status.DENIED
    assert told("The update dropped the check.")[-1] is Status.DISPUTED


def test_what_one_side_of_a_payment_says_of_what_others_told() -> None:
    def owes(*speakers: str, hours: float) -> Utterance:
        return tell(
            make_article(f"Paper {hours}", hours),
            *speakers,
            subject="Microsoft",
            object="DeepSeek",
            type=ClaimType.COST,
            predicate=Predicate.COSTS,
            modality=Modality.ASSERTED,
        )

    assert _statuses(owes("Bloomberg", hours=0), owes("DeepSeek", hours=5))[-1] is Status.CONFIRMED
    assert Status.CONFIRMED not in _statuses(owes("DeepSeek", hours=5))


_HISTORY = [
    tell(make_article("Ledger", 8, slug="a"), "David Sacks", date="2025-01-28"),
    deny(make_article("Wire", 61), "DeepSeek"),
    deny(make_article("Paper", 90), "Alibaba"),
]


@pytest.mark.parametrize(
    ("hours", "status"),
    [(0, None), (9, Status.ALLEGED), (62, Status.DENIED), (100, Status.DISPUTED)],
    ids=["before", "alleged", "denied", "disputed"],
)
def test_what_was_known_by(hours: int, status: Status | None) -> None:
    found = find_status(derive_events(_HISTORY, WORLD), NOON + timedelta(hours=hours))
    assert (found.status if found else None) == status


def test_what_was_so_by_a_day_is_not_what_was_known_by_it() -> None:
    told = tell(make_article("Ledger", 48), "David Sacks", date="2025-01-28")
    events, day = derive_events([told], WORLD), datetime(2025, 1, 29, tzinfo=UTC)
    later = NOON + timedelta(days=30)
    assert find_status(events, day) is None
    assert find_status(events, later, valid_at=day) == events[0]


def test_nothing_is_reported_before_it_is_told() -> None:
    """The sentence gives the day of the deed."""
    release: Any = {"type": ClaimType.RELEASE, "predicate": Predicate.RELEASED, "modality": Modality.ASSERTED}
    told = tell(make_article("Ledger", 72), "DeepSeek", object="DeepSeek-R1", date="2025-01-28", **release)
    (reported,) = derive_events([told], WORLD)
    assert (reported.status, reported.valid_from) == (Status.REPORTED, NOON + timedelta(hours=72))


@pytest.mark.parametrize("seed", range(4))
def test_order_does_not_matter_and_twice_is_once(seed: int) -> None:
    told = [*_HISTORY, *_HISTORY]
    random.Random(seed).shuffle(told)
    assert derive_events(told, WORLD) == derive_events(_HISTORY, WORLD)


def test_every_event_rests_on_claims_that_were_known() -> None:
    by_id = {one.id: one for one in _HISTORY}
    for event in derive_events(_HISTORY, WORLD):
        assert event.basis
        assert all(by_id[id].at <= event.recorded_at for id in event.basis)


def _page(outlet: str, hours: float, kind: SourceKind = SourceKind.VENDOR) -> Article:
    article = make_article(outlet, hours)
    return replace(article, source=replace(article.source, kind=kind))


@pytest.mark.parametrize(
    ("outlet", "kind", "status"),
    [
        pytest.param("DeepSeek", SourceKind.VENDOR, Status.DENIED, id="its own page"),
        pytest.param("DeepSeek Newsroom", SourceKind.VENDOR, Status.DENIED, id="its newsroom"),
        pytest.param("Alibaba", SourceKind.VENDOR, Status.DISPUTED, id="another firm's page"),
        pytest.param("DeepSeek", SourceKind.OUTLET, Status.DISPUTED, id="an outlet of that name"),
    ],
)
def test_a_page_speaks_for_the_firm_that_publishes_it(outlet: str, kind: SourceKind, status: Status) -> None:
    assert _statuses(tell(make_article(), "OpenAI"), deny(_page(outlet, 5, kind))) == [Status.ALLEGED, status]


def _about(who: str, predicate: Predicate, body: str, hours: float = 0) -> Utterance:
    return tell(make_article("Wire", hours), subject=who, object=body, predicate=predicate, modality=Modality.ASSERTED)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        pytest.param([_about("David Sacks", Predicate.WORKS_FOR, "DeepSeek")], Status.DENIED, id="works there"),
        pytest.param([_about("David Sacks", Predicate.LEADS, "DeepSeek")], Status.DENIED, id="leads it"),
        pytest.param([_about("David Sacks", Predicate.FOUNDED, "DeepSeek")], Status.DENIED, id="founded it"),
        pytest.param(
            [
                _about("David Sacks", Predicate.WORKS_FOR, "DeepSeek"),
                _about("David Sacks", Predicate.LEFT, "DeepSeek", 1),
            ],
            Status.DISPUTED,
            id="left it",
        ),
        pytest.param([_about("David Sacks", Predicate.INVESTED_IN, "DeepSeek")], Status.DISPUTED, id="has money in it"),
    ],
)
def test_who_stands_behind_whom_is_taken_from_the_articles(told: list[Utterance], status: Status) -> None:
    known = add_ties(WORLD, find_told_ties((one.claim for one in told), WORLD))
    events = derive_events([tell(make_article(), "OpenAI"), deny(make_article("Wire", 5), "David Sacks")], known)
    assert [event.status for event in events] == [Status.ALLEGED, status]


def test_words_that_name_somebody_make_him_the_one_it_is_about() -> None:
    told = tell(make_article(), "OpenAI", subject="a group linked to DeepSeek")
    assert _statuses(told, deny(make_article("Wire", 5), "DeepSeek")) == [Status.ALLEGED, Status.DENIED]
    former = tell(make_article(), "OpenAI", subject="a former DeepSeek engineer")
    assert _statuses(former, deny(make_article("Wire", 5), "DeepSeek")) == [Status.ALLEGED, Status.DISPUTED]


def test_a_firm_denies_for_its_own_staff() -> None:
    told = tell(make_article(), "OpenAI", subject="an engineer")
    denial = tell(_page("DeepSeek", 5), subject="our staff", modality=Modality.ASSERTED, polarity=Polarity.DENIED)
    assert _statuses(told, denial) == [Status.ALLEGED, Status.DENIED]


def _taken(*speakers: str, hours: float = 0, **known: Any) -> Utterance:
    return tell(make_article(f"Paper {hours}", hours), *speakers, subject="unnamed", **known)


def test_where_nobody_is_named_it_is_about_the_one_it_was_done_to() -> None:
    first = _taken("Microsoft", modality=Modality.SPECULATED)
    denial = _taken("OpenAI", hours=5, modality=Modality.ASSERTED, polarity=Polarity.DENIED)
    admission = _taken("OpenAI", hours=50, modality=Modality.ASSERTED)
    assert _statuses(first, denial, admission) == [Status.ALLEGED, Status.DENIED, Status.CONFIRMED]


def test_a_victim_who_is_the_first_to_tell_confirms_nothing() -> None:
    assert Status.CONFIRMED not in _statuses(_taken("OpenAI", modality=Modality.ASSERTED))


def _trains(*speakers: str, hours: float = 0, modality: Modality = Modality.ASSERTED, text: str = "") -> Utterance:
    return tell(
        make_article(f"Paper {hours}", hours, text=text),
        *speakers,
        subject="DeepSeek-R1",
        object=None,
        type=ClaimType.COMPUTE,
        predicate=Predicate.TRAINED_ON,
        modality=modality,
    )


@pytest.mark.parametrize(
    ("told", "confirmed"),
    [
        pytest.param(
            [_trains(modality=Modality.SPECULATED), _trains("DeepSeek", hours=5)], True, id="suspected before"
        ),
        pytest.param([_trains("Alibaba"), _trains("DeepSeek", hours=5)], True, id="told by another before"),
        pytest.param([_trains(), _trains("DeepSeek", hours=5)], False, id="a plain report before"),
        pytest.param([_trains("DeepSeek"), _trains("DeepSeek", hours=5)], False, id="its own word twice"),
        pytest.param([_trains("DeepSeek", text="DeepSeek admits it.")], True, id="an admission"),
        pytest.param([_trains("Alibaba"), _trains("Microsoft", hours=5)], False, id="others only"),
    ],
)
def test_the_word_of_the_one_it_is_about_confirms_what_others_told(told: list[Utterance], confirmed: bool) -> None:
    assert (Status.CONFIRMED in _statuses(*told)) is confirmed


def _leaves(hours: float, *speakers: str, text: str = "", modality: Modality = Modality.ASSERTED) -> Utterance:
    told = tell(
        make_article(f"Paper {hours}", hours),
        *speakers,
        subject="DeepSeek",
        object="OpenAI",
        type=ClaimType.DEAL,
        predicate=Predicate.PARTNERED_WITH,
        modality=modality,
    )
    return replace(told, claim=replace(told.claim, text=text or told.claim.text))


@pytest.mark.parametrize(
    ("text", "modality", "confirmed"),
    [
        ("DeepSeek announced on Monday that it works with OpenAI.", Modality.ASSERTED, True),
        ("OpenAI confirms deal with DeepSeek", Modality.ASSERTED, True),
        ("OpenAI confirmed that it is in talks with DeepSeek.", Modality.REPORTED, True),
        ("OpenAI said that it is in talks with DeepSeek.", Modality.REPORTED, False),
        ("DeepSeekは19日、OpenAIと提携したと発表した。", Modality.ASSERTED, True),
        ("DeepSeekは、OpenAIとの協議を認めた。", Modality.REPORTED, True),
        ("DeepSeekも同じ日、OpenAIと提携したと発表した。", Modality.ASSERTED, True),
        ("DeepSeekが19日、OpenAIと提携したと発表した。", Modality.ASSERTED, True),
        ("DeepSeekとの提携については、当局が19日、提携したと認めた。", Modality.ASSERTED, False),
        ("Alibaba announced that DeepSeek works with OpenAI.", Modality.ASSERTED, False),
        ("DeepSeek works with OpenAI.", Modality.ASSERTED, False),
    ],
)
def test_what_a_party_is_said_to_have_announced_is_its_word(text: str, modality: Modality, confirmed: bool) -> None:
    told = [_leaves(0, "people familiar", modality=Modality.REPORTED), _leaves(5, text=text, modality=modality)]
    assert (Status.CONFIRMED in _statuses(*told)) is confirmed


@pytest.mark.parametrize(
    ("speaker", "status"),
    [("two people familiar with it", Status.REPORTED), ("関係者", Status.REPORTED), ("Alibaba", Status.ALLEGED)],
)
def test_sources_report_what_is_no_accusation(speaker: str, status: Status) -> None:
    told = tell(make_article(), speaker, object=None, type=ClaimType.COMPUTE, predicate=Predicate.OWNS_HARDWARE)
    assert _statuses(told) == [status]


def test_what_an_outlet_says_that_a_party_announced_is_no_second_origin() -> None:
    first = _leaves(0, "DeepSeek")
    again = _leaves(5, text="DeepSeek announced that it works with OpenAI.")
    assert Status.CORROBORATED not in _statuses(first, again)
    plain = tell(make_article("Wire", 5), object="DeepSeek-R1", type=ClaimType.RELEASE, predicate=Predicate.RELEASED)
    told = replace(plain, claim=replace(plain.claim, text="DeepSeek announced R1.", modality=Modality.ASSERTED))
    assert Status.CORROBORATED not in _statuses(_release(0, "DeepSeek"), told)


@pytest.mark.parametrize(("words", "corroborated"), [("a laboratory at Alibaba", True), ("a laboratory", False)])
def test_somebody_of_a_body_that_is_named_is_an_origin(words: str, corroborated: bool) -> None:
    told = _statuses(_trains("OpenAI"), _trains(words, hours=5))
    assert (Status.CORROBORATED in told) is corroborated


@pytest.mark.parametrize(
    ("outlet", "speakers", "corroborated"),
    [
        ("Wire", ("three people close to it",), True),
        ("Paper 0", ("three people close to it",), False),
        ("Wire", ("Paper 0", "two people familiar"), False),
        ("Wire", ("an e-mail",), False),
    ],
    ids=["another outlet", "the same", "out of the first", "no people"],
)
def test_the_sources_of_another_outlet_are_another_origin(
    outlet: str, speakers: tuple[str, ...], corroborated: bool
) -> None:
    again = tell(
        make_article(outlet, 5),
        *speakers,
        subject="DeepSeek",
        object="OpenAI",
        type=ClaimType.DEAL,
        predicate=Predicate.PARTNERED_WITH,
        modality=Modality.REPORTED,
    )
    first = _leaves(0, "two people familiar", modality=Modality.REPORTED)
    assert (Status.CORROBORATED in _statuses(first, again)) is corroborated


@pytest.mark.parametrize(
    ("speaker", "text", "disputed"),
    [
        ("Alibaba", "Alibaba doubts that DeepSeek trains on H800.", True),
        ("", "Nobody doubts it.", False),
        ("Alibaba", "Alibaba asked whether DeepSeek trains on H800.", False),
    ],
)
def test_who_doubts_it_by_name_disputes_it(speaker: str, text: str, disputed: bool) -> None:
    doubt = _trains(*filter(None, [speaker]), hours=5, modality=Modality.QUESTIONED, text=text)
    assert (Status.DISPUTED in _statuses(_trains("OpenAI"), doubt)) is disputed


def _will_buy(hours: float, *speakers: str) -> Utterance:
    return tell(
        make_article(f"Paper {hours}", hours),
        *speakers,
        subject="Microsoft",
        type=ClaimType.DEAL,
        predicate=Predicate.ACQUIRED,
        modality=Modality.PREDICTED,
    )


@pytest.mark.parametrize(
    ("told", "confirmed"),
    [
        pytest.param([_will_buy(0, "people familiar"), _will_buy(50, "Microsoft")], True, id="told before"),
        pytest.param([_will_buy(0, "Microsoft"), _will_buy(50, "Microsoft")], False, id="its own word twice"),
        pytest.param([_will_buy(0, "people familiar"), _will_buy(50, "Alibaba")], False, id="of another's plan"),
        pytest.param([_will_buy(0, "people familiar"), _will_buy(50, "OpenAI")], False, id="by who is to be bought"),
    ],
)
def test_who_announces_what_others_told_of_him_confirms_it(told: list[Utterance], confirmed: bool) -> None:
    assert (Status.CONFIRMED in _statuses(*told)) is confirmed


@pytest.mark.parametrize(
    ("outlet", "hours", "speaker", "confirmed"),
    [
        pytest.param("Supreme Court Office", 5, "Fox News", False, id="quotes another"),
        pytest.param("Nvidia", 5, "Nvidia", True, id="names itself"),
        pytest.param("Nvidia", 5, "", False, id="names nobody"),
        pytest.param("Nvidia", 0, "Nvidia", False, id="is the first to tell"),
    ],
)
def test_an_authority_confirms_what_others_accused_somebody_of(
    outlet: str, hours: float, speaker: str, confirmed: bool
) -> None:
    accusation = tell(make_article("Ledger", 1), "OpenAI")
    speakers = (speaker,) if speaker else ()
    finding = tell(_page(outlet, hours, SourceKind.GOVERNMENT), *speakers, modality=Modality.ASSERTED)
    assert (Status.CONFIRMED in _statuses(accusation, finding)) is confirmed


@pytest.mark.parametrize(
    ("denier", "outlet", "confirmed"),
    [
        pytest.param("DeepSeek", "Nvidia", True, id="on its own page, what its maker denied"),
        pytest.param("Alibaba", "Nvidia", False, id="what somebody else denied"),
        pytest.param("DeepSeek", "Wire", False, id="as others tell it"),
    ],
)
def test_an_authority_confirms_what_the_one_it_is_about_denied(denier: str, outlet: str, confirmed: bool) -> None:
    denied = _trains(denier, hours=2)
    denied = replace(denied, claim=replace(denied.claim, polarity=Polarity.DENIED))
    finding = replace(_trains("Nvidia"), article=_page(outlet, 9, SourceKind.GOVERNMENT))
    finding = replace(finding, claim=replace(finding.claim, reported_at=finding.article.published_at))
    assert (Status.CONFIRMED in _statuses(_trains("Alibaba"), denied, finding)) is confirmed


def test_both_sides_confirm_what_one_pays_the_other() -> None:
    pays: dict[str, Any] = {
        "subject": "Microsoft",
        "type": ClaimType.COST,
        "predicate": Predicate.COSTS,
        "modality": Modality.ASSERTED,
    }
    assert Status.CONFIRMED in _statuses(tell(make_article(), "both companies", **pays))
    assert Status.CONFIRMED not in _statuses(tell(make_article(), "analysts", **pays))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        pytest.param(_taken(modality=Modality.ASSERTED), Status.REPORTED, id="a fact that names nobody"),
        pytest.param(_taken("OpenAI", quantity=dollars(3e6)), Status.REPORTED, id="a count that names nobody"),
        pytest.param(_taken("OpenAI"), Status.ALLEGED, id="a charge that names nobody"),
        pytest.param(
            tell(make_article(), predicate=Predicate.CAUSED_HARM, modality=Modality.ASSERTED),
            Status.REPORTED,
            id="a mishap told as a fact",
        ),
        pytest.param(tell(make_article(), predicate=Predicate.CAUSED_HARM), Status.ALLEGED, id="a mishap alleged"),
    ],
)
def test_only_who_accuses_alleges(told: Utterance, status: Status) -> None:
    assert _statuses(told) == [status]


def _stance(article: Article, holder: str, object: str, predicate: Predicate, text: str) -> Utterance:
    return tell(
        article,
        text=text,
        subject=holder,
        object=object,
        type=ClaimType.STANCE,
        predicate=predicate,
        modality=Modality.ASSERTED,
    )


@pytest.mark.parametrize(
    ("holder", "object", "predicate", "statuses"),
    [
        ("Microsoft", "the $5,600,000 figure", Predicate.DOUBTS, [Status.REPORTED, Status.DISPUTED]),
        ("DeepSeek", "the $5,600,000 figure", Predicate.DISPUTES, [Status.REPORTED, Status.DENIED]),
        ("Microsoft", "the $9,000,000 figure", Predicate.DOUBTS, [Status.REPORTED]),
        ("Microsoft", "Alibaba", Predicate.DOUBTS, [Status.REPORTED, Status.DISPUTED]),
        ("Microsoft", "Nvidia", Predicate.DOUBTS, [Status.REPORTED]),
        ("Alibaba", "the $5,600,000 figure", Predicate.DISPUTES, [Status.REPORTED]),
    ],
    ids=["its number", "by the one it is about", "another number", "who said it", "who did not", "by who said it"],
)
def test_a_stance_against_what_is_said(holder: str, object: str, predicate: Predicate, statuses: list[Status]) -> None:
    said, against = "R1 cost 5.6 million, Alibaba says.", "Somebody is not convinced."
    article = make_article(text=f"{said} {against}")
    told = tell(
        article,
        "Alibaba",
        text=said,
        subject="DeepSeek-R1",
        object=None,
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=Modality.ASSERTED,
        quantity=dollars(5.6e6),
    )
    assert _statuses(told, beside=[_stance(article, holder, object, predicate, against)]) == statuses


def test_who_denies_what_he_said_himself_takes_it_back() -> None:
    said, other = tell(make_article(), "Microsoft"), tell(make_article("Paper", 1), "David Sacks")
    taken_back = deny(make_article("Wire", 5), "Microsoft")
    events = derive_events([said, other, taken_back], WORLD)
    assert [event.status for event in events][1:] == [Status.RETRACTED, Status.DISPUTED]
    assert events[1].basis == (said.id,)
    assert _statuses(said, taken_back) == [Status.ALLEGED, Status.RETRACTED]
    doubts = deny(make_article("Wire", 5), "Microsoft", modality=Modality.SPECULATED)
    assert _statuses(said, doubts) == [Status.ALLEGED, Status.DISPUTED]
    assert _statuses(other, taken_back) == [Status.ALLEGED, Status.DISPUTED]
    drops = deny(make_article("Wire", 5), "Microsoft", modality=Modality.ALLEGED)
    assert _statuses(said, drops)[1] is Status.RETRACTED


def test_with_a_firm_s_word_that_of_its_people_is_taken_back() -> None:
    said, chief = tell(make_article(), "DeepSeek"), tell(make_article("Paper", 1), "Liang Wenfeng")
    wire = make_article("Wire", 5)
    recalled = tell(wire, "Liang Wenfeng", date="2025-01-20")
    events = derive_events([said, chief, recalled, deny(wire, "DeepSeek")], WORLD)
    assert [event.status for event in events if event.recorded_at == wire.published_at] == [Status.RETRACTED]
    assert events[-1].basis == (said.id, chief.id, recalled.id)
    # Whom a firm employs may accuse it: its denial takes nothing back.
    assert Status.RETRACTED not in _statuses(chief, deny(wire, "DeepSeek"))
    # Nor does the chief speak for more than himself.
    assert derive_events([said, chief, deny(wire, "Liang Wenfeng")], WORLD)[-2].basis == (chief.id,)


def test_who_affirms_it_where_his_denial_is_recalled_takes_nothing_back() -> None:
    said = tell(make_article(), "Liang Wenfeng", modality=Modality.SPECULATED)
    wire = make_article("Wire", 5)
    admits, denied = tell(wire, "Liang Wenfeng", modality=Modality.ASSERTED), deny(wire, "Liang Wenfeng")
    assert Status.RETRACTED not in _statuses(said, admits, denied)


@pytest.mark.parametrize(
    ("kind", "speaker", "modality", "stands"),
    [
        pytest.param(SourceKind.VENDOR, "articles", Modality.ASSERTED, False, id="what a firm's page denies"),
        pytest.param(SourceKind.OUTLET, "three people", Modality.ASSERTED, True, id="what a newspaper has from people"),
        pytest.param(SourceKind.OUTLET, "Alibaba", Modality.QUESTIONED, False, id="what somebody leaves open"),
        pytest.param(SourceKind.OUTLET, "Alibaba", Modality.SPECULATED, True, id="what somebody thinks possible"),
    ],
)
def test_what_still_stands_when_it_is_taken_back(
    kind: SourceKind, speaker: str, modality: Modality, stands: bool
) -> None:
    said, taken_back = tell(make_article(), "Microsoft"), deny(make_article("Wire", 9), "Microsoft")
    page = _page("DeepSeek", 3, kind)
    told = [said, tell(page, speaker, modality=modality), deny(page, "DeepSeek"), taken_back]
    assert (_statuses(*told)[-1] is not Status.RETRACTED) is stands


def test_what_only_copies_and_hearsay_still_say_does_not_stand() -> None:
    first = _costs()
    copy, hearsay = _costs(1, outlet="Wire"), replace(_costs(2, outlet="Post"))
    hearsay = Utterance(replace(hearsay.claim, modality=Modality.REPORTED), hearsay.article)
    newer = fetched(make_article("Ledger", version=2, text="R1 is out."), 50)
    copies = [Copy(copy.article.id, first.article.id, CopyKind.SYNDICATED, 0.9)]
    assert _statuses(first, copy, hearsay, versions=[newer], copies=copies)[-1] is Status.RETRACTED


def test_a_quote_that_a_page_drops_stands_where_others_have_it() -> None:
    quoted = tell(make_article("Ledger", text="OpenAI says so."), "OpenAI")
    newer = fetched(make_article("Ledger", version=2, text="Something else."), 50)
    assert _statuses(quoted, versions=[newer]) == [Status.ALLEGED, Status.RETRACTED]
    elsewhere = tell(make_article("Wire", 1), "OpenAI")
    assert _statuses(quoted, elsewhere, versions=[newer]) == [Status.ALLEGED]


def test_a_correction_is_known_from_the_hour_of_its_fetch() -> None:
    first = _costs()
    newer = fetched(make_article("Ledger", version=2, text="R1 is out.\nCorrection, January 29: It is not."), 20)
    assert derive_events([first], WORLD, versions=[newer])[1].recorded_at == NOON + timedelta(hours=20)


def test_what_a_correction_says_of_the_earlier_version_is_not_said_again() -> None:
    first = _costs()
    newer = fetched(make_article("Ledger", version=2, text="An earlier version said that R1 cost 5.6 million."), 20)
    notice = Utterance(
        replace(tell(newer, "an earlier version of this post", object=None).claim, type=ClaimType.COST), newer
    )
    assert _statuses(first, notice, versions=[newer])[-1] is Status.RETRACTED


@pytest.mark.parametrize(
    ("text", "modality", "taken"),
    [
        ("An earlier version of this article said that R1 had cost 5.6 million.", Modality.ASSERTED, True),
        ("当初の記事でR1の費用を560万ドルとしたのは誤りでした。", Modality.ASSERTED, True),
        ("Whether R1 cost 5.6 million is not known.", Modality.QUESTIONED, True),
        ("R1はそれ以前の版より560万ドル多くかかった。", Modality.ASSERTED, False),
        ("The first version of R1 cost 5.6 million.", Modality.ASSERTED, False),
        ("R1 may have cost 5.6 million.", Modality.SPECULATED, False),
    ],
)
def test_a_page_takes_back_what_it_only_recalls_or_leaves_open(text: str, modality: Modality, taken: bool) -> None:
    first, newer = _costs(), fetched(make_article("Ledger", version=2, text=text), 20)
    later = Utterance(replace(tell(newer).claim, modality=modality), newer)
    assert (_statuses(first, later, versions=[newer])[-1] is Status.RETRACTED) is taken


@pytest.mark.parametrize(
    ("text", "confirmed"),
    [
        ("DeepSeek, which accepted the trophy, says R1 is ahead.", False),
        ("DeepSeek, which accepted the 2024 prize, says R1 is ahead.", False),
        ("追加の融資を受け入れたDeepSeekは、R1が上だと述べた。", False),
        ("DeepSeek accepted the auditors' finding that R1 is ahead.", True),
        ("DeepSeek accepts the 40 million of the auditors.", True),
        ("DeepSeekは監査の指摘を受け入れた。", True),
    ],
)
def test_what_is_accepted_must_be_what_was_found(text: str, confirmed: bool) -> None:
    told = tell(
        make_article(),
        "DeepSeek",
        text=text,
        subject="DeepSeek-R1",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        modality=Modality.ASSERTED,
    )
    assert (Status.CONFIRMED in _statuses(told)) is confirmed


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("critics of DeepSeek", ""),
        ("a rival of OpenAI", ""),
        ("OpenAI rivals", ""),
        ("Nvidia's customers", ""),
        ("thieves who attacked Microsoft", ""),
        ("callers posing as Microsoft", ""),
        ("somebody other than OpenAI", ""),
        ("OpenAIのライバル", ""),
        ("Microsoftを装う者", ""),
        ("Nvidiaの顧客", ""),
        ("critics of DeepSeek at Nvidia", "nvidia"),
        ("OpenAI rival DeepSeek", "deepseek"),
        ("a team paid by DeepSeek", "deepseek"),
    ],
)
def test_words_that_name_a_firm_to_tell_of_others(words: str, named: str) -> None:
    found = find_named(tell(make_article(), subject=words).claim, WORLD)
    assert (named in found) if named else not found


@pytest.mark.parametrize("speaker", ["DeepSeek", "Liang Wenfeng"])
@pytest.mark.parametrize("outlet", ["DeepSeek", "DeepSeek Blog", "DeepSeek, Inc."])
def test_a_firm_and_its_own_page_corroborate_nothing(outlet: str, speaker: str) -> None:
    page = make_article(outlet)
    page = replace(page, source=replace(page.source, kind=SourceKind.VENDOR))
    told: dict[str, Any] = {
        "subject": "DeepSeek-R1",
        "object": "DeepSeek",
        "type": ClaimType.RELEASE,
        "predicate": Predicate.RELEASED,
        "modality": Modality.ASSERTED,
    }
    cited = tell(make_article("Wire", 1), speaker, **told)
    assert Status.CORROBORATED not in _statuses(tell(page, **told), cited)
    assert Status.CORROBORATED in _statuses(tell(make_article("Harbor Ledger"), **told), cited)


def _deal(article: Article, *speakers: str, **more: Any) -> Utterance:
    more = {"type": ClaimType.DEAL, "predicate": Predicate.ACQUIRED, "modality": Modality.ASSERTED} | more
    return tell(article, *speakers, subject="Microsoft", object="Alibaba", **more)


@pytest.mark.parametrize(("speaker", "status"), [("Alibaba", Status.DENIED), ("Nvidia", Status.DISPUTED)])
def test_a_deal_is_denied_by_either_side(speaker: str, status: Status) -> None:
    told = _deal(make_article("Ledger"), "people close to it", modality=Modality.REPORTED)
    denial = _deal(make_article("Wire", 9), speaker, polarity=Polarity.DENIED)
    assert _statuses(told, denial) == [Status.REPORTED, status]


def test_who_leaves_is_denied_by_the_firm() -> None:
    def leaves(hours: float, speaker: str, polarity: Polarity) -> Utterance:
        article = make_article("Wire", hours, slug=speaker)
        people: Any = {"type": ClaimType.PEOPLE, "predicate": Predicate.LEFT, "modality": Modality.ASSERTED}
        return tell(article, speaker, subject="David Sacks", object="Nvidia", polarity=polarity, **people)

    told = leaves(0, "four people", Polarity.AFFIRMED), leaves(9, "Nvidia", Polarity.DENIED)
    assert _statuses(*told) == [Status.REPORTED, Status.DENIED]


def test_a_notification_on_the_page_of_an_authority_confirms() -> None:
    told = _deal(make_article("Ledger"), "people close to it", modality=Modality.REPORTED)
    page = make_article("Merger Office", 9)
    page = replace(page, source=replace(page.source, kind=SourceKind.GOVERNMENT))
    assert _statuses(told, _deal(page, "the notification")) == [Status.REPORTED, Status.CONFIRMED]
    assert _statuses(told, _deal(make_article("Wire", 9), "the notification")) == [Status.REPORTED]


@pytest.mark.parametrize(
    ("papers", "confirmed"),
    [
        ("the declaration of the complainant", False),
        ("a notification by a user", False),
        ("a declaration by a former employee", False),
        ("被害者の申告", False),
        ("the declaration of the importer", True),
        ("the user logs", True),
        ("輸入者の申告", True),
    ],
)
def test_what_somebody_wronged_hands_in_is_no_paper_of_record(papers: str, confirmed: bool) -> None:
    page = make_article("Merger Office", 9)
    page = replace(page, source=replace(page.source, kind=SourceKind.GOVERNMENT))
    told = tell(make_article("Ledger"), "OpenAI"), tell(page, papers, modality=Modality.ASSERTED)
    assert (Status.CONFIRMED in _statuses(*told)) is confirmed


def test_a_confirmation_is_of_the_day_that_it_is_given() -> None:
    """The sentence gives the day of the suit, which others told of before."""

    def sues(hours: float, *speakers: str) -> Utterance:
        legal: Any = {"type": ClaimType.LEGAL, "predicate": Predicate.SUED, "modality": Modality.ASSERTED}
        article = make_article("Wire", hours, slug=f"{hours}")
        return tell(article, *speakers, subject="Nvidia", object="Alibaba", date="2025-01-28", **legal)

    _, confirmed = derive_events([sues(0), sues(30, "Alibaba")], WORLD)
    assert (confirmed.status, confirmed.valid_from) == (Status.CONFIRMED, NOON + timedelta(hours=30))


_PAGE = "OpenAI counted 4.6 million accounts. OpenAI has withdrawn its estimate."


@pytest.mark.parametrize(
    ("who", "what", "taken"),
    [
        ("OpenAI", "its estimate", True),
        ("OpenAI", "the figure of 4.6 million", True),
        ("OpenAI", "a heater", False),
        ("Nvidia", "its estimate", False),
    ],
)
def test_a_number_is_taken_back_by_who_is_said_to_have_withdrawn_it(who: str, what: str, taken: bool) -> None:
    accounts = Quantity("accounts", 4.6e6, "accounts")
    told = tell(make_article("Wire"), "OpenAI", quantity=accounts)
    later = make_article("Ledger", 30, text=_PAGE)
    again = tell(later, "OpenAI", quantity=accounts, text="OpenAI counted 4.6 million accounts.")
    withdrew = tell(
        later,
        text="OpenAI has withdrawn its estimate.",
        subject=who,
        object=what,
        type=ClaimType.RELEASE,
        predicate=Predicate.WITHDREW,
        modality=Modality.ASSERTED,
    )
    statuses = _statuses(told, again, beside=[withdrew])
    assert statuses == [Status.ALLEGED, *([Status.RETRACTED] if taken else [])]


def _withdrawn(thing: str, *speakers: str) -> list[Status]:
    """What becomes of a number beside which an article, or somebody in it, says that OpenAI has withdrawn a thing."""
    accounts = Quantity("accounts", 4.6e6, "accounts")
    later = make_article("Ledger", 30, text=_PAGE)
    told = [
        tell(make_article("Wire"), "OpenAI", quantity=accounts),
        tell(later, "OpenAI", quantity=accounts, text="OpenAI counted 4.6 million accounts."),
    ]
    withdrew = tell(
        later,
        *speakers,
        text="OpenAI has withdrawn its estimate.",
        subject="OpenAI",
        object=thing,
        type=ClaimType.RELEASE,
        predicate=Predicate.WITHDREW,
        modality=Modality.ASSERTED,
    )
    return _statuses(*told, beside=[withdrew])


@pytest.mark.parametrize(
    ("thing", "taken"),
    [
        ("its estimate", True),
        ("the figure it gave in May", True),
        ("its count of accounts", True),
        ("the claim of 4.6 million", True),
        ("the number plate scanner", False),
        ("the app that reports figures", False),
        ("a sensor that counts visitors", False),
        ("its report on sea ice", False),
        ("its accusation against Nvidia", False),
        ("the claim for damages", False),
        ("the estimate of 200 jobs", False),
        ("新型機の発表", False),
        ("利用者数の推計", True),
    ],
)
def test_a_number_is_taken_back_where_it_is_what_is_withdrawn(thing: str, taken: bool) -> None:
    assert (Status.RETRACTED in _withdrawn(thing)) is taken


@pytest.mark.parametrize(
    ("speaker", "taken"), [("OpenAI", True), ("Nvidia", False), ("people familiar with it", False)]
)
def test_a_number_is_taken_back_by_the_one_whose_it_is(speaker: str, taken: bool) -> None:
    assert (Status.RETRACTED in _withdrawn("its estimate", speaker)) is taken


def test_a_stance_against_the_sum_is_against_the_one_who_gives_it_beside() -> None:
    text = "Microsoft disputes the sum. OpenAI puts it at $540 million."
    article = make_article(text=text)
    told = tell(article, "OpenAI", quantity=dollars(540e6), text="OpenAI puts it at $540 million.")
    stance = tell(
        article,
        text="Microsoft disputes the sum.",
        subject="Microsoft",
        object="the sum",
        type=ClaimType.STANCE,
        predicate=Predicate.DISPUTES,
        modality=Modality.ASSERTED,
    )
    assert _statuses(told, beside=[stance]) == [Status.ALLEGED, Status.DISPUTED]
    bare = tell(article, "OpenAI", text="OpenAI puts it at $540 million.")
    assert _statuses(bare, beside=[stance]) == [Status.ALLEGED]


def _objections(text: str, objection: str, thing: str, *told: Utterance, by: str = "Microsoft") -> list[list[Status]]:
    """The statuses of each told matter of a text beside the objection of somebody to a thing."""
    beside = [_stance(make_article(text=text), by, thing, Predicate.DISPUTES, objection)]
    return [_statuses(one, beside=beside) for one in told]


_PUTS, _COUNTS = "OpenAI puts it at $540 million.", "Nvidia counts 300 million chips."
_DISPUTED_SUM = "Microsoft disputes the figure."


def _puts(text: str, sentence: str = _PUTS) -> Utterance:
    return tell(make_article(text=text), "OpenAI", quantity=dollars(540e6), text=sentence)


def _counts(text: str, sentence: str = _COUNTS, speaker: str = "Nvidia") -> Utterance:
    chips = Quantity("chips", 3e8, "chips")
    return tell(make_article(text=text), speaker, quantity=chips, text=sentence, subject="Alibaba")


def test_an_objection_to_the_figure_is_of_the_number_told_before_it() -> None:
    text = f"{_PUTS} {_DISPUTED_SUM} {_COUNTS}"
    first, after = _objections(text, _DISPUTED_SUM, "the figure", _puts(text), _counts(text))
    assert (Status.DISPUTED in first, Status.DISPUTED in after) == (True, False)
    both = "OpenAI puts it at $540 million for 300 million chips."
    text = f"{both} {_DISPUTED_SUM}"
    told = _puts(text, both), _counts(text, both, "OpenAI")
    first, last = _objections(text, _DISPUTED_SUM, "the figure", *told)
    assert (Status.DISPUTED in first, Status.DISPUTED in last) == (False, True)


def test_who_objects_to_prices_objects_to_no_number() -> None:
    text = f"{_PUTS} {_DISPUTED_SUM}"
    [statuses] = _objections(text, _DISPUTED_SUM, "the high prices", _puts(text))
    assert statuses == [Status.ALLEGED]


def test_the_accused_who_objects_to_the_size_alone_disputes_and_does_not_deny() -> None:
    text = f"{_PUTS} {_DISPUTED_SUM}"
    [statuses] = _objections(text, _DISPUTED_SUM, "the figure", _puts(text), by="DeepSeek")
    assert statuses == [Status.ALLEGED, Status.DISPUTED]


@pytest.mark.parametrize(
    ("type", "predicate", "disputed"),
    [
        (ClaimType.CAPABILITY, Predicate.OUTPERFORMS, True),
        (ClaimType.LEGAL, Predicate.SUED, False),
        (ClaimType.DEAL, Predicate.ACQUIRED, False),
    ],
)
def test_who_objects_to_somebody_objects_to_what_can_be_doubted(
    type: ClaimType, predicate: Predicate, disputed: bool
) -> None:
    said, against = "Alibaba tells of Nvidia.", "Microsoft does not believe Alibaba."
    article = make_article(text=f"{said} {against}")
    told = tell(article, "Alibaba", text=said, object="Nvidia", type=type, predicate=predicate)
    beside = [_stance(article, "Microsoft", "Alibaba", Predicate.DOUBTS, against)]
    assert (Status.DISPUTED in _statuses(told, beside=beside)) is disputed


@pytest.mark.parametrize(
    ("lang", "said", "between", "against", "disputed"),
    [
        (
            "en",
            "R1 solves 81%, Alibaba says.",
            "It costs $40 a month, and most of the hall had come for that.",
            "Microsoft calls that figure generous.",
            True,
        ),
        (
            "en",
            "R1 solves 81%, Alibaba says.",
            "In the tests that Nvidia ran in its own hall, it was 74%.",
            "Microsoft calls that figure generous.",
            False,
        ),
        (
            "en",
            "R1 solves 81%, Alibaba says.",
            "The hall was full, and most of those in it had come to hear that.",
            "Microsoft calls Alibaba generous.",
            False,
        ),
        (
            "ja",
            "アリババによるとR1は81%を解く。",
            "会場は満員で、月額40ドルという料金を聞こうと集まった人々の多くは立ったまま、説明が終わるのを静かに待っていた。",
            "マイクロソフトはその数字を疑う。",
            True,
        ),
        (
            "ja",
            "アリババによるとR1は81%を解く。",
            "別の会社が会場の外で、同じ問題を同じ順に、しかも二度にわたって解かせて測った値は、どちらも74%にとどまっていた。",
            "マイクロソフトはその数字を疑う。",
            False,
        ),
    ],
)
def test_that_figure_is_the_last_of_its_kind(lang: str, said: str, between: str, against: str, disputed: bool) -> None:
    article = make_article(text=f"{said} {between} {against}", lang=lang)
    told = tell(
        article,
        "Alibaba",
        text=said,
        subject="DeepSeek-R1",
        object=None,
        type=ClaimType.BENCHMARK,
        predicate=Predicate.SCORES,
        quantity=Quantity("score", 81, "%"),
    )
    beside = [_stance(article, "Microsoft", "Alibaba", Predicate.DOUBTS, against)]
    assert (Status.DISPUTED in _statuses(told, beside=beside)) is disputed


def test_power_is_no_sum_of_money() -> None:
    said, against = "R1 runs on 5 GW, Alibaba says.", "Microsoft calls that figure generous."
    article = make_article(text=f"{said} It costs $40 a month, and most of the hall had come for that. {against}")
    told = tell(
        article,
        "Alibaba",
        text=said,
        subject="DeepSeek-R1",
        object=None,
        type=ClaimType.COMPUTE,
        predicate=Predicate.OWNS_HARDWARE,
        quantity=Quantity("power", 5, "GW"),
    )
    beside = [_stance(article, "Microsoft", "Alibaba", Predicate.DOUBTS, against)]
    assert Status.DISPUTED in _statuses(told, beside=beside)


def test_whose_word_a_sentence_without_end_is_takes_no_time() -> None:
    begun = time.process_time()
    told = [_leaves(0, "people familiar"), _leaves(5, text="DeepSeekは" + "もは" * 100_000)]
    assert Status.CONFIRMED not in _statuses(*told)
    assert time.process_time() - begun < 5
