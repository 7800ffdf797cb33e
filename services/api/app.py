"""The API for machines: /api/v1, its documentation, health and metrics."""

from __future__ import annotations

from functools import cache, partial

from fastapi import FastAPI

from services.api import documentation, handlers, missing
from services.api.door import oidc
from services.api.door import routes as door
from services.api.door.audited import Audited
from services.api.door.entrance import Entrance
from services.api.limits import BodyLimits
from services.api.metrics import Metrics
from services.api.office import audit as audit_page
from services.api.office import contacts, filler, handover, identity, people, person
from services.api.origins import OwnPagesOnly, own_names
from services.api.parts import Parts
from services.api.routes import (
    accounts,
    alerts,
    approvals,
    audit,
    changes,
    claim_rules,
    claims,
    confirmations,
    evaluations,
    events,
    evidence,
    import_mappings,
    import_runs,
    imports,
    operations,
    payments,
    problem_kinds,
    review,
    settings,
    standings,
    target_forms,
    targets,
    units,
)
from services.api.tracing import Tracing
from services.bootstrap import Services

DESCRIPTION = (
    "金额一律为元（CNY）的十进制字符串，比例为0到1的十进制字符串，日期为 YYYY-MM-DD。"
    "读取可给 as_of（业务日期）、known_at（当时已录）和 min_position；"
    "写入可带 Idempotency-Key。出错时答复 application/problem+json，其中 code 不会变。"
)

ROUTERS = (
    targets.router,
    target_forms.router,
    changes.router,
    approvals.router,
    confirmations.router,
    evidence.router,
    units.router,
    payments.router,
    claims.router,
    claim_rules.router,
    standings.router,
    alerts.router,
    evaluations.router,
    settings.router,
    imports.router,
    import_mappings.router,
    import_runs.router,
    review.router,
    events.router,
    accounts.router,
    audit.router,
    problem_kinds.router,
    operations.router,
)


def create_api(services: Services) -> FastAPI:
    """Make the application; pages may be added to it afterwards."""
    parts = Parts.of(services)
    metrics = Metrics(parts.operations)

    app = FastAPI(
        title="绩效监控接口",
        version=operations.release(),
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts = parts
    app.state.metrics = metrics
    handlers.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(documentation.router)
    app.include_router(door.router)
    app.include_router(oidc.router)
    for office in (audit_page, people, handover, identity, person, contacts, filler):
        app.include_router(office.router)
    document = cache(partial(documentation.describe, app))
    app.openapi = document  # type: ignore[method-assign]  # FastAPI's own way
    missing.install(app)
    app.add_middleware(Audited, trail=parts.desk.audit, clock=services.clock)
    app.add_middleware(Entrance, services=services, desk=parts.desk)
    app.add_middleware(BodyLimits)
    app.add_middleware(OwnPagesOnly, names=own_names(services.settings))
    app.add_middleware(Tracing, metrics=metrics)
    return app
