"""The only file that knows two threads: the engine's loop and Qt's."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from itertools import islice

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.desk import Commands, Post
from station.faults import Bug, Fault
from station.model import Event, Halted, Refused, Trouble

BATCH = 500
"""Events handed over at once: folding them takes some 5 ms, well under a dropped frame or two."""

Serve = Callable[[Post, Callable[[Commands], None]], Awaitable[None]]
Order = Callable[[Commands], Coroutine[None, None, None]]

_log = logging.getLogger(__name__)


class EventBridge(QObject):
    """Carries events to the GUI thread: in order, none lost, many to one wake-up.

    `arrived` carries a list of events and is emitted on the GUI thread.
    """

    arrived = Signal(list)
    _pending = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._events: deque[Event] = deque()
        self._lock = threading.Lock()
        self._pending.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def post(self, event: Event) -> None:
        """Queue `event`; called on any thread, and never waits for the screen."""
        with self._lock:
            asleep = not self._events
            self._events.append(event)
        if asleep:
            self._pending.emit()

    @Slot()
    def _drain(self) -> None:
        with self._lock:
            batch = list(islice(self._events, BATCH))
        self.arrived.emit(batch)
        with self._lock:
            for _ in batch:
                self._events.popleft()
            more = bool(self._events)
        if more:
            self._pending.emit()


class EngineThread(QObject):
    """Runs `serve` under `asyncio.run` on a thread of its own.

    `ready` tells that commands can be given, `ended` that the thread is over. What ends the engine
    against its will is posted as `Halted`, so that the screen says it as it says any other trouble.
    """

    ready = Signal()
    ended = Signal()

    def __init__(self, serve: Serve, post: Post) -> None:
        super().__init__()
        self._serve = serve
        self._post = post
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._commands: Commands | None = None
        self._cancelled = False
        self._failed = False
        # A daemon: should the engine hang, the process can still end. The journal is made for that.
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    @property
    def failed(self) -> bool:
        """Whether the engine ended against its will."""
        return self._failed

    def start(self) -> None:
        """Begin, and return at once: the engine's modules load on its thread. Twice is once."""
        if self._thread.ident is None:
            self._thread.start()

    def alive(self) -> bool:
        return self._thread.is_alive()

    def order(self, order: Order) -> bool:
        """Have `order` carried out on the engine's loop; False when it can take none now."""
        with self._lock:
            loop, commands = self._loop, self._commands
            if loop is None or commands is None:
                return False
            asyncio.run_coroutine_threadsafe(order(commands), loop).add_done_callback(self._done)
        return True

    def cancel(self) -> None:
        """Ask the engine to end; `ended` tells when it has. Twice is once: it may be closing by then."""
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            if self._loop is not None and self._task is not None:
                self._loop.call_soon_threadsafe(self._task.cancel)

    def stop(self, within_s: float) -> bool:
        """Cancel the engine and wait for it; say whether it ended in time."""
        self.cancel()
        if self._thread.ident is not None:
            self._thread.join(within_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except asyncio.CancelledError:
            pass
        except Exception as error:  # noqa: BLE001 the window must hear of whatever it was
            self._failed = True
            self._post(Halted(_trouble(error)))
        finally:
            self.ended.emit()

    async def _main(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.current_task()
            cancelled = self._cancelled
        try:
            if not cancelled:
                await self._serve(self._post, self._take)
        finally:
            with self._lock:
                self._loop = self._task = self._commands = None

    def _take(self, commands: Commands) -> None:
        with self._lock:
            self._commands = commands
        self.ready.emit()

    def _done(self, future: Future[None]) -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None:
            self._post(Refused(_trouble(error)))


_KEPT: deque[QObject] = deque(maxlen=64)
"""The last asides, whoever asked: one must not be taken apart on its own thread while that ends."""
_QUESTION = "question"


def asking() -> bool:
    """Tell whether a question is still being answered on a thread of its own."""
    return any(thread.name == _QUESTION for thread in threading.enumerate())


class Aside(QObject):
    """Asks one slow question on a thread of its own; `answered` or `failed` tells the GUI thread."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, question: Callable[[], object]) -> None:
        super().__init__()
        self._question = question

    def ask(self) -> None:
        _KEPT.append(self)
        threading.Thread(target=self._run, name=_QUESTION, daemon=True).start()

    def _run(self) -> None:
        try:
            answer = self._question()
        except Exception as error:  # noqa: BLE001 whoever asked must hear of whatever it was
            self.failed.emit(_trouble(error))
        else:
            self.answered.emit(answer)


def _trouble(error: BaseException) -> Trouble:
    if isinstance(error, Fault):
        return error.trouble
    _log.error("a bug of ours", exc_info=error)
    return Bug(type(error).__name__).trouble
