"""Django behind the bridge of fixed threads with kept connections, beside Django's own ASGI handler (decision 0001)."""

from benchmarks.floor import set_up
from benchmarks.load import answers_per_second, serving

PATHS = {"no query (/healthz)": "/healthz", "a list of regions": "/api/v1/regions/?level=province"}


def bridge() -> object:
    """The application as it is."""
    set_up()
    from django.conf import settings

    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    from musrenbang.asgi import application

    return application


def handler() -> object:
    """Django's own handler. A connection a request: kept ones leak there, since its threads come and go."""
    set_up()
    from django.conf import settings
    from django.core.asgi import get_asgi_application

    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    return get_asgi_application()


if __name__ == "__main__":
    speeds = {}
    for make in (handler, bridge):
        with serving(make) as port:
            speeds[make] = {name: answers_per_second(port, path) for name, path in PATHS.items()}
    for name in PATHS:
        ours, floor = speeds[bridge][name], speeds[handler][name]
        print(f"  {name:<44} {ours / floor:6.2f} x Django's ASGI handler  ({ours:.0f} / {floor:.0f} answers a second)")
