"""A window that keeps watch: console errors, requests to foreign hosts, bytes on the wire, axe's findings."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request

from tests import cast
from tests.server import LiveServer

#: Where screenshots go; two widths of every page, to be looked at.
SHOTS = Path(settings.VAR) / "shots"
PHONE, DESK = 360, 1280
FIRST_VIEW, FIRST_VIEW_OF_MAP = 100_000, 200_000
#: The page's own word that every behaviour has begun; a page without our script (a library's) has none to wait for.
#: A function and not an expression: our policy forbids the page to evaluate text again and again.
BEGUN = "() => !document.querySelector('script[src*=\"/app.\"]') || 'begun' in document.documentElement.dataset"


@dataclass
class Window:
    """One page of one person. `complaints` must stay empty."""

    page: Page
    site: LiveServer
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    wire: int = 0

    def watch(self) -> "Window":
        """Listen to the console, to every request, and to the bytes that arrive."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("request", self._asked)
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": False})
        wire.on("Network.loadingFinished", lambda event: self._arrived(event["encodedDataLength"]))
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text} at {message.location.get('url', '')}")

    def _asked(self, request: Request) -> None:
        ours = (self.site.url, self.site.ws, "data:", "blob:", "about:")
        if not request.url.startswith(ours):
            self.complaints.append(f"foreign request: {request.url}")

    def _arrived(self, size: float) -> None:
        self.wire += int(size)

    def visit(self, path: str, *, most: int | None = None) -> int:
        """Open a page of ours; with `most`, its first view may not cost more bytes. Returns the bytes."""
        before = self.wire
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        self.page.wait_for_load_state("networkidle")
        self.settle()
        cost = self.wire - before
        if most is not None:
            assert cost <= most, f"the first view of {path} cost {cost} bytes"
        return cost

    def settle(self) -> None:
        """Wait until the page that stands has arrived whole and its behaviours have begun: before that nobody listens to what is typed."""
        self.page.wait_for_load_state("load")
        if self.scripts:
            self.page.wait_for_function(BEGUN)

    def press(self, button: Locator) -> None:
        """Press what leads to another page (or to this one anew), and wait for that page."""
        with self.page.expect_navigation(wait_until="load"):
            button.click()
        self.settle()

    def sign_in(self, username: str, password: str = cast.PASSWORD) -> None:
        """As a person does: the form, name and password."""
        self.visit("/akun/masuk/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.press(self.page.locator("main").get_by_role("button", name="Masuk", exact=True))
        assert self.page.url.endswith("/akun/"), f"{username} was not let in: {self.page.url}"

    def refused(self, status: int) -> None:
        """The last step was meant to be refused: what the console says of that status is no complaint."""
        ends = time.monotonic() + 5
        while not any(f"status of {status}" in one for one in self.complaints) and time.monotonic() < ends:
            self.page.wait_for_timeout(50)  # the console's word may come after the page
        kept = [one for one in self.complaints if f"status of {status}" not in one]
        assert len(kept) < len(self.complaints), f"nothing was refused with {status}"
        self.complaints[:] = kept

    def shoot(self, name: str) -> None:
        """Keep a picture of the whole page."""
        self.settle()
        SHOTS.mkdir(parents=True, exist_ok=True)
        width = (self.page.viewport_size or {"width": 0})["width"]
        self.page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)

    def check(self) -> None:
        """No finding of axe, no sideways scroll, no complaint so far."""
        self.settle()
        assert not self.complaints, self.complaints
        findings = Axe().run(self.page).response["violations"]
        told = [f"{one['id']}: {one['help']} ({', '.join(str(node['target']) for node in one['nodes'][:3])})" for one in findings]
        assert not told, f"{self.page.url}: {told}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        # axe tries styles that our policy forbids: what the console says of that is not the page's
        self.complaints.clear()


def window(context: BrowserContext, site: LiveServer, *, scripts: bool = True) -> Window:
    """A watched window in a context of its own; without `scripts` it waits for none."""
    return Window(context.new_page(), site, scripts).watch()
