"""Loading the sample year into a store: from nothing, or from where it was broken off.

Acts are done in the order of their moments, with the clock standing at each. What is behind
the log's last moment is done; the act at that moment is done again, which changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from domain.errors import MonitoringError
from domain.store import Store, StoreKind, WrongStoreError
from ops.demo.clock import VirtualClock
from ops.demo.desk import Desk, command
from ops.demo.sample import Sample
from ops.demo.settling import LAST_ACT
from ops.demo.story import LABEL
from ops.demo.timetable import Step, timetable
from services.bootstrap import Services
from services.leading import Leadership
from services.log.application import Log
from services.readmodel.lookups import Lookups

LOADER = 7_041_101
"""The advisory lock of who loads the sample."""

Progress = Callable[[str], None]


class OtherSampleError(MonitoringError):
    """The store holds another sample."""

    code = "other_sample"

    def __init__(self, known: Sample, wanted: Sample) -> None:
        super().__init__(
            f"本数据目录已有种子{known.seed}、规模{known.scale}的演示数据，"
            f"不能再装入种子{wanted.seed}、规模{wanted.scale}的。"
            f"请用相同的参数，或用 JIXIAO_DATA_DIR 另指一个空目录。"
        )


class LoadingElsewhereError(MonitoringError):
    """Another process is loading the sample."""

    code = "loading_elsewhere"

    def __init__(self) -> None:
        super().__init__("另一个进程正在装入演示数据，请等它完成后重试。")


def sample_on_record(log: Log) -> Sample | None:
    """Which sample the store holds; None while the log is empty.

    Raises:
        WrongStoreError: the store is neither empty nor a demo.
    """
    first = log.stream(Store.create_id())
    if not first:
        if log.head() > 0:
            raise WrongStoreError(StoreKind.REAL, StoreKind.DEMO)
        return None
    log.get(Store, Store.create_id()).require(StoreKind.DEMO)
    return Sample.read(first[0].meta.source)


def choose(log: Log, seed: int | None, scale: int | None) -> Sample:
    """The sample to load: as asked for, else the one on record, else the default one.

    Raises:
        OtherSampleError: another one is on record.
        WrongStoreError: the store is neither empty nor a demo.
    """
    known = sample_on_record(log)
    usual = known or Sample()
    wanted = Sample(usual.seed if seed is None else seed, usual.scale if scale is None else scale)
    if known is not None and known != wanted:
        raise OtherSampleError(known, wanted)
    return wanted


def is_complete(log: Log, sample: Sample) -> bool:
    """Whether the last act is on record."""
    return log.answered(command(sample, LAST_ACT)) is not None


def load(services: Services, clock: VirtualClock, sample: Sample, progress: Progress) -> None:
    """Bring the store up to the end of the sample year; a complete one is left alone.

    Raises:
        LoadingElsewhereError: another process is at it.
    """
    if is_complete(services.log, sample):
        return
    with Leadership(services.database.worker_url, LOADER) as leadership:
        if not leadership.try_lead():
            raise LoadingElsewhereError
        progress(f"正在装入{LABEL}：种子{sample.seed}，规模{sample.scale}……")
        try:
            _load(services, clock, sample, progress)
        finally:
            clock.let_go()
        services.projector.catch_up()


def _load(services: Services, clock: VirtualClock, sample: Sample, progress: Progress) -> None:
    with closing(Lookups(services.database.web_url)) as lookups:
        desk = Desk(services, lookups, sample)
        services.projector.catch_up()
        steps = timetable(sample)
        done_before = _resume_from(services.log, steps)
        for step in steps:
            if done_before is not None and step.at < done_before:
                continue
            clock.set(step.at)
            step.act(desk)
            if step.told is not None:
                progress(f"{step.at:%Y-%m-%d} {step.told}")


def _resume_from(log: Log, steps: list[Step]) -> datetime | None:
    """The moment of the last append, from which acts are done again; None: do them all.

    All of them too where somebody else wrote after the sample's time: each is safe to repeat.
    """
    head = log.head()
    if head == 0:
        return None
    last = log.read(head - 1, 1)[0].recorded_at
    return last if last <= steps[-1].at else None
