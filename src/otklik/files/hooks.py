"""Who else keeps bytes among the blobs, besides the records of this app: the sweeper asks before it takes one away."""

from collections.abc import Callable

Keeper = Callable[[int, str], bool]

_keepers: list[Keeper] = []


def keeps(keeper: Keeper) -> None:
    """`keeper(organisation_id, sha256)` says whether a blob is still needed; registering it twice changes nothing."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def is_kept(organisation_id: int, sha256: str) -> bool:
    """Whether anybody still needs the blob."""
    return any(keeper(organisation_id, sha256) for keeper in _keepers)
