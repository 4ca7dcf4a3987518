"""Reading the environment: the few kinds of values settings come as."""

import os
import secrets
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
    """SECRET_KEY from the environment, else one made once for this laptop, for its owner's eyes only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if not laptop_file.exists():
        laptop_file.parent.mkdir(parents=True, exist_ok=True)
        draft = laptop_file.with_name(f"{laptop_file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            # Two processes may start at once: the first to link wins, both read the same key.
            os.link(draft, laptop_file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return laptop_file.read_text()
