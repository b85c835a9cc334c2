"""When and how often a call is made again."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from ._errors import InferenceBridgeError, usage


@dataclass(frozen=True)
class Retry:
    """What is safe to repeat is tried again when the connection fails or the server is busy or stopping: a call of the
    catalogue, or a job of which no result has arrived.

    Attributes:
        attempts: attempts in all, the first included (1 to 100); 1 never tries again.
        base_delay_s: first pause in seconds (0 to 3600); pauses double, with jitter.
        max_delay_s: longest pause in seconds (``base_delay_s`` to 86400).
    """

    attempts: int = 4
    base_delay_s: float = 0.5
    max_delay_s: float = 10.0

    def __post_init__(self) -> None:
        if not 1 <= self.attempts <= 100:
            raise usage("retry.attempts", f"retry.attempts is {self.attempts}; accepted: 1 to 100.")
        if not 0 <= self.base_delay_s <= 3600:
            raise usage("retry.base_delay_s", f"retry.base_delay_s is {self.base_delay_s}; accepted: 0 to 3600.")
        if not self.base_delay_s <= self.max_delay_s <= 86400:
            raise usage(
                "retry.max_delay_s", f"retry.max_delay_s is {self.max_delay_s}; accepted: {self.base_delay_s} to 86400."
            )

    def pause(self, attempt: int) -> float:
        """Seconds to wait after the given attempt, counted from 1."""
        return min(self.max_delay_s, self.base_delay_s * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))

    def may_repeat(self, attempt: int, error: InferenceBridgeError) -> bool:
        return error.is_transient and attempt < self.attempts

    def call(self, action):
        """Runs an action that is safe to repeat."""
        attempt = 1
        while True:
            try:
                return action()
            except InferenceBridgeError as error:
                if not self.may_repeat(attempt, error):
                    raise
            time.sleep(self.pause(attempt))
            attempt += 1
