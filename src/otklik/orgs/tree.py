"""Materialised paths: «/3/17/» is row 17 under row 3. A subtree is everything whose path begins with the root's."""


def path_of(parent_path: str, pk: int) -> str:
    """The path of row `pk` under the row with `parent_path` («» for a root)."""
    return f"{parent_path or '/'}{pk}/"


def ids_in(path: str) -> tuple[int, ...]:
    """The ids from the root down to the row itself."""
    return tuple(int(part) for part in path.split("/") if part)
