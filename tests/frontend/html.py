"""A strict reader of our own pages: every tag closed where it was opened, no id twice, nothing inline."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: Shapes that are written as empty elements, as SVG allows.
EMPTY_SHAPES = {"path", "circle", "rect", "use", "stop", "line", "ellipse", "polygon", "polyline"}

#: Attributes that reach people, besides the sentences that scripts find in `data-text-…`.
SPOKEN = {"title", "aria-label", "placeholder", "alt", "data-label", "data-busy", "data-rest"}


@dataclass
class Reading(HTMLParser):
    """What was found; `faults` are sentences, `text` is everything a person reads, with its language."""

    faults: list[str] = field(default_factory=list)
    open_tags: list[tuple[str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    text: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        self._look(tag, dict(attrs), attrs)
        if tag not in VOID:
            self.open_tags.append((tag, dict(attrs).get("lang") or (self.open_tags[-1][1] if self.open_tags else "")))

    def handle_startendtag(self, tag, attrs):
        self._look(tag, dict(attrs), attrs)
        if tag not in VOID | EMPTY_SHAPES:
            self.faults.append(f"<{tag}/> is not an empty element")

    def _look(self, tag, found, attrs):
        if len(found) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if "style" in found or tag == "style":
            self.faults.append(f"<{tag}> carries a style of its own")
        if any(name.startswith("on") for name in found):
            self.faults.append(f"<{tag}> carries a script of its own")
        if tag == "script" and "src" not in found:
            self.faults.append("a script stands in the page")
        if (name := found.get("id")) is not None:
            if not name or name in self.ids:
                self.faults.append(f"the id {name!r} is empty or stands twice")
            self.ids.add(name)
        if tag == "img" and "alt" not in found:
            self.faults.append("a picture has no words")
        language = found.get("lang") or (self.open_tags[-1][1] if self.open_tags else "")
        told = [name for name in found if name in SPOKEN or name.startswith("data-text-")]
        self.text += [(language, found[name]) for name in told if found[name] and tag != "path"]

    def handle_endtag(self, tag):
        if not self.open_tags or self.open_tags[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.open_tags[-1][0] if self.open_tags else 'nothing'}")
            return
        self.open_tags.pop()

    def handle_data(self, data):
        if data.strip() and self.open_tags and self.open_tags[-1][0] != "script":
            self.text.append((self.open_tags[-1][1], data.strip()))


def read(page: str) -> Reading:
    """Read a whole page."""
    reading = Reading()
    reading.feed(page)
    reading.close()
    reading.faults += [f"<{tag}> is never closed" for tag, _language in reading.open_tags]
    return reading
