"""/healthz, for whoever watches the process."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_it_says_ok(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"].startswith("text/plain")
    assert "Set-Cookie" not in response
