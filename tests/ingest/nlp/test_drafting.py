"""Claims as spans made into claims about entities, with a finder written by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from graph.records import Claim, ClaimType, CueKind, EntityId, EntityType, Modality, Party, Polarity, Predicate
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import ClaimFinder, Sight
from ingest.nlp.windows import Passage
from tests.hand import HandFinder, Told, make_article

Read = Callable[..., tuple[Claim, ...]]
MakeExtractor = Callable[[ClaimFinder], Extractor]
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
    text = "Vantor said that it had paid $40 million for Sablefish on Monday."
    assert read_one(replace(_DEAL, day="on Monday"), text, it="Vantor").date == "2025-03-10"


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
    assert len(read_one(replace(_DEAL, speakers=("it", "Vantor"), subject="Vantor"), it="Vantor").claimants) == 1


def test_speaker_without_a_name_is_given_by_words(read_one: ReadOne) -> None:
    text = "Two testers say that Vantor bought Sablefish."
    claim = read_one(Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", speakers=("Two testers",)), text)
    assert [claimant.party for claimant in claim.claimants] == [Party("Two testers")]


@pytest.mark.parametrize(
    ("text", "speaker", "told"),
    [
        ("Vantor bought Sablefish, two people told Harbor Ledger.", "two people told Harbor Ledger", ["two people"]),
        ("Vantor bought Sablefish, said a clerk, though Orrery doubts it.", "a clerk, though Orrery", ["a clerk"]),
        ("Exclusive: Vantor bought Sablefish.", "Exclusive", []),
        ("TL;DR: Vantor bought Sablefish.", "TL", []),
        ("No evidence has come out that Vantor bought Sablefish.", "No evidence", []),
    ],
)
def test_speaker_is_neither_others_nor_nobody(text: str, speaker: str, told: list[str], read_one: ReadOne) -> None:
    claim = read_one(Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", speakers=(speaker,)), text)
    assert [claimant.party.name for claimant in claim.claimants] == told


@pytest.mark.parametrize(("amount", "told"), [("$5 billion", []), ("$4.2 billion", ["Orrery"])])
def test_who_gathers_estimates_tells_no_result(amount: str, told: list[str], read_one: ReadOne) -> None:
    text = "Vantor earned $5 billion, above the $4.2 billion analysts expected, according to data compiled by Orrery."
    claim = read_one(Told(Predicate.EARNED, "earned", "Vantor", amount=amount, speakers=("Orrery",)), text)
    assert [claimant.party.name for claimant in claim.claimants] == told


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


class _Doubting(HandFinder):
    """Finds what it was told, and doubts whom pronouns stand for."""

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        sight = HandFinder.find(self, text, passages)
        doubted = {span: tuple(replace(one, lead=-0.5) for one in before) for span, before in sight.stands.items()}
        return replace(sight, stands=doubted)


_COPIED = "Vantor grew. Mara Lindqvist left. Later she copied Orrery."


def test_nobody_is_accused_by_a_guess(read: Read) -> None:
    accused = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "she", "Orrery")
    stands = {"she": "Mara Lindqvist"}
    assert read(_COPIED, HandFinder([accused], _NAMES, stands))
    assert read(_COPIED, _Doubting([accused], _NAMES, stands)) == ()
    (claim,) = read(_COPIED, _Doubting([replace(accused, predicate=Predicate.LEFT)], _NAMES, stands))
    assert claim.subject.name == "Mara Lindqvist"


def test_nobody_accuses_by_a_guess(read: Read) -> None:
    text = "Mara Lindqvist left. Vantor copied Orrery, she says."
    told = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "Vantor", "Orrery", speakers=("she",))
    stands = {"she": "Mara Lindqvist"}
    assert read(text, HandFinder([told], _NAMES, stands))
    assert read(text, _Doubting([told], _NAMES, stands)) == ()


@pytest.mark.parametrize("words", ["I", "we"])
def test_nobody_accuses_himself_by_a_guess_at_who_speaks(words: str, read: Read) -> None:
    text = f"Mara Lindqvist left. Later {words} copied Orrery, she told Harbor Ledger."
    told = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", words, "Orrery", speakers=("Harbor Ledger", "she"))
    stands = {"she": "Mara Lindqvist"}
    (claim,) = read(text, _Doubting([replace(told, predicate=Predicate.LEFT)], _NAMES, stands))
    assert claim.subject.name == "Mara Lindqvist"
    assert read(text, _Doubting([told], _NAMES, stands)) == ()


def test_nobody_is_accused_by_a_description(read: Read) -> None:
    text = "Mara Lindqvist left. Later the {} copied Orrery, Harbor Ledger says."
    told = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "", "Orrery", speakers=("Harbor Ledger",))
    for role, accused in (("engineer", ["the engineer"]), ("chief executive", ["the chief executive"]), ("CEO", [])):
        words = f"the {role}"
        finder = HandFinder([replace(told, subject=words)], _NAMES, {words: "Mara Lindqvist"})
        assert [claim.subject for claim in read(text.format(role), finder)] == [Party(name) for name in accused]


def test_no_speaker_is_a_guess(read: Read) -> None:
    text = "Mara Lindqvist left. Quillon-2 costs $3 million, she says."
    told = Told(Predicate.COSTS, "costs", "Quillon-2", amount="$3 million", speakers=("she",))
    stands = {"she": "Mara Lindqvist"}
    (claim,) = read(text, HandFinder([told], _NAMES, stands))
    assert [claimant.party.name for claimant in claim.claimants] == ["Mara Lindqvist"]
    (claim,) = read(text, _Doubting([told], _NAMES, stands))
    assert claim.claimants == ()


@pytest.mark.parametrize(("finder", "guessed"), [(HandFinder, 0.0), (_Doubting, 1.0)])
def test_a_guess_is_a_sign(finder: type[HandFinder], guessed: float, make_extractor: MakeExtractor) -> None:
    told = Told(Predicate.LEFT, "copied", "she", "Orrery")
    extractor = make_extractor(finder([told], _NAMES, {"she": "Mara Lindqvist"}))
    (signs,) = extractor.weigh(make_article(_COPIED))[1].values()
    assert (signs["subject:guessed"], signs["object:guessed"]) == (guessed, 0.0)


def test_what_is_its_own_is_not_who_makes_it(read_one: ReadOne) -> None:
    told = Told(Predicate.RELEASED, "released", "Vantor", "its first lamp")
    claim = read_one(told, "Vantor grew. Vantor released its first lamp.", **{"its first lamp": "Vantor"})
    assert claim.object == Party("its first lamp")


def test_accusation_by_the_accused_is_none(read: Read) -> None:
    text = "Vantor said that it had copied Quillon-2 from Orrery."
    told = Told(Predicate.TOOK_TECHNOLOGY_FROM, "copied", "Vantor", "Orrery", speakers=("Vantor",))
    assert read(text, HandFinder([told], _NAMES)) == ()
    (claim,) = read(text, HandFinder([replace(told, denied=True)], _NAMES))
    assert claim.polarity is Polarity.DENIED


def test_a_question_of_nobody_known_accuses_nobody_and_stays(read: Read) -> None:
    text = "The plaintiff is Orrery.\nWe asked whether Vantor copied Quillon-2."
    told = Told(Predicate.DISTILLED_FROM, "copied", "Vantor", "Quillon-2", speakers=("We",))
    assert read(text, HandFinder([replace(told, modality=Modality.ALLEGED)], _NAMES)) == ()
    (claim,) = read(text, HandFinder([replace(told, modality=Modality.QUESTIONED)], _NAMES))
    assert (claim.modality, claim.claimants) == (Modality.QUESTIONED, ())


def test_whose_it_is_does_not_accuse_it(read: Read) -> None:
    text = "Mara Lindqvist's Quillon-2 misled everybody, Orrery reported."
    told = Told(Predicate.MISLED, "misled", "Quillon-2", speakers=("Mara Lindqvist",))
    assert read(text, HandFinder([told], _NAMES)) == ()
    (claim,) = read(text, HandFinder([replace(told, speakers=("Orrery",))], _NAMES))
    assert [claimant.party.name for claimant in claim.claimants] == ["Orrery"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Vantor, an investor in Sablefish, was not asked.", Polarity.AFFIRMED),
        ("Vantor, not an investor in Sablefish, was asked.", Polarity.DENIED),
        ("Vantor is no investor in Sablefish, it said.", Polarity.DENIED),
        ("Vantor, in any case, is not an investor in Sablefish, it said.", Polarity.DENIED),
        ("Vantor as an investor in Sablefish, was not asked.", Polarity.DENIED),
    ],
)
def test_what_is_told_in_passing_is_not_denied_with_the_rest(text: str, polarity: Polarity, read: Read) -> None:
    told = Told(Predicate.INVESTED_IN, "investor", "Vantor", "Sablefish", denied=True)
    (claim,) = read(text, HandFinder([told], _NAMES))
    assert claim.polarity is polarity


def test_two_predicates_that_are_believed_are_two_claims(read: Read) -> None:
    twice = [replace(_DEAL, subject="Vantor", sure=0.1), replace(_DEAL, subject="Vantor", predicate=Predicate.OWNS)]
    claims = read(_TEXT, HandFinder(twice, _NAMES))
    assert {claim.predicate for claim in claims} == {_DEAL.predicate, Predicate.OWNS}


def test_of_two_guesses_at_one_claim_the_likelier_is_kept(read: Read) -> None:
    twice = [replace(_DEAL, subject="Vantor", sure=-0.1), replace(_DEAL, subject="Vantor", predicate=Predicate.OWNS)]
    for told in (twice, twice[::-1]):
        (claim,) = read(_TEXT, HandFinder(told, _NAMES))
        assert claim.predicate is Predicate.OWNS


def test_a_figure_of_a_firm_is_of_one_kind(read: Read) -> None:
    text = "Vantor has raised $3 billion at a valuation of $40 billion."
    raised = Told(Predicate.RAISED, "raised", "Vantor", amount="$3 billion", sure=2.0)
    valued = Told(Predicate.VALUED_AT, "valuation", "Vantor", amount="$40 billion", sure=1.5)
    told = [replace(valued, amount="$3 billion", sure=0.5), raised, valued]
    claims = read(text, HandFinder(told, _NAMES))
    assert [(one.predicate, one.quantity.text) for one in claims if one.quantity] == [
        (Predicate.RAISED, "$3 billion"),
        (Predicate.VALUED_AT, "$40 billion"),
    ]


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


def test_head_that_names_nothing_leaves_a_score_as_it_is(read_one: ReadOne) -> None:
    text = "Scores on Petrel\n\n| Model | They | It |\n| --- | --- | --- |\n| Quillon-2 | 76.1 % | 3 % |"
    told = Told(Predicate.SCORES, "Quillon-2", "Quillon-2", "Petrel", "76.1 %", benchmark="Petrel")
    claim = read_one(told, text)
    assert claim.object == claim.benchmark == Party("Petrel", EntityId("petrel"))


def test_column_over_the_whole_is_of_what_stands_above_the_table(read: Read) -> None:
    text = "Results on Petrel\n\n| Model | Average |\n| --- | --- |\n| Quillon-2 | 76.1 % |\n| Heron-9 | 70.2 % |"
    told = [
        Told(Predicate.SCORES, "Quillon-2", "Quillon-2", amount="76.1 %", benchmark="Petrel"),
        Told(Predicate.SCORES, "Heron-9", "Heron-9", amount="70.2 %"),
    ]
    claims = read(text, HandFinder(told, _NAMES), "en")
    assert [claim.benchmark and claim.benchmark.name for claim in claims] == ["Petrel", "Petrel"]


@pytest.mark.parametrize(
    ("text", "lang", "scores"),
    [
        ("Quillon-2 has 76.1 %, 70.2 % and 64.3 % on MMLU, GPQA and HumanEval, respectively.", "en",
         {"76.1 %": "MMLU", "70.2 %": "GPQA", "64.3 %": "HumanEval"}),
        ("Quillon-2 has 76.1 % on MMLU and 70.2 % on GPQA.", "en", {"76.1 %": "MMLU", "70.2 %": "GPQA"}),
        ("On MMLU Quillon-2 has 76.1 %, and its GPQA score is 70.2 %.", "en", {"76.1 %": "MMLU", "70.2 %": "GPQA"}),
        ("Quillon-2はMMLUで76.1%、GPQAで70.2%だった。", "ja", {"76.1%": "MMLU", "70.2%": "GPQA"}),
        ("MMLUとGPQAでQuillon-2はそれぞれ76.1%、70.2%だった。", "ja", {"76.1%": "MMLU", "70.2%": "GPQA"}),
        ("Quillon-2 has 76.1 % (MMLU), 70.2 % (GPQA) and 64.3 % (HumanEval).", "en",
         {"76.1 %": "MMLU", "70.2 %": "GPQA", "64.3 %": "HumanEval"}),
        ("Quillon-2: 76.1 % MMLU, 70.2 % GPQA, 64.3 % HumanEval.", "en",
         {"76.1 %": "MMLU", "70.2 %": "GPQA", "64.3 %": "HumanEval"}),
        ("Quillon-2: MMLU 76.1 %, GPQA 70.2 %, HumanEval: 64.3 %.", "en",
         {"76.1 %": "MMLU", "70.2 %": "GPQA", "64.3 %": "HumanEval"}),
        ("Quillon-2はMMLU（76.1%）、GPQA（70.2%）で首位だ。", "ja", {"76.1%": "MMLU", "70.2%": "GPQA"}),
        ("Quillon-2は76.1%をMMLUで、70.2%をGPQAで記録した。", "ja", {"76.1%": "MMLU", "70.2%": "GPQA"}),
        ("Quillon-2 beats Petrel on GPQA and has a 76.1 % score on MMLU.", "en", {"76.1 %": "MMLU"}),
        ("Quillon-2 beats Petrel on GPQA and has 76.1 % accuracy across MMLU.", "en", {"76.1 %": "MMLU"}),
        ("Unlike on GPQA, Quillon-2 with 76.1 % beats Petrel on MMLU.", "en", {"76.1 %": "MMLU"}),
        ("Quillon-2 and Petrel have 76.1 % and 70.2 % on MMLU and 64.3 % and 60.9 % on GPQA, respectively.", "en",
         {"76.1 %": "MMLU", "70.2 %": "MMLU", "64.3 %": "GPQA", "60.9 %": "GPQA"}),
        ("Quillon-2 has 76.1 % and 70.2 % on MMLU and GPQA, respectively, up from 64.3 % and 60.9 %.", "en",
         {"76.1 %": "MMLU", "70.2 %": "GPQA", "64.3 %": "MMLU", "60.9 %": "GPQA"}),
        ("Quillon-2 has 76.1 % and 70.2 % on MMLU, GPQA and HumanEval, respectively.", "en",
         {"76.1 %": "MMLU", "70.2 %": "MMLU"}),
    ],
    ids=["one by one", "behind each", "ahead of each", "Japanese", "one by one in Japanese", "in brackets", "bare",
         "bare ahead", "brackets in Japanese", "behind each in Japanese", "a score", "accuracy", "the network's own",
         "one by one of models", "one by one twice", "lists that do not fit"],
)  # fmt: skip
def test_each_of_several_scores_is_on_its_benchmark(text: str, lang: str, scores: dict[str, str], read: Read) -> None:
    told = [Told(Predicate.SCORES, "Quillon-2", "Quillon-2", "MMLU", amount, benchmark="MMLU") for amount in scores]
    claims = read(text, HandFinder(told, _NAMES), lang)
    assert [claim.benchmark and claim.benchmark.name for claim in claims] == list(scores.values())
    assert [claim.object for claim in claims] == [claim.benchmark for claim in claims]


def test_only_what_is_known_for_a_benchmark_is_scored_on(read_one: ReadOne) -> None:
    told = Told(Predicate.SCORES, "scored", "Quillon-2", "the median", "76.1 %", benchmark="MMLU")
    claim = read_one(told, "Quillon-2 scored 76.1 % on MMLU in the median.")
    assert claim.object == claim.benchmark
    assert claim.benchmark
    assert claim.benchmark.name == "MMLU"


def test_name_behind_a_rank_is_the_subject_of_its_row(read_one: ReadOne) -> None:
    text = "| Rank | Model | MMLU |\n| --- | --- | --- |\n| 1 | Quillon-2 | 76.1 % |\n| 2 | Petrel | 70.2 % |"
    told = Told(Predicate.SCORES, "Quillon-2", "Quillon-2", amount="76.1 %")
    assert read_one(told, text).subject.name == "Quillon-2"
    told = Told(Predicate.SCORES, "Petrel", "Petrel", amount="76.1 %")
    assert read_one(told, text).subject.name == "1"


def test_name_that_is_seen_in_the_first_cell_is_the_subject_of_its_row(read_one: ReadOne) -> None:
    text = "Scores\n\n| Model | MMLU |\n| --- | --- |\n| Quillon-2 (9B, a few shots) | 76.1 % |"
    claim = read_one(Told(Predicate.SCORES, "Quillon-2", "Quillon-2", amount="76.1 %"), text)
    assert claim.subject.name == "Quillon-2"


@pytest.mark.parametrize(
    ("words", "name"),
    [("MMLU", "MMLU"), ("MMLU 9.7", "MMLU 9.7"), ("MMLU Diamond", "MMLU Diamond"), ("LU-Sable", "MMLU-Sable")],
    ids=["as the tables have it", "a version", "a part", "the end of a word"],
)
def test_version_and_part_of_a_benchmark_are_kept(words: str, name: str, read_one: ReadOne) -> None:
    told = Told(Predicate.SCORES, "scored", "Quillon-2", amount="76.1 %", benchmark=words)
    claim = read_one(told, f"Quillon-2 scored 76.1 % on {name} today.")
    assert claim.benchmark
    assert claim.benchmark.name == name


@pytest.mark.parametrize(
    ("before", "sentence", "day"),
    [
        ("Vantor told of its fourth quarter.", "Revenue rose to $5 billion.", "2024-Q4"),
        ("Vantor told of its fourth quarter, up from Q4 2025.", "Revenue rose to $5 billion.", None),
        ("Vantor told of its fourth quarter. It beat Q3 2023.", "Revenue rose to $5 billion.", "2024-Q4"),
        ("Vantor told of its fourth quarter.", "Revenue rose to $5 billion on an annual basis.", None),
        (
            "Vantor told of its fourth quarter. It is old. It is big. It is red. It is slow.",
            "Revenue rose to $5 billion.",
            None,
        ),
        ("Vantor told of what Q4 2026 will bring.", "Revenue rose to $5 billion.", None),
        ("Vantor told of its fourth quarter.", "OpenAI's revenue rose to $5 billion.", None),
    ],
    ids=[
        "taken up",
        "two at once",
        "an earlier one beside",
        "of a year",
        "long before",
        "not over yet",
        "another firm",
    ],
)
def test_figure_is_of_the_quarter_told_before(before: str, sentence: str, day: str | None, read_one: ReadOne) -> None:
    who = "OpenAI" if "OpenAI" in sentence else "Vantor"
    told = Told(Predicate.EARNED, "rose", who, amount="$5 billion", measure="revenue")
    assert read_one(told, f"Results of Vantor\n\n{before} {sentence}").date == day


def test_what_a_firm_foretells_is_not_of_the_quarter_that_is_over(read_one: ReadOne) -> None:
    told = Told(
        Predicate.EARNED, "forecast", "Vantor", amount="$5 billion", measure="revenue", modality=Modality.PREDICTED
    )
    assert read_one(told, "Vantor told of its fourth quarter. Vantor forecast sales of $5 billion.").date is None


def test_head_of_a_column_is_the_day_of_what_stands_in_it(read_one: ReadOne) -> None:
    text = "Results\n\n| | Q3 2024 | Share |\n| --- | --- | --- |\n| Vantor | $76 million | 3 % |"
    told = Told(Predicate.EARNED, "Vantor", "Vantor", amount="$76 million", measure="revenue")
    assert read_one(told, text).date == "2024-Q3"
    assert read_one(replace(told, amount="3 %"), text).date is None


@pytest.mark.parametrize(
    ("text", "day", "lang", "date"),
    [
        ("Vantor said on Monday that Quillon-2 costs $3 million.", "on Monday", "en", None),
        ("Quillon-2 costs $3 million, up 3 % from last year.", "last year", "en", None),
        ("Quillon-2 costs $3 million, more than in 2023.", "in 2023", "en", None),
        ("Vantor told the Harbor Ledger on March 6 that Quillon-2 costs $3 million.", "on March 6", "en", None),
        ("Vantor told analysts at a conference on March 6 that Quillon-2 costs $3 million.", "March 6", "en", None),
        ("Vantor announced in a blog post on Monday that Quillon-2 costs $3 million.", "on Monday", "en", None),
        ("Vantor said in a statement on Monday that Quillon-2 costs $3 million.", "Monday", "en", None),
        ("Vantor told them it costs since Monday $3 million with Quillon-2.", "Monday", "en", "2025-03-10"),
        ("Quillon-2 costs $3 million, compared with $2 million in May 2024.", "May 2024", "en", None),
        ("Quillon-2 costs $3 million, up from $2 million in May 2024.", "May 2024", "en", None),
        ("Quillon-2 costs $3 million from $2 million on Monday.", "Monday", "en", None),
        ("Quillon-2 costs $3 million, having ended Monday at $2 million.", "Monday", "en", None),
        ("Quillon-2 costs $3 million and Petrel $2 million in May 2024.", "May 2024", "en", "2024-05"),
        ("Quillon-2 costs $3 million since 6 March 2025.", "March 2025", "en", "2025-03-06"),
        ("Since Monday, Vantor said, Quillon-2 costs $3 million.", "Monday", "en", "2025-03-10"),
        ("2025年3月5日に報じられた、Quillon-2は300万ドルだと。", "2025年3月5日", "ja", None),
        ("2025年3月5日にQuillon-2は300万ドルになった。", "2025年3月5日", "ja", "2025-03-05"),
        ("Quillon-2が300万ドルだったことが2025年3月5日、関係者への取材で分かった。", "2025年3月5日", "ja", None),
        ("Quillon-2が300万ドルだったことが2025年3月5日、明らかになった。", "2025年3月5日", "ja", None),
        ("2025年3月5日、Quillon-2が300万ドルになったことがわかった。", "2025年3月5日", "ja", "2025-03-05"),
        ("2025年3月5日に300万ドルになったとQuillon-2の社が明らかにした。", "2025年3月5日", "ja", "2025-03-05"),
    ],
)
def test_day_of_the_telling_and_of_what_is_compared_is_none_of_the_deed(
    text: str, day: str, lang: str, date: str | None, read_one: ReadOne
) -> None:
    amount = "$3 million" if lang == "en" else "300万ドル"
    told = Told(Predicate.COSTS, "costs" if lang == "en" else "300", "Quillon-2", amount=amount, day=day)
    assert read_one(told, text, lang).date == date


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        ("Vantor earned $4 million in 2023 and $9 million by March 2024.", "en",
         {"$4 million": "2023", "$9 million": "2024-03"}),
        ("Vantor earned $4 million in 2023, and $9 million, all in all, in 2024.", "en",
         {"$4 million": "2023", "$9 million": "2023"}),
        ("Vantor earned $4 million, up 3 % from last year, in 2023.", "en", {"$4 million": "2023"}),
        ("Vantorは2023年の400万ドルから2024年3月には約900万ドルに伸びた。", "ja",
         {"400万ドル": "2023", "約900万ドル": "2024-03"}),
    ],
    ids=["behind each", "not beside", "compared", "Japanese"],
)  # fmt: skip
def test_each_of_several_amounts_has_the_day_beside_it(text: str, lang: str, days: dict[str, str], read: Read) -> None:
    day = "in 2023" if lang == "en" else "2023年の"
    told = [Told(Predicate.EARNED, "Vantor", "Vantor", amount=amount, measure="revenue", day=day) for amount in days]
    claims = read(text, HandFinder(told, _NAMES), lang)
    assert [claim.date for claim in claims] == list(days.values())


@pytest.mark.parametrize(
    ("modality", "day", "date"),
    [
        (Modality.ASSERTED, "Ten days later", None),
        (Modality.REPORTED, "Ten days later", None),
        (Modality.PREDICTED, "Ten days later", "2025-03-20"),
        (Modality.SPECULATED, "Ten days later", "2025-03-20"),
        (Modality.ASSERTED, "That May", None),
        (Modality.ASSERTED, "A year later", None),
        (Modality.ASSERTED, "Q2 2025", None),
        (Modality.ASSERTED, "Q1 2025", "2025-Q1"),
        (Modality.ASSERTED, "A day later", "2025-03-11"),
        (Modality.ASSERTED, "In 2025", "2025"),
    ],
)
def test_nothing_was_done_after_the_article(modality: Modality, day: str, date: str | None, read_one: ReadOne) -> None:
    text = f"Vantor opened on March 10, 2025.\nIt grew. {day}, it released Quillon-2."
    told = Told(Predicate.RELEASED, "released", "it", "Quillon-2", day=day, modality=modality)
    assert read_one(told, text, it="Vantor").date == date


def test_year_that_a_firm_counts_by_runs_ahead(read_one: ReadOne) -> None:
    told = Told(Predicate.EARNED, "earned", "Vantor", amount="$4 million", measure="revenue", day="Q1 2026")
    assert read_one(told, "Vantor earned $4 million in Q1 2026.").date == "2026-Q1"


def test_morning_in_the_east_is_no_day_after(read_one: ReadOne) -> None:
    told = Told(Predicate.RELEASED, "公開", "Vantor", "Quillon-2", day="3月15日")
    assert read_one(told, "Vantorは3月15日、Quillon-2を公開した。", "ja").date == "2025-03-15"


def test_who_criticises_does_it_in_saying_so(read_one: ReadOne) -> None:
    told = Told(Predicate.CRITICIZES, "hates", "Vantor", "Sablefish", day="on Monday")
    assert read_one(told, "Vantor said on Monday that it hates Sablefish.").date == "2025-03-10"


def test_day_told_before_is_taken_up(read_one: ReadOne) -> None:
    told = Told(Predicate.RELEASED, "released", "Vantor", "Quillon-2", day="The same month")
    text = "Vantor opened in May 2023.\nIt grew. The same month, Vantor released Quillon-2."
    assert read_one(told, text).date == "2023-05"
    far = "Vantor opened in May 2023. It grew. It grew. It grew. It grew. The same month, Vantor released Quillon-2."
    assert read_one(told, far).date is None


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


@pytest.mark.parametrize(
    ("subject", "lang", "found"),
    [
        ("A court in Oslo", "en", 0), ("The Oslo District Court", "en", 0), ("A judge", "en", 0),
        ("The Court of Appeal", "en", 0), ("Vantor", "en", 1), ("Courtside Labs", "en", 1),
        ("大阪地裁", "ja", 0), ("知財高等裁判所", "ja", 0), ("裁判官", "ja", 0), ("東都電機", "ja", 1),
        ("裁量労働組合", "ja", 1),
    ],
)  # fmt: skip
def test_a_court_sues_nobody(subject: str, lang: str, found: int, read: Read) -> None:
    text = f"{subject}はSablefishを訴えた。" if lang == "ja" else f"{subject} sued Sablefish."
    told = Told(Predicate.SUED, "訴え" if lang == "ja" else "sued", subject, "Sablefish")
    assert len(read(text, HandFinder([told], _NAMES), lang)) == found


def test_a_ruling_is_not_for_and_against_the_same(read: Read) -> None:
    text = "Vantor lost to Sablefish and Orrery, the Oslo court ruled."
    told = [
        Told(Predicate.RULED_AGAINST, "ruled", "the Oslo court", "Vantor", sure=2.0),
        Told(Predicate.RULED_FOR, "ruled", "the Oslo court", "Vantor", sure=1.0),
        Told(Predicate.RULED_FOR, "ruled", "the Oslo court", "Sablefish", sure=1.0),
        Told(Predicate.RULED_FOR, "ruled", "the Oslo court", "Orrery", sure=1.0),
    ]
    claims = read(text, HandFinder(told, _NAMES))
    assert [(claim.predicate.value, claim.object.name) for claim in claims if claim.object] == [
        ("ruled_against", "Vantor"), ("ruled_for", "Sablefish"), ("ruled_for", "Orrery"),
    ]  # fmt: skip


def test_who_joins_a_firm_has_not_left_or_founded_it(read: Read) -> None:
    text = "Mara Quill joined Vantor after she, a founder, was ousted at Sablefish."
    told = [
        Told(Predicate.JOINED, "joined", "Mara Quill", "Vantor", sure=2.0),
        Told(Predicate.LEFT, "ousted", "Mara Quill", "Vantor", sure=1.0),
        Told(Predicate.FOUNDED, "founder", "Mara Quill", "Vantor", sure=0.5),
        Told(Predicate.JOINED, "joined", "Mara Quill", "Sablefish", sure=0.6),
        Told(Predicate.LEFT, "ousted", "Mara Quill", "Sablefish", sure=1.5),
        Told(Predicate.FOUNDED, "founder", "Mara Quill", "Sablefish", sure=0.5),
    ]
    claims = read(text, HandFinder(told, _NAMES))
    assert [(claim.predicate.value, claim.object.name) for claim in claims if claim.object] == [
        ("joined", "Vantor"), ("left", "Sablefish"), ("founded", "Sablefish"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lang", "amount", "kept"),
    [
        ("Vantor laid off 80 of its 400 employees.", "en", "80", True),
        ("Vantor laid off 80 of its 400 employees.", "en", "400 employees", False),
        ("Vantor laid off 20 percent of its 400 employees.", "en", "400 employees", False),
        ("Vantor laid off half of the 400 employees.", "en", "400 employees", False),
        ("Vantor laid off 80 workers out of 400 employees.", "en", "400 employees", False),
        ("Vantor laid off a total of 400 employees.", "en", "400 employees", True),
        ("Vantor laid off 400 employees of Sablefish.", "en", "400 employees", True),
        ("Vantor laid off all of its 400 employees.", "en", "400 employees", True),
        ("Vantor laid off its 400 employees.", "en", "400 employees", True),
        ("Vantor laid off staff in 2 of 9 cities, 400 people in all.", "en", "400 people", True),
        ("東都は従業員400人のうち80人を削減した。", "ja", "400人", False),
        ("東都は従業員400人のうち80人を削減した。", "ja", "80人", True),
        ("東都は全従業員400人の中から80人を削減した。", "ja", "400人", False),
        ("東都は従業員400人を削減した。", "ja", "400人", True),
        ("東都は400人の従業員を削減した。", "ja", "400人", True),
    ],
)
def test_of_a_part_and_its_whole_the_part_is_counted(text: str, lang: str, amount: str, kept: bool, read: Read) -> None:
    who, trigger = ("東都", "削減") if lang == "ja" else ("Vantor", "laid")
    (claim,) = read(text, HandFinder([Told(Predicate.LEFT, trigger, who, amount=amount)], _NAMES), lang)
    assert (claim.quantity is not None) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Vantor raised $7 million of the $9 million.", False),
        ("Most of the $9 million that Vantor raised came from banks.", True),
        ("Some of the $9 million that Vantor raised went on rent.", True),
        ("In one of the $9 million rounds Vantor raised enough.", True),
    ],
)
def test_a_whole_of_which_no_part_is_counted_is_the_amount(text: str, kept: bool, read: Read) -> None:
    (claim,) = read(text, HandFinder([Told(Predicate.RAISED, "raised", "Vantor", amount="$9 million")], _NAMES))
    assert (claim.quantity is not None) == kept


@pytest.mark.parametrize(
    ("text", "amount", "kept"),
    [
        ("Vantor cut the price of Quillon-2 from $3 to $2 per million tokens.", "$3", False),
        ("Vantor cut the price of Quillon-2 from $3 to $2 per million tokens.", "$2 per million tokens", True),
        ("Vantor raised the price of Quillon-2 from about $3 to $20.", "$3", False),
        ("The price of Quillon-2 fell from $3 a month to just $2.", "$3 a month", False),
        ("Vantor cut the price of Quillon-2 to $2.", "$2", True),
        ("Quillon-2 costs from $3 to $20.", "$3 to $20", True),
        ("Quillon-2 costs $3, which is $20 off.", "$20", False),
        ("Quillon-2 costs $3, $20 less than before.", "$20", False),
        ("You save $20 on Quillon-2, which costs $3.", "$20", False),
        ("Quillon-2 costs $20 or less than that.", "$20", True),
        ("Vantor cut its price; Quillon-2 costs $3 from Monday to Friday.", "$3", True),
        ("Quillon-2 costs $3, cut by a third.", "$3", True),
        ("The price of Quillon-2 rose to $3 from $2.", "$3", True),
    ],
)
def test_a_price_that_was_is_none(text: str, amount: str, kept: bool, read: Read) -> None:
    told = Told(Predicate.COSTS, "Quillon-2", "Quillon-2", amount=amount, measure="price")
    assert bool(read(text, HandFinder([told], _NAMES))) == kept


def test_who_is_named_in_the_sentence_did_it_rather_than_who_was_before(read: Read) -> None:
    text = "Vantor is tired. Orrery paid $40 million for Sablefish."
    deals = [Told(Predicate.ACQUIRED, "paid", who, "Sablefish", "$40 million") for who in ("Vantor", "Orrery")]
    assert [claim.subject.name for claim in read(text, HandFinder(deals, _NAMES))] == ["Orrery"]
    text = "Vantor is tired. It and Orrery paid $40 million for Sablefish."
    deals[0] = replace(deals[0], subject="It")
    both = read(text, HandFinder(deals, _NAMES, {"It": "Vantor"}))
    assert [claim.subject.name for claim in both] == ["Vantor", "Orrery"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ヴァントルの時価総額は約50億ドル（約7500億円）減り、過去最大となった。", False),
        ("ヴァントルの時価総額は約50億ドルに減った。", True),
        ("ヴァントルの時価総額は50億ドルで、過去最大となった。", True),
    ],
)
def test_by_how_much_a_value_moved_is_not_the_value(text: str, kept: bool, read: Read) -> None:
    names = {"ヴァントル": EntityType.COMPANY}
    told = Told(Predicate.VALUED_AT, "時価総額", "ヴァントル", amount="約50億ドル" if "約50" in text else "50億ドル")
    assert bool(read(text, HandFinder([told], names), "ja")) is kept


@pytest.mark.parametrize(
    ("text", "amount", "value"),
    [
        ("Sales of Vantor rose $3 billion to $9 billion.", "$3 billion to $9 billion", 9e9),
        ("Vantor cut its outlook for sales by about $3 billion to $9 billion.", "$3 billion to $9 billion", 9e9),
        ("Sales of Vantor rose by $3 billion.", "$3 billion", None),
        ("Sales of Vantor rose by $3-9 billion.", "$3-9 billion", None),
        ("Sales of Vantor rose to $9 billion.", "$9 billion", 9e9),
        ("Sales of Vantor will be $3 billion to $9 billion.", "$3 billion to $9 billion", 3e9),
        ("Sales of Vantor rose 13% to $9 billion.", "13%", 13),
        ("Sales of Vantor fell short of the forecast by $200 million.", "$200 million", None),
    ],
    ids=["came", "cut by", "alone", "a range of it", "to", "a range", "percent", "short by"],
)
def test_what_came_of_a_move_is_told_rather_than_how_far_it_went(
    text: str, amount: str, value: float | None, read: Read
) -> None:
    told = Told(Predicate.EARNED, "Sales" if "Sales" in text else "sales", "Vantor", amount=amount, measure="revenue")
    quantities = [claim.quantity for claim in read(text, HandFinder([told], _NAMES))]
    assert [one.value for one in quantities if one] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "amount", "date"),
    [
        ("ヴァントルの7〜9月期は11億円の赤字（前年同期は7億円の赤字）だった。", "11億円", "2024-Q3"),
        ("ヴァントルの7〜9月期は11億円の赤字（前年同期は7億円の赤字）だった。", "7億円", "2023-Q3"),
        ("ヴァントルの7〜9月期の利益は11億円と、前年同期の3倍だった。", "3倍", "2024-Q3"),
        ("ヴァントルの利益は11億円（前年同期は7億円）だった。", "11億円", None),
    ],
    ids=["this year's", "last year's", "a multiple", "counted from no day"],
)
def test_what_is_compared_with_the_year_before_is_of_this_one(
    text: str, amount: str, date: str | None, read: Read
) -> None:
    told = Told(Predicate.EARNED, "ヴァントル", "ヴァントル", amount=amount, day="前年同期")
    (claim,) = read(text, HandFinder([told], {"ヴァントル": EntityType.COMPANY}), "ja")
    assert claim.date == date


@pytest.mark.parametrize(
    ("sentence", "trigger", "found"),
    [
        ("Orrery did not explain the change.", "explain", 0),
        ("Orrery denies it.", "denies", 1),
        ("Orrery says that this is untrue.", "untrue", 1),
        ("Mara Lindqvist spoke of Vantor only.", "spoke", 1),
    ],
    ids=["nothing of it", "a denial", "the truth of it", "a side of it"],
)
def test_a_sentence_that_tells_of_no_accusation_makes_none(sentence: str, trigger: str, found: int, read: Read) -> None:
    told = Told(Predicate.DISTILLED_FROM, trigger, "Vantor", "Quillon-2", speakers=("Orrery",), denied=True)
    assert len(read(f"Vantor distilled Quillon-2, says Orrery. {sentence}", HandFinder([told], _NAMES))) == found


def test_a_complaint_is_the_plaintiff_s_word(read: Read) -> None:
    text = "Orrery sued Vantor on Monday. The complaint says that Vantor copied Quillon-2."
    suit = Told(Predicate.SUED, "sued", "Orrery", "Vantor")
    told = Told(Predicate.DISTILLED_FROM, "copied", "Vantor", "Quillon-2", speakers=("The complaint",))
    copied = [one for one in read(text, HandFinder([suit, told], _NAMES)) if one.predicate is told.predicate]
    assert [one.party.name for claim in copied for one in claim.claimants] == ["Orrery"]
    (claim,) = read(text, HandFinder([told], _NAMES))
    assert [one.party.name for one in claim.claimants] == ["The complaint"]


@pytest.mark.parametrize(
    ("text", "other", "words", "lang"),
    [
        ("Vantor trained Quillon-2 on their books.", "Quillon-2 on their books", "their books", "en"),
        (
            "Vantor trained its Quillon-2 model on Orrery's books.",
            "its Quillon-2 model on Orrery's books",
            "Orrery's books",
            "en",
        ),
        ("Vantor sold the Quillon-2 model to all.", "the Quillon-2 model to all", "the Quillon-2 model to all", "en"),
        (
            "Vantorは「Quillon-2」の学習にOrreryの書籍を使った。",
            "「Quillon-2」の学習にOrreryの書籍",
            "Orreryの書籍",
            "ja",
        ),
    ],
)
def test_what_a_model_learned_from_begins_behind_its_name(
    text: str, other: str, words: str, lang: str, read_one: ReadOne
) -> None:
    claim = read_one(
        Told(Predicate.TRAINED_WITH, "使った" if lang == "ja" else "Vantor", "Quillon-2", other), text, lang
    )
    assert claim.object == Party(words)
