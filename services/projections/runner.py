"""Windows of up to 10,000 events, one transaction each, the position with the rows.

When a family cannot take a window, the others go on without it: the window is halved until
the event is found that it cannot take, and that event is parked with its error. A family of
money then stands still at its last good position; others skip the event and are incomplete
(architecture §5).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg import Connection, Cursor
from psycopg.rows import TupleRow

from services.collecting import collector_resting
from services.log.errors import UnreadableEventError
from services.log.reading import LoggedEvent
from services.projections.reading import EventReader
from services.projections.window import Family, Window
from services.sql import named_statements

SQL = named_statements("services.projections", "runner.sql")

WINDOW = 10_000
ATTEMPTS = 3

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Runner:
    """Moves families of read tables along the log, on a connection of the tables' owner.

    ``window`` is the most events one transaction takes.
    """

    connection: Connection[TupleRow]
    reader: EventReader
    families: Sequence[Family]
    window: int = WINDOW
    _failures: dict[tuple[str, int], int] = field(default_factory=dict)

    def position(self) -> int:
        """How far every family that is not halted has read."""
        return min(self._running().values(), default=0)

    def run(self, upto: int | None = None) -> int:
        """Take windows until the log's end, or a position, is reached; answer where that is."""
        while (upto is None or self.position() < upto) and self.advance():
            pass
        return self.position()

    def advance(self) -> bool:
        """Take one window; answer whether there was anything to take.

        Raises:
            psycopg.OperationalError: the database does not answer.
        """
        with collector_resting():
            return self._advance()

    def _advance(self) -> bool:
        positions = self._running()
        if not positions:
            return False
        start = min(positions.values())
        try:
            entries = self.reader.read(start, self.window)
        except UnreadableEventError as problem:
            return self._step_over(start, positions, problem)
        if not entries:
            return False
        taken = Window(entries, entries[-1].position)
        if not self._take_together(taken, positions):
            for family in self._named(positions):
                self._isolate(family, taken.after(positions[family.name]))
        return True

    def _take_together(self, window: Window, positions: dict[str, int]) -> bool:
        """The usual case: all families, one transaction."""
        try:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                for family in self._named(positions):
                    family.apply(window.after(positions[family.name]), cursor)
                    self._move(cursor, family, window.stop)
        except psycopg.OperationalError:
            raise
        except Exception:
            logger.exception("a window could not be taken whole", extra={"upto": window.stop})
            return False
        return True

    def _take(self, family: Family, window: Window) -> Exception | None:
        try:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                family.apply(window, cursor)
                self._move(cursor, family, window.stop)
        except psycopg.OperationalError:
            raise
        except Exception as problem:  # noqa: BLE001  # whatever it is, it is parked with its text
            return problem
        return None

    def _isolate(self, family: Family, window: Window) -> bool:
        """Take what can be taken; answer whether the family can go on behind the window."""
        if not window.entries:
            return True
        problem = self._take(family, window)
        if problem is None:
            return True
        if len(window.entries) > 1:
            middle = len(window.entries) // 2
            first = Window(window.entries[:middle], window.entries[middle - 1].position)
            second = Window(window.entries[middle:], window.stop)
            return self._isolate(family, first) and self._isolate(family, second)
        return self._give_up(family, window.entries[0], problem)

    def _give_up(self, family: Family, entry: LoggedEvent, problem: Exception) -> bool:
        """Park an event after some tries; a skipped one, and those of no money, are passed."""
        for _ in range(ATTEMPTS - 1):
            again = self._take(family, Window([entry], entry.position))
            if again is None:
                return True
            problem = again
        text = f"{type(problem).__name__}: {problem}"
        topic = type(entry.event).TOPIC
        return self._park(family, entry.position, topic, text)

    def _park(self, family: Family, position: int, topic: str, error: str) -> bool:
        skipped = self._is_skipped(family, position)
        passed = skipped or not family.halts
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute(
                SQL["park"],
                {
                    "family": family.name,
                    "position": position,
                    "topic": topic,
                    "error": error,
                    "attempts": ATTEMPTS,
                    "skipped": skipped,
                },
            )
            if passed:
                self._move(cursor, family, position)
            else:
                cursor.execute(SQL["halt"], {"family": family.name, "error": error})
        logger.error(
            "an event was parked",
            extra={"family": family.name, "position": position, "error": error},
        )
        return passed

    def _step_over(
        self, start: int, positions: dict[str, int], problem: UnreadableEventError
    ) -> bool:
        """An event no family can read: take what lies before it, then park it for each."""
        poison = problem.position
        if poison is None:
            raise problem
        before = self.reader.read_before(poison, start)
        if before:
            window = Window(before, before[-1].position)
            if not self._take_together(window, positions):
                for family in self._named(positions):
                    self._isolate(family, window.after(positions[family.name]))
            return True
        for family in self._named(positions):
            self._park(family, poison, problem.topic, str(problem))
        return True

    def _is_skipped(self, family: Family, position: int) -> bool:
        row = self.connection.execute(
            SQL["is_skipped"], {"family": family.name, "position": position}
        ).fetchone()
        return row is not None

    def _running(self) -> dict[str, int]:
        return dict(self.connection.execute(SQL["running"]).fetchall())

    def _named(self, positions: dict[str, int]) -> list[Family]:
        return [family for family in self.families if family.name in positions]

    def _move(self, cursor: Cursor[TupleRow], family: Family, position: int) -> None:
        cursor.execute(SQL["move"], {"family": family.name, "position": position})
