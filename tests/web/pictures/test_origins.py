"""Who has it from whom, and where it was reported."""

import re
from dataclasses import replace

from graph.answers.matter import MatterDetail
from graph.matters.origins import Voice
from graph.records import ArticleId
from web.branches import cut_tree
from web.language.wording import get_words
from web.pictures.marks import Picture
from web.pictures.spread import draw_spread, find_copies
from web.pictures.timeline import list_told
from web.pictures.tree import TREE_NODES, draw_tree

EN = get_words()


def list_voices(matter: MatterDetail) -> tuple[Voice, ...]:
    return (*matter.chapter.origins.origins, *matter.chapter.origins.hearsay)


def draw(matter: MatterDetail) -> Picture:
    picture = draw_tree(
        cut_tree(list_voices(matter), TREE_NODES), matter.chapter.origins.count, matter.claims, matter.entities, EN
    )
    assert picture
    return picture


def test_each_voice_stands_below_and_right_of_the_one_it_has_it_from(accusation: MatterDetail) -> None:
    picture = draw(accusation)
    lines = picture.lines
    # From a voice down, then to the right.
    for down, right in zip(lines[::2], lines[1::2], strict=True):
        assert down.x1 == down.x2 == right.x1 < right.x2
        assert down.y1 < down.y2 == right.y1 == right.y2
    places = {(dot.x, dot.y) for dot in picture.dots}
    assert {(line.x1, line.y1) for line in lines[::2]} | {(line.x2, line.y2) for line in lines[1::2]} <= places


def test_origins_are_marked_and_copies_told_by_their_lines(accusation: MatterDetail) -> None:
    picture = draw(accusation)
    strong = {label.text.partition(" · ")[0] for label in picture.labels if label.kind == "strong"}
    assert {"OpenAI", "David Sacks"} <= strong
    assert {"syndicated", "translated"} & {line.kind for line in picture.lines}
    assert (
        picture.summary == "2 origins, and 7 articles that have it from there; 2 of them are copies, on broken lines."
    )


def test_hearsay_beside_origins_is_drawn_and_not_counted_among_them(accusation: MatterDetail) -> None:
    origins = accusation.chapter.origins
    one = replace(origins, origins=origins.origins[:1], hearsay=(*origins.origins[1:], *origins.hearsay))
    picture, before = draw(replace(accusation, chapter=replace(accusation.chapter, origins=one))), draw(accusation)
    assert [(dot.x, dot.y, dot.claim) for dot in picture.dots] == [(dot.x, dot.y, dot.claim) for dot in before.dots]
    assert picture.summary == "1 origin, and 3 articles that have it from there. 4 more pass it on, naming nobody."
    assert len([label for label in picture.labels if label.kind == "strong"]) == 1
    assert [dot.look for dot in picture.dots].count("solid") == 1
    assert "hollow" in {dot.look for dot in picture.dots}
    assert [text for _, text in picture.key] == ["ring: passes it on, naming nobody; no origin"]
    assert before.key == ()


def test_one_article_has_it_from_there(accusation: MatterDetail) -> None:
    """Told by two, it is in the tree twice and one article all the same."""
    voice, other = list_voices(accusation)[:2]
    echo = replace(next(one for one in voice.echoes if one.article), echoes=())
    trunk = cut_tree([replace(voice, echoes=(echo,)), replace(other, echoes=(echo,))])
    picture = draw_tree(trunk, 2, accusation.claims, accusation.entities, EN)
    assert picture
    assert picture.summary.startswith("2 origins, and 1 article that has it from there")


def test_no_line_goes_down_through_words(accusation: MatterDetail) -> None:
    picture = draw(accusation)
    downs = [line for line in picture.lines if line.x1 == line.x2]
    for label in picture.labels:
        assert label.anchor == "start"
        assert all(line.x1 <= label.x for line in downs if line.y1 < label.y < line.y2)


def test_a_day_that_finds_no_room_is_left_out_whole(accusation: MatterDetail) -> None:
    claim = next(iter(accusation.claims.values()))
    source = replace(claim.article.source, name="The Kelbrook and Marlow Harbour Intelligencer")
    long = replace(claim, article=replace(claim.article, source=source))
    claims = {id: replace(long, id=one.id, reported_at=one.reported_at) for id, one in accusation.claims.items()}
    picture = draw(replace(accusation, claims=claims))
    days = [label.text.partition(" · ")[2] for label in picture.labels if not label.kind]
    assert all(re.fullmatch(r"\d{1,2} [A-Z][a-z]{2}", day) for day in days if day)
    assert "" in days


def test_one_article_gives_no_tree(accusation: MatterDetail) -> None:
    [article, *_] = [echo for voice in list_voices(accusation) for echo in voice.echoes if echo.article]
    alone = (replace(list_voices(accusation)[0], echoes=(replace(article, echoes=()),)),)
    assert draw_tree(cut_tree(alone), 1, accusation.claims, accusation.entities, EN) is None


def test_voices_that_find_no_room_are_in_the_list(accusation: MatterDetail) -> None:
    picture = draw_tree(cut_tree(list_voices(accusation), 5), 2, accusation.claims, accusation.entities, EN)
    assert picture
    assert len(picture.dots) == 5
    assert picture.summary.endswith(" The list has more.")


def test_sources_of_one_language_stand_together(accusation: MatterDetail) -> None:
    told = list_told(accusation.chapter, accusation.claims)
    picture = draw_spread(told, find_copies(list_voices(accusation)), EN)
    assert picture
    languages = [label.text.rpartition(" · ")[2] for label in picture.labels if not label.kind]
    assert sorted(languages) == languages
    assert set(languages) == {"English", "Japanese"}
    assert len(picture.rows) == sum(dot.count for dot in picture.dots) == len({one.article.id for one in told})


def test_copies_are_hollow_and_said_to_be(accusation: MatterDetail) -> None:
    told = list_told(accusation.chapter, accusation.claims)
    copies = find_copies(list_voices(accusation))
    assert copies
    picture = draw_spread(told, copies, EN)
    assert picture
    assert "hollow" in {dot.look for dot in picture.dots}
    own = draw_spread(told, {}, EN)
    assert own
    assert {dot.look for dot in own.dots} == {"solid"}
    assert own.summary.endswith("none is known to be a copy.")


def test_versions_of_one_page_are_one_article(accusation: MatterDetail) -> None:
    told = list_told(accusation.chapter, accusation.claims)
    later = [replace(one, article=replace(one.article, id=ArticleId(f"{one.article.id}2"), version=2)) for one in told]
    assert draw_spread([*told, *later], {}, EN) == draw_spread(told, {}, EN)


def test_one_source_gives_no_spread(accusation: MatterDetail) -> None:
    told = list_told(accusation.chapter, accusation.claims)
    assert draw_spread([one for one in told if one.article.source == told[0].article.source], {}, EN) is None
