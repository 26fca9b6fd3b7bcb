"""Dates as an article of Wednesday, 12 February 2025 means them."""

import time
from datetime import date

import pytest

from ingest.nlp.en.dates import find_days, settle_day

TODAY = date(2025, 2, 12)

CASES = (
    ("on January 27, 2025", "2025-01-27"),
    ("on Jan. 27", "2025-01-27"),
    ("on 27 January 2025", "2025-01-27"),
    ("on 2025-01-27", "2025-01-27"),
    ("in December", "2024-12"),
    ("in December 2023", "2023-12"),
    ("last month", "2025-01"),
    ("this month", "2025-02"),
    ("last year", "2024"),
    ("earlier this year", "2025"),
    ("last fall", "2024"),
    ("in the autumn of 2024", "2024"),
    ("in 2019", "2019"),
    ("on Monday", "2025-02-10"),
    ("on Wednesday", "2025-02-12"),
    ("last Friday", "2025-02-07"),
    ("yesterday", "2025-02-11"),
    ("today", "2025-02-12"),
    ("three days ago", "2025-02-09"),
    ("two months ago", "2024-12"),
    ("last week", "2025-02"),
    ("earlier this week", "2025-02"),
    ("two weeks ago", None),  # 27 January to 2 February
    ("In January, it", "2025-01"),
    ("a year ago", "2024"),
    ("in the third quarter", "2024-Q3"),
    ("in Q1 2025", "2025-Q1"),
    ("in the quarter ended December", "2024-Q4"),
    ("in the quarter ending March 31, 2024", "2024-Q1"),
    ("for FY 2027", "2027"),
    ("for fiscal 2026", "2026"),
    ("in FY25", "2025"),
    ("in the fourth quarter of fiscal 2025", "2025"),  # whose months the text leaves open
    ("in Q3 FY26", "2026"),
    ("in its fiscal third quarter", None),
    ("in the September quarter of 2024", "2024-Q3"),
    ("in the three months to June", "2024-Q2"),
    ("in the quarter to the end of December", "2024-Q4"),
    ("in the year to March 2024", "2024"),
    ("for the year ended March 31, 2024", "2024"),
    ("in the nine months ended December 31", "2024"),
    ("for full-year 2024", "2024"),
    ("at press time", "2025-02-12"),
    ("by three months to October", None),
    ("in fiscal year 2026 first quarter", "2026"),
    ("at its peak (2015)", "2015"),
    ("from November", "2024-11"),
    ("this January", "2025-01"),
    ("after Feb. 8", "2025-02-08"),
    ("in Q2 2026, as Q3 2026 guidance has it", "2026-Q2"),
    ("for 2026", "2026"),
    ("in 1H25", "2025"),
    ("by the end of the year", "2025"),
    ("with 2048 chips", None),
    ("from Friday's close", None),
    ("on October\u00a030,\u00a02024", "2024-10-30"),
    ("last Nov. 30", "2024-11-30"),
    ("nine days ago", "2025-02-03"),
    ("by $4 billion for the quarter", "2024-Q4"),
    ("for the quarter that ends soon", None),
    ("on 11/16/2021", "2021-11-16"),
    ("on 16/11/2021", "2021-11-16"),
    ("on 2/3/2021", None),  # of February or of March
    ("[11/16/2021]", None),
    ("for March Madness", "2024-03"),
    ("because of Jan Leike", None),
    ("by Jan. 27", "2025-01-27"),
    ("in February last year", "2024-02"),
    ("in March of last year", "2024-03"),
    ("in May of that year", None),  # which nobody has told
    ("in Sept '24", "2024-09"),
    ("last January", "2024-01"),  # the one before is "last month"
    ("last December", "2024-12"),
    ("next February", "2026-02"),
    ("next May", None),  # this year's or the one after
    ("this September", "2025-09"),
    ("since at least October", "2024-10"),
    ("as soon as March", "2024-03"),
    ("after an October accident", "2024-10"),
    ("at Vireo's June event", "2024-06"),
    ("between June and September", "2024"),
    ("from October to December 2024", "2024-Q4"),
    ("in the April-June quarter", "2024-Q2"),
    ("between May and August of last year", "2024"),
    ("in April and June", "2024-04"),
    ("between 3 and 21 January 2025", "2025-01"),
    ("on 18–19 November", "2024-11"),
    ("on Nov. 18-19, 2024", "2024-11"),
    ("on 27-Jan-2025", "2025-01-27"),
    ("on 2025/01/27", "2025-01-27"),
    ("in the first nine months", "2024"),
    ("in the first three months of 2024", "2024-Q1"),
    ("in the first six months after the sale", None),
    ("in Fourth Quarter 2024", "2024-Q4"),
    ("in 4Q", "2024-Q4"),
    ("after its first quarterly profit", None),
    ("next quarter", "2025-Q2"),
    ("in the quarter", "2024-Q4"),
    ("in the autumn", "2024"),
    ("over the summer", "2024"),
    ("since spring", "2024"),
    ("in the spring of 2023", "2023"),
    ("in the winter", None),  # which lies in two years
    ("for fall", None),
    ("next spring", None),  # before it has come
    ("as H1 revenue", "2024"),
    ("in the first half it lost money", "2024"),
    ("in H2", "2024"),
    ("for the full year", "2024"),
    ("by year-end", "2024"),
    ("before Christmas", "2024-12"),
    ("since New Year", "2025"),
    ("over the weekend", "2025-02"),
    ("last night", "2025-02-11"),
    ("next week", "2025-02"),
    ("next Thursday", "2025-02-20"),
    ("a decade ago", "2015"),
    ("twelve years ago", "2013"),
    ("six weeks earlier than feared", None),
    ("today's models", None),
    ("after its 2023 purchase", "2023"),
    ("after the 2018 Lumo merger", "2018"),
    ("the 2018 employees", None),
    ("(Lisbon, 2021)", "2021"),
    ("to $5 million (2023: $3 million)", "2023"),
    ("and is to run to 2031", "2031"),
    ("two months after the talks", None),
    ("it comes two months after the talks", "2024-12"),
    ("it may happen", None),
    ("some time ago", None),
)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_day_counts_from_the_article(text: str, expected: str | None) -> None:
    found = find_days(f"It fell {text}.", TODAY)
    assert (found[0][1] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It opened on 27 January 2025 in Oslo.", "27 January 2025"),
        ("It opened in December 2023.", "December 2023"),
        ("It opened three days ago, he said.", "three days ago"),
        ("In Q3 2024 it opened.", "Q3 2024"),
    ],
)
def test_span_is_that_of_the_words(text: str, words: str) -> None:
    (start, end), _ = find_days(text, TODAY)[0]
    assert text[start:end] == words


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("The same month, it opened.", ["2023-01-09"], "2023-01"),
        ("It grew, and by that May it led.", ["2024"], "2024-05"),
        ("The startup that May Habib founded opened.", ["2024"], None),
        ("Models that fall below it were shut.", ["2024"], None),
        ("Costs that spring from chips rose.", ["2024"], None),
        ("It said that day traders lost.", ["2024-03-29"], None),
        ("It was in that year one of two.", ["2024"], None),
        ("It opened 1.5 years later.", ["2021"], None),
        ("It opened twenty-five years later.", ["2001"], None),
        ("It opened that same week.", ["2024-03"], "2024-03"),
        ("It opened that week.", ["2024-03-29"], "2024-03"),
        ("It opened that week.", ["2024-05-01"], None),  # 29 April to 5 May
        ("It opened that day.", ["2024-03-29"], "2024-03-29"),
        ("It opened that day.", ["2024-03"], None),
        ("That September, it opened.", ["2017", "2017-03"], "2017-09"),
        ("By that fall it was shut.", ["2017-03"], "2017"),
        ("It left three years later.", ["2015"], "2018"),
        ("It left two months later.", ["2024-11-03"], "2025-01"),
        ("It left the next day.", ["2024-12-31"], "2025-01-01"),
        ("It left two weeks later.", ["2024-12-03"], "2024-12"),
        ("It was sold that June.", ["2024"], "2024-06"),
        ("It was sold that autumn.", ["2024-03"], "2024"),
        ("In May of that year it left.", ["2021"], "2021-05"),
        ("It left a day after it had sued.", ["2024-12-31"], None),
        ("It opened the following year.", ["2015"], "2016"),
        ("It opened that year.", ["2015", "2016"], None),
        ("It opened that quarter-long day.", ["2015-Q1"], None),
        ("It knew that may be so.", ["2015"], None),
        ("It opened that month.", [], None),
        ("It opened that month.", ["2015-Q1"], None),
    ],
)
def test_days_told_before_are_taken_up(text: str, before: list[str], expected: str | None) -> None:
    assert [day for _, day in find_days(text, TODAY, before)] == ([expected] if expected else [])


def test_day_of_the_sentence_itself_is_taken_up_first() -> None:
    found = find_days("It was founded in 2015, and he left three years later.", TODAY, ["1999"])
    assert [day for _, day in found] == ["2015", "2018"]


def test_days_come_in_order() -> None:
    found = find_days("Filed on 9 January, heard on Monday, settled yesterday.", TODAY)
    assert [day for _, day in found if len(day) == 10] == ["2025-01-09", "2025-02-10", "2025-02-11"]


def test_year_of_a_quarter_is_told_once() -> None:
    assert [day for _, day in find_days("It gave Q3 2026 guidance.", TODAY)] == ["2026-Q3"]


def test_cell_of_a_year_has_the_span_of_its_figures() -> None:
    text = "| Heron | 2021 | 2048 | 512 |"
    assert [(text[start:end], day) for (start, end), day in find_days(text, TODAY)] == [("2021", "2021")]


def test_a_count_is_no_year() -> None:
    assert find_days("It has more than 2020 GPUs for 2019 users, and after 2020 people left.", TODAY) == []
    assert [day for _, day in find_days("It is for 2026 as well.", TODAY)] == ["2026"]


def test_impossible_day_is_none() -> None:
    assert [day for _, day in find_days("It opened on 30 February 2025.", TODAY) if len(day) == 10] == []


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2024-06", "It will come in June.", "2025-06"),
        ("2024-06", "It was to come in June 2024.", "2024-06"),
        ("2025-02-10", "It will come on Monday.", "2025-02-10"),
        ("2025-06", "It will come in June.", "2025-06"),
        ("2024", "It will come last year.", "2024"),
        ("2024-Q3", "It will come in the third quarter.", "2025-Q3"),
        ("2024-Q4", "It will have lost money in the fourth quarter.", "2024-Q4"),
        ("2024", "It will come in the autumn.", "2025"),
        ("2024", "It will come in the second half", "2025"),
        ("2024", "It will come by year-end", "2025"),
        ("2025-02-06", "will cost more from Thursday", "2025-02-13"),
        ("2024-Q3", "in the quarter ended Aug. 31", "2024-Q3"),
        ("2024-05", "agreed in May", "2024-05"),
        ("2024-09", "in Sept '24", "2024-09"),
        ("2025-01", "said last month", "2025-01"),
        ("2024-05", "last May", "2024-05"),
        ("2024-12", "two months ago", "2024-12"),
        ("2024-02-29", "on February 29", "2024-02-29"),
        ("2025-02-10", "bid for it on Feb. 10", "2025-02-10"),
        ("2024-06-10", "will come on June 10", "2025-06-10"),
        ("2023-09", "that September", "2023-09"),
    ],
    ids=[
        "next one",
        "year given",
        "weekday",
        "ahead already",
        "year alone",
        "quarter",
        "quarter just over",
        "season",
        "half",
        "end of the year",
        "from a weekday",
        "ended",
        "agreed",
        "short year",
        "last month",
        "last May",
        "ago",
        "no such day",
        "lately",
        "long ago",
        "taken up",
    ],
)
def test_bare_month_of_what_is_to_come_is_the_next_one(day: str, text: str, expected: str) -> None:
    assert settle_day(day, text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "before", "words", "day"),
    [
        ("It made $5 million in the same month last year.", ["2024-05"], "the same month last year", "2023-05"),
        ("In the same month a year earlier it lost.", ["2024-05-03"], "the same month a year earlier", "2023-05"),
        ("In the same month of 2021, it lost.", ["2024-05"], "the same month of 2021", "2021-05"),
        ("It opened on 16 March 2024 and fell the same day.", [], "the same day", "2024-03-16"),
        ("In Q4 it earned $5 million, up from $3 million a year earlier.", [], "a year earlier", "2023-Q4"),
        ("Sales fell from $3 million in the year-earlier period.", ["2024-Q2"], "the year-earlier period", "2023-Q2"),
        ("In Q1 2025, sales beat those of the prior quarter.", [], "the prior quarter", "2024-Q4"),
        ("In Q2 2024 it lost more than a year ago.", [], "a year ago", "2023-Q2"),
        ("It was founded in 2021, and was bought a year ago.", [], "a year ago", "2024"),
        ("It came in March 2024; a year earlier it had left.", [], "a year earlier", "2023-03"),
        ("On Monday it left, a day after it had sued.", [], "a day after", "2025-02-09"),
        ("It was sold in 2024, six years after its start.", [], "six years after", "2018"),
        ("It opened in March 2021; three months earlier he had left.", [], "three months earlier", "2020-12"),
        ("It had 6 million in January, down from 9 a year before.", ["2023"], "a year before", "2024-01"),
        ("It had $6 million in January, up from $4 million a year ago.", [], "a year ago", "2024-01"),
        ("Sales rose to $5 million in 2023 from $4 million the year before.", [], "the year before", "2022"),
        ("In Q3 it lost more than in the previous year.", [], "the previous year", "2023-Q3"),
        ("It has 3 million users, up from 2 a year ago.", [], "a year ago", "2024"),
        ("Three months ended June 30, 2024: sales rose.", [], "Three months ended June 30, 2024", "2024-Q2"),
    ],
)
def test_day_is_counted_as_the_words_around_say(text: str, before: list[str], words: str, day: str) -> None:
    assert (words, day) in [(text[start:end], value) for (start, end), value in find_days(text, TODAY, before)]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("The same week last year, it opened.", ["2024-03-29"]),
        ("The same year of 2023, it opened.", ["2024"]),
        ("The same day of 2023, it opened.", ["2024-02-29"]),
    ],
)
def test_words_that_name_no_such_day_take_up_none(text: str, before: list[str]) -> None:
    assert not [day for (start, _), day in find_days(text, TODAY, before) if start == 0]


@pytest.mark.parametrize("text", ["2021: It is founded.", "2021 – Vireo buys it.", "(2021)"])
def test_year_heads_a_line_of_a_chronology(text: str) -> None:
    assert [day for _, day in find_days(text, TODAY)] == ["2021"]


def test_month_behind_a_year_heads_a_line_of_a_chronology() -> None:
    assert [day for _, day in find_days("2021, May: It is founded.", TODAY)] == ["2021-05"]


def test_sum_of_a_year_ago_is_mostly_that_of_a_quarter() -> None:
    assert find_days("It earned $5 million, up from $3 million a year ago.", TODAY) == []


def test_many_days_take_no_long_time() -> None:
    begun = time.process_time()
    assert len(find_days("On 16 March 2024, the same day " * 3_000, TODAY)) == 9_000
    assert time.process_time() - begun < 2
