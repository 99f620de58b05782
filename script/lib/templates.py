"""Compile every template of the rooms; exit 1 with each one that does not compile."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.template import TemplateDoesNotExist, TemplateSyntaxError, loader  # noqa: E402

wrong = []
for folder in sorted(settings.BASE_DIR.glob("*/templates")):
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        try:
            loader.get_template(str(path.relative_to(folder)))
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            wrong.append(f"{path}: {error}")
sys.exit("\n".join(wrong) or 0)
