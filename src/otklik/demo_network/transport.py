"""The demo network's HTTP interface, answered in the process: comments are written, listed and deleted.

`settings["misbehaves"]` of the account: `timeout_after` (accepts a comment, then does not answer), `timeout_before`
(neither accepts nor answers), `refuses` (the post is closed), `slow_down` (too many requests), `dead_token`, `breaks`
(an error of the server). For tests, and for whoever wants to see what the desk does then.
"""

import json
from typing import Any

import httpx
from django.utils import timezone

from otklik.channels.models import Account
from otklik.demo_network.models import Comment, Community, Post

LONGEST = 2000
"""Characters in one comment."""


class DemoTransport(httpx.BaseTransport):
    """Answers requests to the demo network on behalf of one account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._misbehaves = str(account.settings.get("misbehaves", ""))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._misbehaves == "slow_down":
            return httpx.Response(429, headers={"Retry-After": "5"}, json={"error": "too many requests"})
        if self._misbehaves == "dead_token":
            return httpx.Response(401, json={"error": "token expired"})
        if self._misbehaves == "breaks":
            return httpx.Response(502, content=b"<html>Bad Gateway</html>")
        match request.method, request.url.path:
            case "POST", "/comments":
                return self._write(json.loads(request.content))
            case "GET", "/comments":
                return self._list(request.url.params)
            case "DELETE", path if path.startswith("/comments/"):
                return self._delete(path.rpartition("/")[2])
            case _:
                return httpx.Response(404, json={"error": "no such method"})

    def _write(self, body: dict[str, Any]) -> httpx.Response:
        post = self._post(body.get("post", ""))
        if post is None or self._misbehaves == "refuses":
            return httpx.Response(403, json={"error": "comments are closed here"})
        if len(body.get("text", "")) > LONGEST:
            return httpx.Response(400, json={"error": f"more than {LONGEST} characters"})
        if self._misbehaves == "timeout_before":
            raise httpx.ReadTimeout("the demo network did not answer")
        comment = Comment.objects.create(
            post=post,
            author=post.community.name,
            text=body["text"],
            is_official=True,
            key=body.get("key", ""),
            attachments=body.get("attachments", []),
            written_at=timezone.now(),
        )
        if self._misbehaves == "timeout_after":
            raise httpx.ReadTimeout("the demo network did not answer")
        return httpx.Response(201, json=_shown(comment))

    def _list(self, params: httpx.QueryParams) -> httpx.Response:
        post = self._post(params.get("post", ""))
        rows = post.comments.filter(is_official=True, deleted_at__isnull=True) if post else Comment.objects.none()
        return httpx.Response(200, json={"comments": [_shown(comment) for comment in rows]})

    def _delete(self, pk: str) -> httpx.Response:
        community = Community.objects.filter(account_id=self._account.pk)
        rows = Comment.objects.filter(pk=pk, post__community__in=community, is_official=True)
        rows.update(deleted_at=timezone.now())
        return httpx.Response(204)

    def _post(self, pk: str) -> Post | None:
        posts = Post.objects.filter(community__account_id=self._account.pk).select_related("community")
        return posts.filter(pk=pk).first() if pk.isdecimal() else None


def _shown(comment: Comment) -> dict[str, str]:
    return {
        "id": str(comment.pk),
        "key": comment.key,
        "text": comment.text,
        "url": f"/demo-network/{comment.post.community.key}/#comment-{comment.pk}",
        "written_at": comment.written_at.isoformat(),
    }
