"""Claims as spans made into claims about entities, with a finder written by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.records import Claim, ClaimType, CueKind, EntityId, EntityType, Modality, Party, Polarity, Predicate
from tests.hand import HandFinder, Told

Read = Callable[..., tuple[Claim, ...]]
_TEXT = (
    "Vantor said on Monday that it had paid about $40 million for Sablefish. The company is small.\n"
    "Sablefish may cost Orrery $3 million, Mara Lindqvist told Harbor Ledger. They denied it."
)
_NAMES = {
    "Vantor": EntityType.COMPANY, "Sablefish": EntityType.COMPANY, "Orrery": EntityType.COMPANY,
    "Mara Lindqvist": EntityType.PERSON, "Harbor Ledger": EntityType.PUBLICATION, "Quillon-2": EntityType.MODEL,
    "Petrel": EntityType.MODEL,
}  # fmt: skip
_DEAL = Told(Predicate.ACQUIRED, "paid", "it", "Sablefish", "$40 million", speakers=("Vantor",))


@pytest.fixture
def read_one(read: Read) -> Callable[..., Claim]:
    """The one claim of a text."""

    def read_told(told: Told, text: str = _TEXT, lang: str = "en", **stands: str) -> Claim:
        (claim,) = read(text, HandFinder([told], _NAMES, stands), lang)
        return claim

    return read_told


ReadOne = Callable[..., Claim]


def test_parties_are_entities(read_one: ReadOne) -> None:
    claim = read_one(_DEAL, it="Vantor")
    assert claim.subject == Party("Vantor", EntityId("vantor"))
    assert claim.object == Party("Sablefish", EntityId("sablefish"))


def test_amount_is_a_quantity(read_one: ReadOne) -> None:
    quantity = read_one(replace(_DEAL, measure="price"), it="Vantor").quantity
    assert quantity
    assert (quantity.measure, quantity.value, quantity.unit, quantity.comparator) == ("price", 4e7, "USD", "~")


def test_day_is_counted_from_the_article(read_one: ReadOne) -> None:
    assert read_one(replace(_DEAL, day="on Monday"), it="Vantor").date == "2025-03-10"


def test_no_day_is_guessed(read_one: ReadOne) -> None:
    assert read_one(_DEAL, it="Vantor").date is None


def test_bare_month_of_what_is_predicted_is_the_next_one(read_one: ReadOne) -> None:
    told = Told(Predicate.RELEASED, "release", "Vantor", "Quillon-2", day="in January.", modality=Modality.PREDICTED)
    assert read_one(told, "Vantor will release Quillon-2 in January.").date == "2026-01"
    assert read_one(replace(told, modality=Modality.ASSERTED, trigger="released"),
                    "Vantor released Quillon-2 in January.").date == "2025-01"  # fmt: skip


def test_speakers_are_claimants_outermost_first(read_one: ReadOne) -> None:
    told = Told(Predicate.COSTS, "cost", "Sablefish", "Orrery", "$3 million")
    claim = read_one(replace(told, speakers=("Harbor Ledger", "Mara Lindqvist")))
    assert [claimant.party.name for claimant in claim.claimants] == ["Harbor Ledger", "Mara Lindqvist"]
    assert claim.origin
    assert claim.origin.cue == "Mara Lindqvist"


def test_speaker_that_nothing_resolves_is_left_out(read_one: ReadOne) -> None:
    assert read_one(replace(_DEAL, speakers=("it",), subject="Vantor")).claimants == ()


def test_speaker_told_twice_is_one(read_one: ReadOne) -> None:
    assert len(read_one(replace(_DEAL, speakers=("Vantor", "Vantor"), subject="Vantor")).claimants) == 1


def test_speaker_without_a_name_is_given_by_words(read_one: ReadOne) -> None:
    text = "Two testers say that Vantor bought Sablefish."
    claim = read_one(Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", speakers=("Two testers",)), text)
    assert [claimant.party for claimant in claim.claimants] == [Party("Two testers")]


@pytest.mark.parametrize("side", ["subject", "object"])
def test_pronoun_that_nothing_resolves_makes_no_claim(side: str, read: Read) -> None:
    told = replace(_DEAL, subject="it") if side == "subject" else replace(_DEAL, subject="Vantor", object="it")
    assert read(_TEXT, HandFinder([told], _NAMES)) == ()


def test_claim_without_a_subject_is_none(read: Read) -> None:
    assert read(_TEXT, HandFinder([replace(_DEAL, subject="")], _NAMES)) == ()


def test_claim_of_something_about_itself_is_none(read: Read) -> None:
    assert read(_TEXT, HandFinder([replace(_DEAL, subject="Sablefish")], _NAMES)) == ()


@pytest.mark.parametrize(
    ("predicate", "amount"),
    [
        (Predicate.COSTS, "$3 million"),
        (Predicate.HAS_SIZE, "70 billion parameters"),
        (Predicate.VALUED_AT, "$3 million"),
        (Predicate.EARNED, "$3 million"),
        (Predicate.HAS_USERS, "5 million users"),
        (Predicate.LOST_VALUE, "$3 million"),
    ],
)
def test_sum_that_is_not_told_makes_no_claim(predicate: Predicate, amount: str, read: Read) -> None:
    text = f"Vantor is at {amount} now."
    assert read(text, HandFinder([Told(predicate, "is at", "Vantor")], _NAMES)) == ()
    (claim,) = read(text, HandFinder([Told(predicate, "is at", "Vantor", amount=amount)], _NAMES))
    assert claim.quantity


def test_score_of_nothing_makes_no_claim(read: Read) -> None:
    assert read(_TEXT, HandFinder([Told(Predicate.SCORES, "paid", "Vantor")], _NAMES)) == ()


def test_what_is_no_amount_of_the_sentence_is_no_quantity(read_one: ReadOne) -> None:
    assert read_one(replace(_DEAL, subject="Vantor", amount="for")).quantity is None


def test_cues_are_the_words_behind_it(read_one: ReadOne) -> None:
    told = Told(Predicate.COSTS, "cost", "Sablefish", "Orrery", "$3 million", speakers=("Mara Lindqvist",))
    claim = read_one(replace(told, modality=Modality.SPECULATED))
    cues = {cue.kind: cue.text for cue in claim.cues}
    assert cues == {CueKind.TRIGGER: "cost", CueKind.MODALITY: "may", CueKind.ATTRIBUTION: "Mara Lindqvist"}
    assert all(_TEXT[slice(*cue.span)] == cue.text for cue in claim.cues)


def test_speaker_of_another_sentence_is_no_cue(read_one: ReadOne) -> None:
    told = Told(Predicate.ACQUIRED, "cost", "Orrery", "Sablefish", speakers=("Vantor",))
    claim = read_one(told)
    assert claim.claimants
    assert CueKind.ATTRIBUTION not in {cue.kind for cue in claim.cues}


@pytest.mark.parametrize(
    ("predicate", "subject", "type"),
    [
        (Predicate.LEADS, "Mara Lindqvist", ClaimType.PEOPLE),
        (Predicate.LEADS, "Sablefish", ClaimType.MARKET),
        (Predicate.ACQUIRED, "Sablefish", ClaimType.DEAL),
    ],
)
def test_type_follows_predicate_and_subject(
    predicate: Predicate, subject: str, type: ClaimType, read_one: ReadOne
) -> None:
    assert read_one(Told(predicate, "told", subject, "Orrery")).type is type


def test_accusation_is_alleged_at_most(read_one: ReadOne) -> None:
    text = "Vantor copied Quillon-2 from Orrery."
    claim = read_one(Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "Vantor", "Orrery"), text)
    assert (claim.modality, claim.type) == (Modality.ALLEGED, ClaimType.ALLEGATION)


def test_accusation_by_the_accused_is_none(read: Read) -> None:
    text = "Vantor said that it had copied Quillon-2 from Orrery."
    told = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "Vantor", "Orrery", speakers=("Vantor",))
    assert read(text, HandFinder([told], _NAMES)) == ()
    (claim,) = read(text, HandFinder([replace(told, denied=True)], _NAMES))
    assert claim.polarity is Polarity.DENIED


def test_two_predicates_that_are_believed_are_two_claims(read: Read) -> None:
    twice = [replace(_DEAL, subject="Vantor", sure=0.1), replace(_DEAL, subject="Vantor", predicate=Predicate.OWNS)]
    claims = read(_TEXT, HandFinder(twice, _NAMES))
    assert {claim.predicate for claim in claims} == {_DEAL.predicate, Predicate.OWNS}


def test_of_two_guesses_at_one_claim_the_likelier_is_kept(read: Read) -> None:
    twice = [replace(_DEAL, subject="Vantor", sure=-0.1), replace(_DEAL, subject="Vantor", predicate=Predicate.OWNS)]
    for told in (twice, twice[::-1]):
        (claim,) = read(_TEXT, HandFinder(told, _NAMES))
        assert claim.predicate is Predicate.OWNS


def test_claims_of_subjects_alone_are_told_apart_by_predicate(read: Read) -> None:
    told = [Told(Predicate.CAN, "paid", "Vantor"), Told(Predicate.ANNOUNCED, "paid", "Vantor")]
    assert {claim.predicate for claim in read(_TEXT, HandFinder(told, _NAMES))} == {Predicate.CAN, Predicate.ANNOUNCED}


def test_claim_that_only_leaves_something_out_is_dropped(read: Read) -> None:
    whole = replace(_DEAL, subject="Vantor")
    told = [replace(whole, amount=""), replace(whole, object=""), whole]
    (claim,) = read(_TEXT, HandFinder(told, _NAMES))
    assert claim.object
    assert claim.quantity


def test_two_objects_are_two_claims(read: Read) -> None:
    text = "Vantor bought Sablefish and Orrery."
    told = [Told(Predicate.ACQUIRED, "bought", "Vantor", other) for other in ("Sablefish", "Orrery")]
    assert [c.object.name for c in read(text, HandFinder(told, _NAMES)) if c.object] == ["Sablefish", "Orrery"]


def test_benchmark_of_a_score_is_its_object(read_one: ReadOne) -> None:
    text = "Quillon-2 scored 76.1 % on Petrel."
    claim = read_one(Told(Predicate.SCORES, "scored", "Quillon-2", amount="76.1 %", benchmark="Petrel"), text)
    assert claim.object == claim.benchmark == Party("Petrel", EntityId("petrel"))


def test_column_says_what_a_score_is_of(read_one: ReadOne) -> None:
    text = "Scores\n\n| Model | MMLU | Other |\n| --- | --- | --- |\n| Quillon-2 | 76.1 % | 3 % |"
    claim = read_one(Told(Predicate.SCORES, "Quillon-2", "Quillon-2", amount="76.1 %"), text)
    assert claim.benchmark
    assert claim.benchmark.name == "MMLU"


def test_japanese_claim(read_one: ReadOne) -> None:
    text = "Vantorは10日、同社がSablefishを約40億円で買収したと発表した。"
    told = Told(Predicate.ACQUIRED, "買収", "同社", "Sablefish", "約40億円", day="10日", speakers=("Vantor",))
    claim = read_one(told, text, "ja", 同社="Vantor")
    assert (claim.subject.name, claim.object and claim.object.name, claim.lang) == ("Vantor", "Sablefish", "ja")
    assert claim.quantity
    assert (claim.quantity.value, claim.quantity.unit, claim.date) == (4e9, "JPY", "2025-03-10")


def test_reader_is_the_finder(read_one: ReadOne) -> None:
    claim = read_one(_DEAL, it="Vantor")
    assert claim.reader == "told 1"
    assert claim.score
    assert claim.score > 0.9
