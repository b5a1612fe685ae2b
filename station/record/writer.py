"""The one writer of the database: a thread of its own, and one commit for all that waits."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from station.faults import DiskFull, Fault, RecordBroken, RecordNewer
from station.record import search_schema
from station.record.schema import migrations

T = TypeVar("T")

BUSY_S = 10.0
"""How long a write waits for a reader that locks the database, in seconds."""


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Database], Any]
    future: Future[Any]


class Writer:
    """Carries out what is given to it in order; a future is done only once it is committed.

    Writes that wait while another is being flushed share one commit, so that sixteen slots cost
    one flush of the disk at a time and not sixteen.
    """

    def __init__(self, path: Path) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate, self._is_closed = threading.Lock(), False
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._live, args=(path, opened), name="record", daemon=True
        )
        self._thread.start()
        opened.result()

    async def write(self, work: Callable[[Database], T]) -> T:
        """Carry `work` out in a transaction and return what it returned, once it is on disk.

        A cancelled caller does not undo the write.

        Raises:
            DiskFull, RecordBroken: nothing of it is on disk; also when the record is closed.
            Fault: raised by `work` itself; nothing of it is on disk.

        """
        future: Future[T] = Future()
        with self._gate:
            if self._is_closed:
                raise RecordBroken("it is closed")
            self._jobs.put(_Job(work, future))
        return await asyncio.shield(asyncio.wrap_future(future))

    def close(self) -> None:
        """Finish what was given, then close the file; safe to call twice."""
        with self._gate:
            if not self._is_closed:
                self._jobs.put(None)
            self._is_closed = True
        self._thread.join()

    def _live(self, path: Path, opened: Future[None]) -> None:
        try:
            db = open_database(path)
        except BaseException as exc:  # noqa: BLE001 - told to whoever opened the record
            opened.set_exception(exc)
            return
        opened.set_result(None)
        try:
            while (batch := self._next_batch())[-1:] != [None]:
                _commit(db, [job for job in batch if job])
            _commit(db, [job for job in batch if job])
        finally:
            db.close()

    def _next_batch(self) -> list[_Job | None]:
        batch = [self._jobs.get()]
        while batch[-1] is not None:
            try:
                batch.append(self._jobs.get_nowait())
            except queue.Empty:
                break
        return batch


def open_database(path: Path) -> Database:
    """Open the record for writing, and bring its shape up to date.

    Raises:
        RecordNewer: a later version of the station wrote it.
        RecordBroken, DiskFull: it can't be opened or written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = Database(sqlite3.connect(path, timeout=BUSY_S))
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("pragma foreign_keys = on")
        db.execute("pragma trusted_schema = off")
        _refuse_newer(db)
        migrations.apply(db)
    except (sqlite3.Error, OSError) as exc:
        raise fault_of(exc) from exc
    return db


def _refuse_newer(db: Database) -> None:
    known = {migration.name for migration in migrations.pending(db)}
    known |= {step.name for step in migrations._migrations}  # noqa: SLF001 - no public list of all
    if unknown := {step.name for step in migrations.applied(db)} - known:
        raise RecordNewer(", ".join(sorted(unknown)))


def _commit(db: Database, batch: list[_Job]) -> None:
    if not batch:
        return
    results: list[tuple[Future[Any], Any, BaseException | None]] = []
    try:
        with db.atomic():
            results = [(job.future, *_attempt(db, job)) for job in batch]
            search_schema.index(db)
    except sqlite3.Error as exc:
        fault = fault_of(exc)
        results = [(job.future, None, fault) for job in batch]
    for future, result, error in results:
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def _attempt(db: Database, job: _Job) -> tuple[Any, BaseException | None]:
    try:
        with db.atomic():
            return job.work(db), None
    except sqlite3.Error as exc:
        if not db.conn.in_transaction:  # the error has undone the whole batch
            raise
        return None, fault_of(exc)
    except Exception as exc:  # noqa: BLE001 - belongs to whoever asked for this write
        return None, exc


def fault_of(exc: sqlite3.Error | OSError) -> Fault:
    """Name what SQLite or the file system said (codes: sqlite.org/rescode.html)."""
    code = getattr(exc, "sqlite_errorcode", None)
    full = code is not None and code & 0xFF == sqlite3.SQLITE_FULL
    if full or getattr(exc, "errno", None) == 28:  # ENOSPC
        return DiskFull(str(exc))
    return RecordBroken(str(exc))
