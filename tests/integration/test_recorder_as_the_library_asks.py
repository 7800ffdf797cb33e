"""The event library's own tests of a recorder, run against ours on both servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from eventsourcing.tests import persistence as shipped

from services.database.connect import Database
from services.log.datastore import LogDatastore
from services.log.recorder import LogRecorder


class OurRecorder(shipped.ApplicationRecorderTestCase[LogRecorder]):
    """What every application recorder must do."""

    __test__ = False  # run by name below, since a unittest class takes no parameters
    recorder: LogRecorder

    def create_recorder(self) -> LogRecorder:
        return self.recorder


class OurPositions(shipped.NonInterleavingNotificationIDsBaseCase):
    """Positions of two appends at the same time do not mix."""

    __test__ = False
    recorder: LogRecorder

    def create_recorder(self) -> LogRecorder:
        return self.recorder


@pytest.fixture
def recorder(any_database: Database) -> Iterator[LogRecorder]:
    """A recorder on an empty log of each server, with a pool as wide as the cases need."""
    datastore = LogDatastore(any_database.web_url, pool_size=14)
    yield LogRecorder(datastore)
    datastore.close()


@pytest.mark.parametrize(
    "name",
    [
        "test_insert_select",
        "test_concurrent_no_conflicts",
        "test_concurrent_throughput",
        "test_performance",
        "optional_test_insert_subscribe",
    ],
)
def test_our_recorder_passes_the_librarys_case(recorder: LogRecorder, name: str) -> None:
    case = OurRecorder(name)
    case.recorder = recorder
    case.debug()


def test_two_appends_at_the_same_time_do_not_mix(recorder: LogRecorder) -> None:
    case = OurPositions("test")
    case.recorder = recorder
    case.debug()
