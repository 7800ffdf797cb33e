"""The ``jixiao`` command: nouns, and what goes wrong said in one sentence."""

from __future__ import annotations

import signal
import sys

import psycopg
import typer

from domain.errors import MonitoringError
from ops.cli import (
    account,
    achievement,
    alert,
    baseline,
    database,
    demo,
    events,
    evidence,
    form,
    fund,
    identity,
    importing,
    payment,
    projection,
    score,
    serve,
    settings,
    sheet,
    target,
    unit,
)
from ops.cli.context import FINDINGS, UNREACHABLE, USAGE
from ops.cli.evaluate import evaluate
from services.access.oidc.errors import ProviderAwayError
from services.api.binding import NotLoopbackError
from services.database.errors import (
    DatabaseUnreachableError,
    OpenToOthersError,
    RoleTooPowerfulError,
)
from services.log.errors import LogUnreachableError
from services.settings import SettingError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="预算绩效运行监控。",
)
app.add_typer(form.app, name="form")
app.add_typer(payment.app, name="payment")
app.add_typer(achievement.app, name="achievement")
app.add_typer(fund.app, name="fund")
app.add_typer(importing.app, name="import")
app.add_typer(baseline.app, name="baseline")
app.add_typer(target.app, name="target")
app.add_typer(evidence.app, name="evidence")
app.add_typer(unit.app, name="unit")
app.add_typer(alert.app, name="alert")
app.add_typer(sheet.app, name="sheet")
app.add_typer(events.app, name="events")
app.add_typer(projection.app, name="projection")
app.add_typer(account.app, name="account")
app.add_typer(identity.app, name="identity")
app.add_typer(database.app, name="db")
app.add_typer(settings.app, name="config")
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("evaluate")(evaluate)
app.command("score")(score.score)


REFUSALS = (SettingError, NotLoopbackError, OpenToOthersError, RoleTooPowerfulError)
"""It is not safe to run like this: somebody has to change a setting or a folder's rights first."""


AWAY = (
    DatabaseUnreachableError,
    LogUnreachableError,
    ProviderAwayError,
    psycopg.OperationalError,
)
"""What has to be reached does not answer."""


def run() -> None:
    """Run, and end with the exit codes of architecture §8.

    A command that is told to end closes what it opened, the embedded database among it.
    """
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except AWAY as problem:
        sys.exit(_told(problem, UNREACHABLE))
    except REFUSALS as problem:
        sys.exit(_told(problem, USAGE))
    except MonitoringError as problem:
        sys.exit(_told(problem, FINDINGS))


def _end(*_: object) -> None:
    sys.exit(128 + signal.SIGTERM)


def _told(problem: Exception, code: int) -> int:
    typer.echo(str(problem), err=True)
    return code
