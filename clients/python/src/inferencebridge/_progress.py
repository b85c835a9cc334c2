"""Progress as a callback or a bar."""

from __future__ import annotations

from typing import Any, Callable, Optional

from ._errors import usage
from ._results import Progress

Callback = Callable[[Progress], Any]


class ProgressSink:
    """Where progress goes.

    Args:
        wanted: a callback; True for a bar of ``tqdm``, where it is installed; None or False for nothing.
    """

    def __init__(self, wanted: Any) -> None:
        self._bar: Any = None
        self._callback: Optional[Callback] = None
        self._last: Optional[Progress] = None
        if wanted is True:
            self._bar = _open_bar()
        elif callable(wanted):
            self._callback = wanted
        elif wanted not in (None, False):
            raise usage("progress", f"progress is {wanted!r}; accepted: a function, True, False or None.")

    def report(self, progress: Progress) -> None:
        if progress == self._last:
            return
        self._last = progress
        if self._callback is not None:
            self._callback(progress)
        if self._bar is not None:
            self._bar.total = progress.planes_total
            self._bar.set_description(progress.stage, refresh=False)
            self._bar.update(progress.planes_received - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _open_bar() -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(unit="plane")
