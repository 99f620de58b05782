"""Configuration of the wiring itself."""

from django.apps import AppConfig


class MusrenbangConfig(AppConfig):
    name = "musrenbang"

    def ready(self) -> None:
        """Register the checks that run before the platform starts."""
        from musrenbang import checks  # noqa: F401, PLC0415 - needs the settings
