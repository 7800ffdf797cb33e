"""Files that prove what was reported: kept, handed out, withdrawn, destroyed, by every door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.access.role import Role
from domain.errors import NotOnRecordError
from domain.evidence import EvidenceFile, EvidenceRedactedError, Proves
from scheduler.jobs import tidy_evidence_due
from services.access.audit import Asked, AuditTrail
from services.access.visitor import Visitor
from services.attaching import (
    AttachedEvidence,
    EvidenceEmptyError,
    EvidenceTooLargeError,
    EvidenceUpload,
    attach,
    hand_out,
    redact,
    withdraw,
)
from services.database.connect import Database
from services.evidence.keys import EvidenceKey
from services.evidence.vault import EvidenceDamagedError
from services.log.errors import LogUnreachableError
from tests.accounts import token_for
from tests.declaring import declared, reported
from tests.integration.api_service import REGION, Api, serving
from tests.integration.api_service import declaration as body
from tests.integration.terminal import run
from tests.servers import RunningServer
from tests.world import META, World, world_on

MARCH, TODAY = date(2025, 3, 31), date(2025, 4, 8)
CANARY = "王某 130730199001011234 住院证明".encode()
PDF = b"%PDF-1.7\n" + CANARY


@pytest.fixture
def world(database: Database, tmp_path: Path) -> Iterator[World]:
    with world_on(database) as opened:
        settings = replace(opened.services.settings, data_dir=tmp_path)
        opened.services = replace(opened.services, settings=settings)
        opened.clock.set(TODAY)
        yield opened


def visitor(world: World) -> Visitor:
    return Visitor("192.0.2.7", "test", "request-1", world.clock())


def proven(world: World) -> Proves:
    """A target with one value on record."""
    target = declared()
    indicator = target.declaration.indicators[0].indicator_id
    target.report(replace(reported("3", MARCH), indicator_id=indicator), today=TODAY)
    world.save(target)
    return Proves(target.id, indicator, 0, MARCH)


def send(
    world: World, proves: Proves, content: bytes = PDF, name: str = "王某住院证明.pdf"
) -> AttachedEvidence:
    upload = EvidenceUpload(proves, name, content, TODAY)
    return attach(world.services.evidence_desk, upload, meta=META)


def files(world: World, target_id: UUID, known_at: int | None = None) -> list[tuple[str, Any]]:
    world.projector.catch_up()
    rows = world.read.evidence_files.of_target(target_id, known_at or world.log.head())
    return [(row.stage, row.name) for row in rows]


def test_a_file_is_kept_and_handed_out_as_it_came_and_that_is_on_record(world: World) -> None:
    proves = proven(world)
    done = send(world, proves)
    assert (done.known, done.remark) == (False, None)
    found = hand_out(world.services.evidence_desk, done.evidence_id, visitor(world))
    assert (found.name, found.media_type, found.content) == (
        "王某住院证明.pdf",
        "application/pdf",
        PDF,
    )
    [line] = AuditTrail(world.services.lookups.pool).page(Asked(what="evidence.download"))
    assert (line.subject, line.address) == (f"evidence/{done.evidence_id}", "192.0.2.7")


def test_neither_the_log_nor_the_folder_holds_what_is_in_it_or_its_name(
    world: World, tmp_path: Path
) -> None:
    send(world, proven(world))
    log = json.dumps([str(entry.event.__dict__) for entry in world.log.read(0, 1000)])
    assert "王某" not in json.loads(json.dumps(log, ensure_ascii=False))
    lying = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(lying) == 1
    assert CANARY not in lying[0]


def test_several_files_prove_one_value_and_the_same_one_twice_is_one(
    world: World, tmp_path: Path
) -> None:
    proves = proven(world)
    first, second = send(world, proves), send(world, proves, b"another", "名单.txt")
    again = send(world, proves, name="改了名.pdf")
    assert (again.known, again.evidence_id) == (True, first.evidence_id)
    assert second.evidence_id != first.evidence_id
    assert files(world, proves.target_id) == [
        ("attached", "王某住院证明.pdf"),
        ("attached", "名单.txt"),
    ]
    assert len(list(tmp_path.rglob("evidence/*/*"))) == 2


def test_what_is_withdrawn_can_still_be_read_and_comes_back_when_sent_again(world: World) -> None:
    proves = proven(world)
    done = send(world, proves)
    desk = world.services.evidence_desk
    withdraw(desk, done.evidence_id, "传错了", meta=META)
    before = world.log.head()
    assert files(world, proves.target_id) == [("withdrawn", "王某住院证明.pdf")]
    assert hand_out(desk, done.evidence_id, visitor(world)).content == PDF
    assert send(world, proves).known is False
    assert files(world, proves.target_id) == [("attached", "王某住院证明.pdf")]
    assert files(world, proves.target_id, before) == [("withdrawn", "王某住院证明.pdf")]
    assert hand_out(desk, done.evidence_id, visitor(world)).content == PDF


def test_what_is_destroyed_cannot_be_read_and_its_digest_stands(
    world: World, tmp_path: Path
) -> None:
    proves = proven(world)
    done = send(world, proves)
    desk = world.services.evidence_desk
    withdraw(desk, done.evidence_id, "含身份证号", meta=META)
    redact(desk, done.evidence_id, "含身份证号", meta=META)
    with pytest.raises(EvidenceRedactedError):
        hand_out(desk, done.evidence_id, visitor(world))
    with pytest.raises(EvidenceRedactedError):
        send(world, proves)
    with pytest.raises(EvidenceRedactedError):
        redact(desk, done.evidence_id, "再来", meta=META)
    assert files(world, proves.target_id) == [("redacted", None)]
    kept = world.log.get(EvidenceFile, done.evidence_id).file
    assert kept.sha256 == desk.vault.digest(PDF)
    assert desk.vault.is_whole(kept.sealed_sha256)
    assert desk.keys.of([done.evidence_id]) == set()
    assert not [
        path for path in tmp_path.rglob("*") if path.is_file() and CANARY in path.read_bytes()
    ]


def test_the_history_tells_each_step_without_a_name(world: World) -> None:
    proves = proven(world)
    done = send(world, proves)
    desk = world.services.evidence_desk
    withdraw(desk, done.evidence_id, "传错了", meta=META)
    send(world, proves)
    redact(desk, done.evidence_id, "含身份证号", meta=META)
    world.projector.catch_up()
    lines = [one.line for one in world.read.history(proves.target_id)]
    assert [line.partition("：")[0].partition("（")[0] for line in lines[:4]] == [
        "销毁佐证材料，只留校验值",
        "重新上传撤回的佐证材料",
        "撤回佐证材料",
        "上传佐证材料",
    ]
    assert "“救助人次”截至2025-03-31" in lines[3]
    assert "王某" not in "".join(lines)


@pytest.mark.parametrize(
    ("content", "refusal"), [(b"", EvidenceEmptyError), (b"x" * 20_000_001, EvidenceTooLargeError)]
)
def test_an_empty_or_huge_file_is_refused_by_name(
    world: World, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal, match="名单"):
        send(world, proven(world), content, "名单.txt")


def test_only_what_is_on_record_can_be_proved(world: World) -> None:
    proves = proven(world)
    for wrong in (
        replace(proves, target_id=uuid4()),
        replace(proves, indicator_id=uuid4()),
        replace(proves, reported_on=TODAY),
        replace(proves, part=1),
    ):
        with pytest.raises(NotOnRecordError):
            send(world, wrong)
    assert send(world, Proves(proves.target_id)).known is False
    assert send(world, replace(proves, reported_on=None)).known is False


def test_what_does_not_come_onto_record_leaves_nothing(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proves = proven(world)

    def away(*_: object, **__: object) -> None:
        raise LogUnreachableError

    with monkeypatch.context() as broken:
        broken.setattr(type(world.log), "save", away)
        with pytest.raises(LogUnreachableError):
            send(world, proves)
    assert not list(tmp_path.rglob("evidence/*/*"))
    assert (
        world.services.evidence_desk.keys.kept_between(
            world.clock() - timedelta(days=9999), world.clock() + timedelta(days=9999)
        )
        == []
    )
    assert send(world, proves).known is False


def test_a_lost_acknowledgement_does_not_lose_the_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    proves = proven(world)
    save = type(world.log).save

    def stored_and_not_told(*given: Any, **told: Any) -> None:
        save(*given, **told)
        raise LogUnreachableError

    with monkeypatch.context() as broken:
        broken.setattr(type(world.log), "save", stored_and_not_told)
        with pytest.raises(LogUnreachableError):
            send(world, proves)
    again = send(world, proves)
    assert again.known is True
    assert hand_out(world.services.evidence_desk, again.evidence_id, visitor(world)).content == PDF


def test_what_a_crash_left_is_put_in_order_at_night(world: World) -> None:
    proves = proven(world)
    done = send(world, proves)
    desk = world.services.evidence_desk
    stray = desk.vault.seal(b"never on record")
    desk.keys.keep(EvidenceKey(uuid4(), stray, "没入库.txt"))
    key = desk.keys.find(
        done.evidence_id, world.log.get(EvidenceFile, done.evidence_id).file.sealed_sha256
    )
    assert key is not None
    redact(desk, done.evidence_id, "含身份证号", meta=META)
    desk.keys.keep(key)
    in_time = world.services.clock() + timedelta(days=3650)
    assert (
        tidy_evidence_due(world.services, world.services.clock())
        == "销毁1把遗留密钥，清除0个未入库文件"
    )
    assert desk.keys.of([done.evidence_id]) == set()
    real_now = _database_now(world)
    assert (
        tidy_evidence_due(world.services, real_now + timedelta(days=2))
        == "销毁0把遗留密钥，清除1个未入库文件"
    )
    assert stray.digest not in desk.vault.stored()
    assert tidy_evidence_due(world.services, in_time) == "没有遗留"


def _database_now(world: World) -> Any:
    with world.services.lookups.pool.connection() as connection:
        row = connection.execute("SELECT now()").fetchone()
    assert row is not None
    return row[0]


def test_a_damaged_store_is_said_and_not_handed_out(world: World, tmp_path: Path) -> None:
    done = send(world, proven(world))
    [stored] = tmp_path.rglob("evidence/*/*")
    stored.write_bytes(stored.read_bytes()[:-1])
    with pytest.raises(EvidenceDamagedError):
        hand_out(world.services.evidence_desk, done.evidence_id, visitor(world))


@pytest.fixture(scope="module")
def api(embedded_server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with (
        embedded_server.fresh() as database,
        serving(database, tmp_path_factory.mktemp("evidence")) as served,
    ):
        yield served


def test_the_api_keeps_lists_hands_out_withdraws_and_destroys(api: Api) -> None:
    target = api.post("/api/v1/targets", body())["target_id"]
    listed = f"/api/v1/targets/{target}/evidence"
    sent = api.client.post(listed, files={"file": ("纪要<b>.pdf", b"\xff\xd8\xff\x00jpeg")})
    assert sent.status_code == 200, sent.text
    told = sent.json()
    assert (told["known"], "内容却是图片" in told["remark"]) == (False, True)
    [row] = api.get(listed)["items"]
    assert (row["name"], row["stage"], row["media_type"]) == (
        "纪要<b>.pdf",
        "attached",
        "image/jpeg",
    )

    got = api.client.get(f"/api/v1/evidence/{told['evidence_id']}/content")
    assert got.content == b"\xff\xd8\xff\x00jpeg"
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]

    one = f"/api/v1/evidence/{told['evidence_id']}"
    key = str(uuid4())
    ended = api.post(f"{one}/withdrawal", {"reason": "传错了"}, key=key)
    assert api.post(f"{one}/withdrawal", {"reason": "传错了"}, key=key) == ended
    api.problem("POST", f"{one}/withdrawal", 409, "evidence_withdrawn", json={"reason": "又撤"})
    for role, place, status, code in (
        (Role.FINANCE_DESK, (), 403, "not_allowed"),
        (Role.CLERK, ("9",), 404, "not_on_record"),
        (Role.AUDITOR, (), 403, "not_allowed"),
        (Role.OPERATOR, (), 404, "not_on_record"),
    ):
        other = token_for(api.services, REGION, f"other{role}", [role], place)
        headers = {"Authorization": f"Bearer {other}"}
        sent_by = {"headers": headers, "json": {"reason": "含身份证号"}}
        api.problem("POST", f"{one}/redaction", status, code, **sent_by)
        if status == HTTPStatus.NOT_FOUND:
            api.problem("GET", f"{one}/content", status, code, headers=headers)
            api.problem("GET", listed, status, code, headers=headers)
    api.problem("GET", f"/api/v1/evidence/{uuid4()}/content", 404, "not_on_record")
    [row] = api.get(listed)["items"]
    assert (row["stage"], row["reason"]) == ("withdrawn", "传错了")


@pytest.mark.usefixtures("terminal")
def test_the_terminal_keeps_lists_fetches_and_destroys(tmp_path: Path) -> None:
    form = Path(__file__).parents[1] / "data" / "hebei_form.txt"
    assert run("form", "import", form, "--year", "2025")[0] == 0
    listed = json.loads(run("target", "list", "--json")[1])
    target = listed[0]["picture"]["target_id"]
    sent = tmp_path / "纪要.txt"
    sent.write_bytes(b"minutes")
    code, said = run("evidence", "attach", target, sent)
    assert (code, "已上传" in said) == (0, True)
    evidence = said.partition("（")[2].partition("）")[0]
    assert "有效  文本  7字节  纪要.txt" in run("evidence", "list", target)[1]
    code, said = run("evidence", "get", evidence, "--out", tmp_path / "取回.txt")
    assert (code, (tmp_path / "取回.txt").read_bytes()) == (0, b"minutes")
    assert run("evidence", "get", evidence, "--out", sent)[0] == 2
    assert run("evidence", "withdraw", evidence, "--reason", "传错了")[0] == 0
    assert run("evidence", "redact", evidence, "--reason", "含身份证号")[0] == 0
    assert run("evidence", "list", target)[1].startswith(f"{evidence}  已销毁")
