"""How one speaker's certainty changed, and how repeats outgrew what they draw on."""

import random
from dataclasses import replace

import pytest

from graph.matters.contradict import find_contradictions
from graph.matters.drift import Change, find_drift
from graph.matters.inflation import find_inflation
from graph.propositions import group_claims
from graph.records import Copy, CopyKind, Modality, SourceKind
from graph.utterances import Utterance
from tests.graph.telling import WORLD, deny, make_article, tell

_FIRST = tell(make_article(), "OpenAI", modality=Modality.ALLEGED)
_LATER = tell(make_article("Wire", 30), "OpenAI", modality=Modality.SPECULATED)


@pytest.mark.parametrize(
    ("told", "change"),
    [
        ((_FIRST, _LATER), Change.SOFTER),
        ((tell(make_article("A", 0), "OpenAI", modality=Modality.SPECULATED), tell(make_article("B", 90), "OpenAI")),
         Change.FIRMER),
        ((_FIRST, deny(make_article("Wire", 30), "OpenAI")), Change.REVERSED),
    ],
    ids=["softer", "firmer", "a change of mind"],
)  # fmt: skip
def test_a_speaker_s_words_became(told: tuple[object, ...], change: Change) -> None:
    [drift] = find_drift(told)  # type: ignore[arg-type]
    assert (drift.speaker, drift.change, len(drift.steps)) == ("OpenAI", change, 2)


def test_a_change_of_mind_is_no_contradiction() -> None:
    told = [_FIRST, deny(make_article("Wire", 30), "OpenAI")]
    groups = group_claims([one.claim for one in told], WORLD)
    assert (len(groups), find_contradictions(groups)) == (1, ())


def test_of_two_degrees_in_one_article_the_firmer_is_said() -> None:
    article = make_article(text="OpenAI sees hints.\nOpenAI saw evidence.")
    told = [
        tell(article, "OpenAI", text="OpenAI sees hints.", modality=Modality.SPECULATED),
        tell(article, "OpenAI", text="OpenAI saw evidence.", modality=Modality.ASSERTED),
    ]
    assert find_drift(told) == ()
    softer = tell(make_article("Wire", 30), "OpenAI", modality=Modality.SPECULATED)
    assert [drift.change for drift in find_drift([*told, softer])] == [Change.SOFTER]


def test_yes_and_no_in_one_article_have_no_order() -> None:
    article = make_article(text="OpenAI saw evidence.\nOpenAI saw none.")
    told = [
        tell(article, "OpenAI", text="OpenAI saw evidence."),
        deny(article, "OpenAI", text="OpenAI saw none."),
    ]
    assert [drift.change for drift in find_drift(told)] == [Change.MIXED]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param((_FIRST, tell(make_article("Wire", 30), "OpenAI")), id="the same words"),
        pytest.param(
            (_FIRST, tell(make_article("Wire", 30), "Microsoft", modality=Modality.ASSERTED)), id="two speakers"
        ),
        pytest.param(
            (tell(make_article(), "sources"), tell(make_article("B", 1), "sources", modality=Modality.ASSERTED)),
            id="whoever they are",
        ),
    ],
)
def test_no_drift(told: tuple[object, ...]) -> None:
    assert find_drift(told) == ()  # type: ignore[arg-type]


def test_what_another_outlet_tells_the_day_after_are_the_same_words() -> None:
    guess = tell(make_article("Wire"), "OpenAI", modality=Modality.SPECULATED)
    retold = tell(make_article("Nippo", 20), "OpenAI")
    anew = tell(make_article("Wire", 20, slug="2"), "OpenAI")
    assert find_drift([guess, retold]) == ()
    assert [drift.change for drift in find_drift([guess, anew])] == [Change.FIRMER]
    taken_back = deny(make_article("Nippo", 20), "OpenAI")
    assert [drift.change for drift in find_drift([guess, taken_back])] == [Change.REVERSED]


def test_an_outlet_whose_correction_others_tell_has_not_changed_its_mind() -> None:
    report = tell(make_article("Bloomberg"), modality=Modality.ASSERTED)
    cited = tell(make_article("Wire", 5), "Bloomberg")
    corrected = deny(make_article("Nippo", 90, lang="ja"), "Bloomberg")
    assert find_drift([report, cited, corrected]) == ()


def test_a_copy_that_puts_it_otherwise_is_not_the_speaker_s_drift() -> None:
    copy = Copy(_LATER.article.id, _FIRST.article.id, CopyKind.REWRITTEN, 0.7)
    assert find_drift([_FIRST, _LATER], [copy]) == ()


_MAY = tell(make_article("Wire", text="DeepSeek may have taken data."), modality=Modality.SPECULATED)
_HEARSAY = tell(make_article("Nippo", 5, text="持ち出したとされる。", lang="ja"), modality=Modality.REPORTED)
_FACT = tell(make_article("Nikkan", 9, text="持ち出した。", lang="ja"), modality=Modality.ASSERTED)
_CHAIN = [
    Copy(_HEARSAY.article.id, _MAY.article.id, CopyKind.TRANSLATED, 0.8),
    Copy(_FACT.article.id, _HEARSAY.article.id, CopyKind.REWRITTEN, 0.7),
]


@pytest.mark.parametrize("seed", range(3))
def test_a_may_that_becomes_hearsay_and_then_a_fact(seed: int) -> None:
    told = [_MAY, _HEARSAY, _FACT]
    random.Random(seed).shuffle(told)
    found = find_inflation(told, _CHAIN)
    assert [(item.drawn_on, item.repeat, item.how) for item in found] == [
        (_MAY.id, _HEARSAY.id, "translated"),
        (_HEARSAY.id, _FACT.id, "rewritten"),
    ]


def test_a_report_that_cites_an_outlet_more_firmly_than_it_spoke() -> None:
    repeat = tell(make_article("Daily", 3), "Wire", modality=Modality.ASSERTED)
    [item] = find_inflation([_MAY, repeat])
    assert (item.drawn_on, item.repeat, item.how) == (_MAY.id, repeat.id, "cites")


def test_a_repeat_as_firm_as_the_firmest_sentence_it_draws_on_is_none() -> None:
    firm = tell(_MAY.article, "OpenAI", text="OpenAI said so.", modality=Modality.ASSERTED)
    copies = [Copy(_FACT.article.id, _MAY.article.id, CopyKind.REWRITTEN, 1)]
    assert find_inflation([_MAY, firm, tell(_FACT.article, "OpenAI", modality=Modality.ASSERTED)], copies) == ()


def test_a_copy_that_leaves_out_who_says_so_is_firmer() -> None:
    said = tell(_MAY.article, "OpenAI", text="OpenAI said so.", modality=Modality.ASSERTED)
    copies = [Copy(_FACT.article.id, said.article.id, CopyKind.TRANSLATED, 1)]
    assert [(item.drawn_on, item.repeat) for item in find_inflation([said, _FACT], copies)] == [(said.id, _FACT.id)]


def test_who_retells_it_in_other_words_need_not_name_the_speaker_in_each_sentence() -> None:
    said = tell(_MAY.article, "OpenAI", text="OpenAI said so.", modality=Modality.ASSERTED)
    copies = [Copy(_FACT.article.id, said.article.id, CopyKind.REWRITTEN, 0.6)]
    assert find_inflation([said, _FACT], copies) == ()


def test_a_copy_is_compared_with_the_words_of_the_same_speaker() -> None:
    other = tell(_MAY.article, "Microsoft", text="Microsoft knows.", modality=Modality.ASSERTED)
    doubt = tell(_MAY.article, "OpenAI", text="OpenAI has hints.", modality=Modality.SPECULATED)
    repeat = tell(_FACT.article, "OpenAI", modality=Modality.ALLEGED)
    copies = [Copy(_FACT.article.id, _MAY.article.id, CopyKind.TRANSLATED, 1)]
    assert [(item.drawn_on, item.repeat) for item in find_inflation([other, doubt, repeat], copies)] == [
        (doubt.id, repeat.id)
    ]


_CHARGE = tell(make_article("Post", 1, text="OpenAI alleges that DeepSeek distilled it."), "OpenAI")


@pytest.mark.parametrize(
    ("told", "how"),
    [
        pytest.param((_CHARGE, _FACT), ["uncredited"], id="a charge becomes a fact"),
        pytest.param((_CHARGE, tell(_FACT.article, "Wire", modality=Modality.ASSERTED)), [], id="somebody says so"),
        pytest.param(
            (_CHARGE, tell(make_article("Daily", 2), "Microsoft", modality=Modality.ASSERTED), _FACT),
            [],
            id="known by then",
        ),
        pytest.param((_FACT, tell(make_article("Late", 20), "OpenAI")), [], id="the fact came first"),
    ],
)
def test_what_an_article_says_itself_naming_nobody(told: tuple[Utterance, ...], how: list[str]) -> None:
    assert [item.how for item in find_inflation(told)] == how


def test_an_estimate_is_not_what_one_knows() -> None:
    article = make_article("Post", 1, text="It cost 5 million dollars, Sacks estimates.")
    told = tell(article, "David Sacks", modality=Modality.ASSERTED)
    assert [item.how for item in find_inflation([told, _FACT])] == ["uncredited"]


def test_a_firmer_report_of_its_own_draws_on_nothing() -> None:
    assert find_inflation([_MAY, _FACT]) == ()


@pytest.mark.parametrize(("hours", "how"), [(12, ["retold"]), (60, [])], ids=["the same words", "perhaps new ones"])
def test_words_of_one_speaker_that_another_outlet_tells_more_firmly(hours: float, how: list[str]) -> None:
    first = tell(make_article("Wire", 1), "OpenAI", modality=Modality.SPECULATED)
    retold = tell(make_article("Daily", 1 + hours), "OpenAI", modality=Modality.ALLEGED)
    assert [item.how for item in find_inflation([first, retold])] == how


_HEAD, _BODY = "A leak at DeepSeek.", "DeepSeek may have taken data, OpenAI says."
_PAPER = replace(make_article("Wire", text=f"{_HEAD}\n{_BODY}"), title=_HEAD)
_SOFTLY = [
    tell(_PAPER, text=_HEAD, modality=Modality.ASSERTED),
    tell(_PAPER, "OpenAI", text=_BODY, modality=Modality.SPECULATED),
]


def test_a_sentence_of_a_translation_is_compared_with_one_of_the_text_not_with_the_headline() -> None:
    headline, body = "DeepSeekから流出。", "DeepSeekがデータを持ち出した。"
    paper = replace(make_article("Nippo", 5, text=f"{headline}\n{body}", lang="ja"), title=headline)
    told = [
        *_SOFTLY,
        tell(paper, text=headline, modality=Modality.ASSERTED),
        tell(paper, text=body, modality=Modality.ASSERTED),
    ]
    copies = [Copy(paper.id, _PAPER.id, CopyKind.TRANSLATED, 0.8)]
    assert [(item.drawn_on, item.repeat) for item in find_inflation(told, copies)] == [(told[1].id, told[3].id)]


def test_of_two_articles_one_pair_is_told() -> None:
    paper = make_article("Nippo", 5, text="A title\nIt took data. It did so in May.")
    told = [
        *_SOFTLY,
        tell(paper, text="It took data.", modality=Modality.ASSERTED),
        tell(paper, text="It did so in May.", modality=Modality.ASSERTED),
    ]
    assert [item.repeat for item in find_inflation(told)] == [told[2].id]


def test_what_was_taken_over_word_for_word_is_drawn_on_where_it_came_from() -> None:
    same = tell(make_article("Post", 1, text=_BODY), "OpenAI", text=_BODY, modality=Modality.SPECULATED)
    repeat = tell(make_article("Nippo", 5, lang="ja"), modality=Modality.ASSERTED)
    copies = [
        Copy(same.article.id, _PAPER.id, CopyKind.SYNDICATED, 0.9),
        Copy(repeat.article.id, same.article.id, CopyKind.TRANSLATED, 0.8),
    ]
    assert [item.drawn_on for item in find_inflation([_SOFTLY[1], same, repeat], copies)] == [_SOFTLY[1].id]


def test_what_an_article_says_itself_is_set_beside_what_leaves_most_open() -> None:
    charge = tell(make_article("Ledger", text="OpenAI accuses it."), "OpenAI", text="OpenAI accuses it.")
    [item] = find_inflation([charge, _SOFTLY[1], _FACT])
    assert item.drawn_on == _SOFTLY[1].id


def test_what_leaves_most_open_may_be_in_another_language() -> None:
    charge = tell(make_article("Nippo", text="盗んだとOpenAIは主張する。", lang="ja"), "OpenAI")
    guess = tell(make_article("Ledger", 1, text="OpenAI has hints."), "OpenAI", modality=Modality.SPECULATED)
    [item] = find_inflation([charge, guess, _FACT])
    assert item.drawn_on == guess.id


def test_an_outlet_that_corrects_itself_does_not_drift() -> None:
    told = tell(make_article("Wire", 0, slug="a")), deny(make_article("Wire", 30, slug="b"))
    assert find_drift(told) == ()
    softer = tell(make_article("Wire", 30, slug="b"), modality=Modality.SPECULATED)
    assert [one.speaker for one in find_drift((told[0], softer))] == ["Wire"]


def test_a_firm_that_says_the_contrary_on_its_own_page_changed_its_mind() -> None:
    pages = (make_article("OpenAI Blog", hours, slug=f"{hours}") for hours in (0, 30))
    first, later = (replace(page, source=replace(page.source, kind=SourceKind.VENDOR)) for page in pages)
    assert [one.change for one in find_drift((tell(first), deny(later)))] == [Change.REVERSED]


def test_an_article_that_passes_on_a_charge_to_deny_it_has_not_changed_its_mind() -> None:
    page = make_article("Paper", 0)
    assert find_drift([tell(page, text="It is said to have copied us."), deny(page, text="This is false.")]) == ()
