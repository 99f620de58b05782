"""Sets the pages of a paper, in a process of its own: `python typeset.py < job.json > paper.pdf`.

What is set was typed by many hands, so whoever sets it knows no database and no secret, opens no address and ends by itself:
its memory and its seconds are bounded by the kernel. The job is `{"html", "css", "assets": {name: path}, "variant"}`; only
`asset:///name` is ever opened. The first line printed is the number of pages. Without Django, and without anything of
this project. With `SOURCE_DATE_EPOCH` in its environment the same job gives the same octets.
"""

import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

MEMORY_MAX = 3 * 1024 * 1024 * 1024
SECONDS_MAX = 240
_SCHEME = "asset:///"


class OwnAssets(URLFetcher):
    """Opens the assets of the job and nothing else: no file, no network, no data, whatever somebody wrote into a title."""

    def __init__(self, assets: dict[str, str]) -> None:
        super().__init__(allowed_protocols=())
        self.assets = assets

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - as the library calls it
        """The asset of this name; ValueError for everything else, which the library takes for a picture that is not there."""
        path = self.assets.get(url.removeprefix(_SCHEME)) if url.startswith(_SCHEME) else None
        if path is None:
            raise ValueError("a paper loads nothing from elsewhere")
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": "font/woff2"})


def typeset(job: dict[str, Any]) -> tuple[bytes, int]:
    """The octets of the PDF, and its pages."""
    fonts, fetcher = FontConfiguration(), OwnAssets(job["assets"])
    style = CSS(string=job["css"], font_config=fonts, url_fetcher=fetcher)
    pages = HTML(string=job["html"], url_fetcher=fetcher).render(stylesheets=[style], font_config=fonts, pdf_variant=job["variant"])
    return pages.write_pdf(pdf_variant=job["variant"]), len(pages.pages)


def _bounded() -> None:
    """From here on the kernel ends this process when it takes too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the job from standard input, print pages and PDF."""
    _bounded()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    content, pages = typeset(json.load(sys.stdin))
    sys.stdout.buffer.write(b"%d\n" % pages + content)


if __name__ == "__main__":
    main()
