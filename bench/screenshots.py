"""Pictures of the pages: `python bench/screenshots.py ADDRESS FOLDER [NAME…]`, a running `claimgraph demo` given.

Each page in both languages, light and dark, wide and narrow, as readers see it; needs Chromium.
"""

import json
import sys
import urllib.request
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
_SIZES = {"wide": (1280, 900), "narrow": (320, 700)}
_LOCALES = {"en": "en-GB", "ja": "ja-JP"}


def main(address: str, folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pages = {name: path for name, path in find_pages(address).items() if not names or name in names}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for lang, scheme, size in product(_LOCALES, ("light", "dark"), _SIZES):
            width, height = _SIZES[size]
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="light" if scheme == "light" else "dark",
                locale=_LOCALES[lang],
            )
            for name, path in pages.items():
                page.goto(address + path)
                page.wait_for_load_state("networkidle")  # the editor and the drawing
                page.screenshot(path=folder / f"{name}-{lang}-{scheme}-{size}.png", full_page=True)
            page.close()
        browser.close()


def find_pages(address: str) -> dict[str, str]:
    """A page of each kind, by what the store holds."""
    claims = ask(address, "/api/v1/search?limit=100&q=type:allegation")["claims"]
    chain = max(claims, key=lambda claim: len(claim["claimants"]))
    matter = ask(address, "/api/v1/matters?limit=1&about=deepseek&type=allegation")["matters"][0]
    counted = ask(address, "/api/v1/matters?limit=1&about=deepseek&type=compute")["matters"][0]
    figures = ask(address, "/api/v1/search?limit=100&q=type:cost+lang:ja")["claims"]
    return {
        "home": "/",
        "search": "/search?q=type:allegation",
        "nothing": "/search?q=zebra+lang:ja",
        "claim": f"/claims/{chain['id']}",
        "figure": f"/claims/{next((claim for claim in figures if claim['quantity']), chain)['id']}",
        "matters": "/matters",
        "matter": f"/matters/{matter['id']}",
        "matter-figures": f"/matters/{counted['id']}",
        "story": "/story?q=deepseek+openai",
        "article": f"/articles/{chain['article']['id']}",
        "article-ja": f"/articles/{ask(address, '/api/v1/search?q=lang:ja')['claims'][0]['article']['id']}",
        "entity": "/entities/deepseek",
        "source": f"/sources/{chain['article']['source']['id']}",
        "sources": "/sources",
        "feeds": "/feeds",
        "status": "/status",
        "contradictions": "/contradictions",
        "ledger": "/ledger",
        "figures": "/figures?q=deepseek",
        "missing": "/claims/nowhere",
        "explore": "/explore?start=deepseek&open=deepseek&open=openai",
        "cypher": "/cypher?q=MATCH+(c:Claim)-[:CLAIMED_BY]->(who:Entity)+RETURN+who.name+AS+who,+count(*)+AS+claims"
        "+ORDER+BY+claims+DESC",
    }


def ask(address: str, path: str) -> dict[str, Any]:
    """What the API answers."""
    with urllib.request.urlopen(address + path) as answer:
        return dict(json.load(answer))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
