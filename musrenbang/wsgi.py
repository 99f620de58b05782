"""The Django side, for the fixed pool of HTTP threads and for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")

application = get_wsgi_application()
