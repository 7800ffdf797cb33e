"""The embedded server is shared by its users and stopped by the last."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack

import psycopg

from services.database.migrations import released
from services.database.postmaster import is_alive
from tests.fault.conftest import Site
from tests.servers import pids_below


def test_ten_processes_starting_at_once_on_an_empty_folder_all_come_up(site: Site) -> None:
    with ExitStack() as stack:
        users = [stack.enter_context(site.user()) for _ in range(10)]
        assert len({user.ready["server"] for user in users}) == 1
        assert all(user.ready["migrations"] == len(released()) for user in users)
        assert sum("首次运行，正在创建数据库……" in user.progress for user in users) == 1
        said = [line for user in users for line in user.progress if "升级" in line]
        assert len(said) == len(set(said))


def test_ten_processes_starting_at_once_on_a_stopped_server_all_come_up(own_site: Site) -> None:
    with own_site.user() as first:
        assert first.ready
    with ExitStack() as stack:
        users = [stack.enter_context(own_site.user()) for _ in range(10)]
        assert len({user.ready["server"] for user in users}) == 1
        assert sum("正在启动数据库……" in user.progress for user in users) == 1


def test_the_server_stays_while_anyone_uses_it_and_the_last_one_out_stops_it(site: Site) -> None:
    with site.user() as first, site.user() as second:
        server = first.ready["server"]
        with psycopg.connect(second.ready["web_url"]) as connection:
            assert first.leave() == 0
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert second.leave() == 0
        assert not is_alive(server)
        assert pids_below(site.cluster) == []


def test_a_user_killed_leaves_the_server_to_the_next_who_stops_it(own_site: Site) -> None:
    with own_site.user() as killed, own_site.user() as other:
        server = killed.ready["server"]
        assert other.ready["server"] == server
        killed.kill()
        other.kill()
        assert is_alive(server)
        with own_site.user() as later:
            assert later.ready["server"] == server
            assert later.leave() == 0
        assert not is_alive(server)


def test_an_interrupt_from_the_keyboard_does_not_reach_the_server(own_site: Site) -> None:
    with own_site.user() as interrupted, own_site.user() as other:
        server = other.ready["server"]
        assert interrupted.ready
        assert os.getsid(server) not in {os.getsid(interrupted.process.pid), os.getsid(0)}
        os.killpg(interrupted.process.pid, signal.SIGINT)
        interrupted.process.wait(timeout=30)
        with psycopg.connect(other.ready["web_url"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_an_interrupt_of_the_only_user_leaves_no_process(own_site: Site) -> None:
    with own_site.user() as only:
        server = only.ready["server"]
        os.killpg(only.process.pid, signal.SIGINT)
        only.process.wait(timeout=30)
        assert not is_alive(server)


def test_joining_a_prepared_server_takes_less_than_a_second(own_site: Site) -> None:
    with own_site.user() as first:
        assert first.ready
        with own_site.user() as joining:
            assert joining.ready["seconds"] < 1
            assert joining.progress == []


def test_one_who_joins_while_the_last_one_leaves_finds_a_server(own_site: Site) -> None:
    with ExitStack() as stack:
        leaving = stack.enter_context(own_site.user())
        for _ in range(6):
            assert leaving.ready
            joining = stack.enter_context(own_site.user())
            leaving.leave()
            with psycopg.connect(joining.ready["web_url"]) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
            leaving = joining
