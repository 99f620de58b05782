"""Work for processes of their own, which know no framework."""

import os
import signal


def killed(_batch: object) -> None:
    """A worker that the system ends."""
    os.kill(os.getpid(), signal.SIGKILL)
