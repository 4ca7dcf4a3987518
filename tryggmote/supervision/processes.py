"""The processes that serve: each runs in the foreground until SIGTERM, alone or under the supervisor."""

import os

from tryggmote.supervision.addresses import LISTEN_ADDRESS, alarm_port, web_port

STOP_WITHIN_S = 4
WEB_THREADS = int(os.environ.get("WEB_THREADS") or 4)


def keep_connections() -> None:
    """Let each web process keep a connection a thread. Comes before Django reads its settings."""
    os.environ["TRYGGMOTE_DATABASE_POOL"] = str(WEB_THREADS)


def serve_web() -> None:
    """Serve pages with granian: WEB_WORKERS processes of WEB_THREADS threads."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "tryggmote.config.wsgi:application",
        address=LISTEN_ADDRESS,
        port=web_port(),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("WEB_WORKERS") or 2),
        blocking_threads=WEB_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_S,
        log_level=LogLevels.warning,
    ).serve()


def serve_alarm() -> None:
    """Serve calls for help with uvicorn: one process, one event loop."""
    from tryggmote.assistance.program import serve

    serve(host=LISTEN_ADDRESS, port=alarm_port())


def do_jobs() -> None:
    """Do jobs as the job role of the database."""
    from tryggmote.notices.worker import main

    main()
