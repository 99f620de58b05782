"""The shared cache, which may be away: what it would have remembered is then asked for, counted or made again."""

import logging
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
AWAY = (RedisError, OSError)


class RedisOrNothing(RedisCache):
    """Redis' cache; while it is away it remembers nothing, and no page or vote fails because of that.

    What counts in it, how often somebody asks, is then not limited: a meeting goes on, and the log says so. What must
    never be done too often or twice is counted in the database.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The default while it is away."""
        try:
            return super().get(key, default, version)
        except AWAY as error:
            return _away(error, default)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        """Nothing while it is away."""
        try:
            return super().get_many(keys, version)
        except AWAY as error:
            return _away(error, {})

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Forgotten while it is away."""
        try:
            super().set(key, value, timeout, version)
        except AWAY as error:
            _away(error, None)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """As if it had been added."""
        try:
            return bool(super().add(key, value, timeout, version))
        except AWAY as error:
            return bool(_away(error, answer=True))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """As if nothing had been there."""
        try:
            return bool(super().delete(key, version))
        except AWAY as error:
            return bool(_away(error, answer=False))


def _away(error: Exception, answer: Any) -> Any:
    logger.warning("the cache is away (%s); it remembers nothing meanwhile", error)
    return answer
