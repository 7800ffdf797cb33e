"""npm's oidc-provider on this machine, and a person with a browser who signs in there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx2 as httpx
import pytest

FOLDER = Path(__file__).parent / "identity"
CLIENT_ID = "jixiao-of-the-tests"
CLIENT_SECRET = "kept-with-the-provider-7Qd2"
OLDEST_NODE = 20
"""What the provider's own libraries ask for."""

_ACTION = re.compile(r'<form[^>]* action="([^"]+)"')


@contextmanager
def running_provider(redirect_uri: str, after_leaving: str) -> Iterator[str]:
    """Run a provider that knows us, for a block; its issuer.

    The test is counted as skipped, with the reason, where Node or the package is missing.
    """
    node = shutil.which("node")
    if node is None or _major(node) < OLDEST_NODE:
        pytest.skip(f"NOT RUN: Node {OLDEST_NODE} or later is missing")
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        pytest.skip(f"NOT RUN: {FOLDER}/node_modules is missing (npm ci there)")
    client = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uris": [redirect_uri],
        "post_logout_redirect_uris": [after_leaving],
    }
    command = [node, str(FOLDER / "provider.mjs"), json.dumps({"client": client})]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        issuer = process.stdout.readline().strip()
        if not issuer:
            pytest.fail(f"the provider did not start: {process.communicate()[1]}")
        try:
            yield issuer
        finally:
            process.communicate()  # it ends with its input


def _major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return int(done.stdout.strip().removeprefix("v").split(".")[0])


class Person:
    """Somebody with a browser of his own, known to the provider under a name."""

    def __init__(self, issuer: str, subject: str) -> None:
        self.issuer = issuer
        self.subject = subject
        self._browser = httpx.Client(follow_redirects=False)

    def sign_in(self, address: str) -> str:
        """Follow an authorization request through the provider's pages, and come out again.

        Answers the address at which the provider sends the browser back to us.
        """
        response = self._browser.get(address)
        for _ in range(20):
            if location := response.headers.get("location"):
                following = urljoin(str(response.url), location)
                if not following.startswith(self.issuer):
                    return following
                response = self._browser.get(following)
            else:
                response = self._fill(response)
        raise AssertionError("the provider sends in circles")

    def get(self, address: str) -> httpx.Response:
        """Ask the provider for something."""
        return self._browser.get(address)

    def post(self, address: str, form: dict[str, str]) -> httpx.Response:
        """Send the provider a form."""
        return self._browser.post(address, data=form)

    def close(self) -> None:
        """Close the browser."""
        self._browser.close()

    def _fill(self, response: httpx.Response) -> httpx.Response:
        found = _ACTION.search(response.text)
        assert response.status_code == 200, response.text
        assert found, response.text
        form = {"prompt": "login", "login": self.subject, "password": "any"}
        if 'value="consent"' in response.text:
            form = {"prompt": "consent"}
        return self._browser.post(urljoin(str(response.url), found[1]), data=form)
