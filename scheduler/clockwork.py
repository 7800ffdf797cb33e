"""APScheduler wakes; one process of many leads; a job that fails is told and tried again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.timetable import TIMETABLE, Job
from services.access.on_record import on_record
from services.access.present import being
from services.access.visitor import HOUSE, Visitor
from services.access.within import within
from services.bootstrap import Services
from services.clock import SHANGHAI
from services.leading import SCHEDULER, Leadership

logger = logging.getLogger(__name__)

LOOK_AGAIN_MINUTES = 10
"""Between the hours of the timetable it is looked whether something is due all the same: the
machine may have slept, its clock been moved, the last try failed."""


@dataclass(frozen=True, slots=True)
class JobRun:
    """How a job went last."""

    name: str
    started_at: datetime
    seconds: float
    outcome: str
    failed: bool


class Clockwork:
    """Runs the timetable in the process that leads."""

    def __init__(self, services: Services, timetable: tuple[Job, ...] = TIMETABLE) -> None:
        self._services = services
        self._timetable = timetable
        self._leadership = Leadership(services.database.worker_url, SCHEDULER)
        self._turn = threading.Lock()
        self.last_runs: dict[str, JobRun] = {}
        self._scheduler = BackgroundScheduler(
            timezone=SHANGHAI,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for job in timetable:
            self._scheduler.add_job(
                self.wake, CronTrigger.from_crontab(job.cron, SHANGHAI), [job], id=job.name
            )
        self._scheduler.add_job(
            self.wake_all, IntervalTrigger(minutes=LOOK_AGAIN_MINUTES), id="look again"
        )

    def start(self) -> None:
        """Begin, and look at once what became due while nobody ran."""
        self._scheduler.start()
        self._scheduler.add_job(self.wake_all, id="at start")

    def stop(self) -> None:
        """End, and wait for the job in hand."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self._leadership.leave()

    def wake_all(self) -> None:
        """Let every job look whether something is due."""
        for job in self._timetable:
            self.wake(job)

    def wake(self, job: Job) -> None:
        """Run one job if this process leads; two wakings never overlap."""
        with self._turn:
            if self._leads():
                self._run(job)

    def _leads(self) -> bool:
        try:
            return self._leadership.try_lead()
        except psycopg.OperationalError as problem:
            logger.warning("scheduler cannot reach the database", extra={"error": str(problem)})
            return False

    @contextmanager
    def _on_record(self, job: Job, now: datetime) -> Iterator[None]:
        """Be the timetable, and let the audit know what was done."""
        person = within("定时任务")
        visitor = Visitor(HOUSE, "", uuid4().hex, now)
        trail = self._services.sign_in_desk.audit
        with being(person), on_record(trail, person, visitor, job.name):
            yield

    def _run(self, job: Job) -> None:
        started_at, began = self._services.clock(), time.monotonic()
        failed = False
        try:
            with self._on_record(job, started_at):
                outcome = job.run(self._services, started_at)
        except Exception as problem:  # whatever it is: told here, tried again at the next look
            logger.exception("a job failed", extra={"job": job.name})
            outcome, failed = str(problem), True
        seconds = time.monotonic() - began
        self.last_runs[job.name] = JobRun(job.name, started_at, seconds, outcome, failed)
        logger.info("job done", extra={"job": job.name, "outcome": outcome, "failed": failed})
