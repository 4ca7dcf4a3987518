"""Reading the environment: the few kinds of values settings come as."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def var_folder() -> Path:
    """Where a laptop keeps what is made while running: data, secret key, collected static files."""
    return Path(os.environ.get("TRYGGMOTE_VAR") or Path(__file__).parents[2] / "var").absolute()


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for anything else that is set; `default` when unset or empty."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def words(name: str, *, default: str = "") -> list[str]:
    """A list from words separated by spaces or commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def secret_key(laptop_file: Path) -> str:
    """SECRET_KEY from the environment, else one made once for this laptop."""
    return os.environ.get("SECRET_KEY") or _made_once(laptop_file, lambda: secrets.token_urlsafe(50))


def exhibit_keys(laptop_file: Path, *, production: bool) -> list[str]:
    """EXHIBIT_KEYS from the environment, else one made once for this laptop; in production none.

    A key that lies beside the program would be lost with the machine, and every file with it.
    """
    if production or os.environ.get("EXHIBIT_KEYS"):
        return words("EXHIBIT_KEYS")
    return [f"laptop:{_made_once(laptop_file, lambda: base64.b64encode(secrets.token_bytes(32)).decode())}"]


def _made_once(laptop_file: Path, make: Callable[[], str]) -> str:
    """The secret in this file, made when it is missing, for its owner's eyes only."""
    if not laptop_file.exists():
        laptop_file.parent.mkdir(parents=True, exist_ok=True)
        draft = laptop_file.with_name(f"{laptop_file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
        try:
            # Two processes may start at once: the first to link wins, both read the same key.
            os.link(draft, laptop_file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return laptop_file.read_text()
