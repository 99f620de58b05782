"""Write docs/stages.md from the table of moves."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from proposals.stages_page import page


class Command(BaseCommand):
    """`manage.py print_stages`."""

    help = "Write docs/stages.md from the table of moves (proposals/stages.py)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        target = settings.BASE_DIR / "docs" / "stages.md"
        target.write_text(page(), encoding="utf-8")
        self.stdout.write(f"{target.relative_to(settings.BASE_DIR)}: written")
