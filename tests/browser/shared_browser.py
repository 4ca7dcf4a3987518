"""One Chromium for the tests of a process: to start one took a third of what a short test costs."""

import os
import signal
import threading

from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

CLOSING_TIMEOUT_S = 60
# Its own address field is a page, drawn for each new window, and costs more than an empty one. Chromium takes
# the last list it is given, so what Playwright turns off and matters here stands here as well.
UNUSED = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay",
    "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
]  # fmt: skip
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    f"--disable-features={','.join(UNUSED)}",
]  # fmt: skip


class SharedBrowser:
    """Started when first asked for, and emptied after each test: a context is a person's own browser."""

    def __init__(self, playwright: Playwright, program: str) -> None:
        self._playwright, self._program = playwright, program
        self._browser: Browser | None = None
        self.process = 0

    def get(self) -> Browser:
        """A running one, with nothing in it."""
        if not self._browser or not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(executable_path=self._program, args=SWITCHES)
            self.process = _process_of(self._browser)
        return self._browser

    def clear(self) -> None:
        """Close whatever a test opened.

        That has been seen to wait for ever, when service workers still took over from each other. Then the
        browser is killed as a whole, and the next test gets a new one.
        """
        if not self._browser:
            return
        killer = threading.Timer(CLOSING_TIMEOUT_S, os.kill, (self.process, signal.SIGKILL))
        killer.start()
        try:
            for context in self._browser.contexts:
                context.close()
        except PlaywrightError:
            if self._browser.is_connected():
                raise
        finally:
            killer.cancel()

    def close(self) -> None:
        """End it; the driver kills a browser that does not end itself."""
        if self._browser:
            self._browser.close()


def _process_of(browser: Browser) -> int:
    debugger = browser.new_browser_cdp_session()
    processes = debugger.send("SystemInfo.getProcessInfo")["processInfo"]
    debugger.detach()
    return next(process["id"] for process in processes if process["type"] == "browser")
