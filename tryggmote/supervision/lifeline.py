"""Processes that end with the one that started them, also when that one is killed outright."""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h
CHECK_EVERY_S = 0.5
SUPERVISOR = "TRYGGMOTE_SUPERVISOR"  # the environment variable that tells a process who supervises it


def supervisor_process() -> int | None:
    """The process id of the supervisor that started us, None when a person or a service manager did."""
    pid = os.environ.get(SUPERVISOR)
    return int(pid) if pid else None


def die_with_parent(parent: int | None, how: signal.Signals = signal.SIGKILL) -> None:
    """End this process with `how` when its parent ends.

    `parent` is the process id the parent had when it started us, so that one that died before this call
    counts as well; None when there is nobody to follow. Linux does it in the kernel (note: it follows the
    parent's *thread* that started us, and is not inherited by our own children); elsewhere a thread looks.
    """
    if parent is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, how)
    else:
        threading.Thread(target=_watch, args=(parent, how), daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), how)


def _watch(parent: int, how: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(CHECK_EVERY_S)
    os.kill(os.getpid(), how)
