"""Configuration of the wiring itself."""

from django.apps import AppConfig


class MusrenbangConfig(AppConfig):
    name = "musrenbang"

    def ready(self) -> None:
        """Register the checks that run before the platform starts, and what /metrics measures."""
        from musrenbang import checks, measures  # noqa: F401, PLC0415 - needs the settings

        measures.register()
