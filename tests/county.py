"""A small county on record, for tests of what people see: five projects in three units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from domain.alert import Cause, Explanation
from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.identity import indicator_id, target_id
from domain.importing import FileKey, Import, ImportKind, Tally
from domain.indicator import Achievement, Comparator, Indicator, Kind, Measured, TargetValue
from domain.monitoring_round import MonitoringRound
from domain.payment import Payment, PaymentLine, VoucherKey, VoucherKind
from domain.plan import Checkpoint, SpendingPlan
from domain.store import StoreKind
from domain.target import Target
from services.alerting import explain
from services.bootstrap import Services
from services.database.connect import Database
from services.declaring import add_fund_line, declare, open_round
from services.evaluating import Evaluator
from services.founding import found
from services.log.application import Log
from services.log.meta import Meta
from services.projections.projector import Projector
from services.readmodel.lookups import Lookups
from services.readmodel.readmodel import ReadModel
from services.settings import Settings

REGION = "130199000"
YEAR = 2025
META = Meta("tester", None, "test")
QUARTERS = SpendingPlan(
    tuple(
        Checkpoint(date(YEAR, month, day), Decimal(share))
        for month, day, share in ((3, 31, "0.25"), (6, 30, "0.5"), (10, 31, "0.75"), (12, 31, "1"))
    )
)
LONG = (
    "县级公立医院综合改革与基层医疗卫生服务能力提升暨村卫生室标准化建设补助资金（含上年结转及追加）"
)
LAGGING, GOOD, STALLED, LATE, LONG_NAMED = "1001", "1002", "2001", "2002", "3001"


@dataclass
class VirtualClock:
    """Stands where the story stands."""

    now: datetime = field(default_factory=lambda: datetime(YEAR, 1, 2, 1, tzinfo=UTC))

    def __call__(self) -> datetime:
        """The moment of recording, never the same twice."""
        self.now += timedelta(seconds=1)
        return self.now

    def go_to(self, day: date) -> None:
        """Go forward to the morning of a day."""
        morning = datetime.combine(day, time(1), UTC)
        self.now = max(self.now, morning)


@contextmanager
def services_on(database: Database, clock: VirtualClock) -> Iterator[Services]:
    """The services over a test's database."""
    log = Log(database.web_url, clock=clock)
    read_model = ReadModel(database.web_url)
    lookups = Lookups(database.web_url)
    projector = Projector(log, database.worker_url)
    projector.prepare(lambda _: None)
    try:
        with TemporaryDirectory() as folder:
            settings = Settings(data_dir=Path(folder), region=REGION)
            services = Services(settings, database, clock, log, projector, read_model, lookups)
            try:
                yield services
            finally:
                services.background.close()
    finally:
        lookups.close()
        read_model.close()
        log.close()


def id_of(code: str) -> UUID:
    """A target's id by its project code."""
    return target_id(REGION, YEAR, code, "", "")


def indicator(code: str, name: str, value: TargetValue, kind: Kind, **more: object) -> Indicator:
    """An indicator of a project."""
    of_class = str(more.pop("of_class", "产出指标"))
    category = str(more.pop("category", "数量指标"))
    key = indicator_id(id_of(code), (of_class, category, name), 1)
    measured = Measured(str(more.pop("measured", Measured.ROUND)))
    return Indicator(key, of_class, category, name, value, kind, measured)


def at_least(number: str, unit: str) -> TargetValue:
    """At least so much."""
    return TargetValue(f"≥{number}{unit}", Comparator.AT_LEAST, Decimal(number), unit)


def indicators_of(code: str) -> tuple[Indicator, ...]:
    """What each project owes."""
    return (
        indicator(code, "救助人次", at_least("100000", "人次"), Kind.CUMULATIVE),
        indicator(code, "政策宣传场次", at_least("12", "次"), Kind.CUMULATIVE),
        indicator(code, "业务处理及时率", at_least("95", "%"), Kind.LEVEL, category="时效指标"),
        indicator(
            code,
            "设备购置验收完成时间",
            TargetValue("2025年11月底前", due_on=date(YEAR, 11, 30)),
            Kind.DATE,
            category="时效指标",
        ),
        indicator(
            code,
            "服务对象满意度",
            at_least("90", "%"),
            Kind.LEVEL,
            of_class="满意度指标",
            category="服务对象满意度指标",
            measured="year_end",
        ),
    )


PROJECTS = (
    (LAGGING, "城乡困难群众救助配套资金", "101001", "清河县民政局", "450", QUARTERS),
    (GOOD, "城乡低保审核经办经费", "101001", "清河县民政局", "60", None),
    (STALLED, "乡镇污水处理站提标改造", "102001", "清河县生态环境局", "1400", None),
    (LATE, "追溯码系统接口改造", "102001", "清河县生态环境局", "22.74", QUARTERS),
    (LONG_NAMED, LONG, "103001", "清河县卫生健康局（含乡镇卫生院管理服务中心）", "12345.67", None),
)
PAID = (
    (LAGGING, "A-001", "60", date(YEAR, 2, 20)),
    (GOOD, "A-002", "9", date(YEAR, 2, 25)),
    (LONG_NAMED, "A-003", "2800", date(YEAR, 3, 12)),
    (LAGGING, "A-004", "90", date(YEAR, 5, 18)),
    (STALLED, "A-005", "120", date(YEAR, 4, 9)),
    (GOOD, "A-006", "22", date(YEAR, 6, 11)),
    (LONG_NAMED, "A-007", "3600.5", date(YEAR, 6, 20)),
    (LONG_NAMED, "A-008", "-100.5", date(YEAR, 6, 25)),
    (None, "A-009", "37.5", date(YEAR, 6, 27)),
    (LAGGING, "A-010", "120", date(YEAR, 8, 22)),
)
ROUND = MonitoringRound(
    YEAR, "1—6月", date(YEAR, 1, 1), date(YEAR, 6, 30), date(YEAR, 7, 1), date(YEAR, 7, 15)
)


def declare_all(services: Services, clock: VirtualClock) -> None:
    """January: the county's projects are declared."""
    found(services.log, StoreKind.DEMO, REGION, "清河县（虚构）", META)
    for code, name, unit, unit_name, wan, plan in PROJECTS:
        line = FundLine("1", FundSource.CURRENT_YEAR, Decimal(wan) * 10_000, date(YEAR, 1, 1))
        declaration = Declaration(
            REGION,
            YEAR,
            name,
            unit_name,
            date(YEAR, 1, 1),
            (line,),
            indicators_of(code),
            project_code=code,
            unit_code=unit,
            plan=plan,
        )
        declare(services.log, declaration, on=date(YEAR, 1, 2), meta=META)
    open_round(services.log, REGION, ROUND, meta=META)
    clock.go_to(date(YEAR, 1, 5))


def pay(services: Services, upto: date, since: date) -> None:
    """Import the vouchers of some days, complete to the last of them."""
    paid = [row for row in PAID if since < row[3] <= upto]
    services.log.append_facts((_voucher(*row) for row in paid), META, uuid4())
    key = FileKey(REGION, YEAR, ImportKind.PAYMENTS, f"file-{upto}")
    done = Import(key, f"支付明细{upto}.csv", len(paid), 0, upto)
    done.store_chunk(0, Tally(stored=len(paid)))
    done.complete()
    services.log.save(done, meta=META)


def _voucher(code: str | None, number: str, wan: str, on: date) -> Payment:
    line = PaymentLine(
        "1",
        Decimal(wan) * 10_000,
        on,
        project_code=code or "9999",
        unit_code="102001",
        summary="按合同支付",
        fund_nature="一般公共预算资金",
    )
    return Payment(VoucherKey(REGION, YEAR, VoucherKind.PAYMENT, number), (line,), None)


def report(services: Services, code: str, values: Iterable[str], on: date) -> None:
    """Report a project's first indicators."""
    target = services.log.get(Target, id_of(code))
    for of, value in zip(target.declaration.indicators, values, strict=False):
        told = Achievement(of.indicator_id, on, value, Decimal(value), of.value.unit)
        target.report(told, today=on)
    services.log.save(target, meta=META)


def evaluate(services: Services, on: date) -> None:
    """Judge a day."""
    judge = Evaluator(services.log, services.projector, services.read_model, REGION)
    judge.evaluate(YEAR, on, today=on, meta=META)


def tell_the_year(services: Services, clock: VirtualClock) -> None:
    """January to August: paid, reported, judged, explained, corrected late."""
    declare_all(services, clock)
    months = [date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 8, 31)]
    since = date(YEAR, 1, 1)
    for upto in months:
        clock.go_to(upto + timedelta(days=5))
        pay(services, upto, since)
        if upto.month == 6:
            report(services, LAGGING, ("28000", "7", "96"), upto)
            report(services, GOOD, ("52000", "6", "97"), upto)
            report(services, LONG_NAMED, ("61000", "3", "88.5"), upto)
        evaluate(services, upto)
        since = upto
        if upto.month == 6:
            _answer(services)
    line = FundLine(
        "2", FundSource.CURRENT_YEAR, Decimal(200_000), date(YEAR, 8, 5), original=False
    )
    add_fund_line(services.log, id_of(LATE), line, meta=META)
    services.projector.catch_up()


def _answer(services: Services) -> None:
    services.projector.catch_up()
    moment = services.read_model.moment(YEAR, date(YEAR, 6, 30))
    alert = services.read_model.alerts(moment, id_of(STALLED))[0]
    explain(
        services.log,
        alert.alert_id,
        Explanation(Cause.OTHER, "前期手续办理较慢，7月完成招标后集中支付。"),
        on=date(YEAR, 7, 8),
        meta=META,
    )
