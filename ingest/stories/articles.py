"""The articles of a story as a feed's pages would give them: nothing says which are copies or versions of others."""

from graph.ids import make_article_id, make_source_id
from graph.records import Article, Source
from ingest.network.addresses import find_host
from ingest.stories.records import Story, StoryArticle


def make_articles(story: Story) -> dict[str, Article]:
    """The articles by file, in order of time. Which version of its page each is, the archive finds out."""
    return {article.file: _make_article(article, story.texts[article.file]) for article in story.articles}


def _make_article(article: StoryArticle, text: str) -> Article:
    domain = find_host(article.url).removeprefix("www.")
    return Article(
        id=make_article_id(article.url, text),
        url=article.url,
        source=Source(make_source_id(domain), article.source, domain, article.source_kind, article.lang),
        title=text.partition("\n")[0],
        text=text,
        lang=article.lang,
        published_at=article.published_at,
        fetched_at=article.published_at,
    )
