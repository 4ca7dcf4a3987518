"""The network between browsers and a server: a cable that can be cut and mended."""

import asyncio
import threading
from contextlib import suppress


class Cable:
    """Forwards what comes to `port` to a port of this machine, while it is whole."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._started = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()
        self._started.wait()

    def cut(self) -> None:
        """Nothing goes through any more; nobody is told."""
        self._loop.call_soon_threadsafe(self._whole.clear)

    def mend(self, *, forgotten: bool) -> None:
        """It goes through again. `forgotten`: what was connected is not any more, as behind many routers."""
        self._loop.call_soon_threadsafe(self._mend, forgotten)

    def _mend(self, forgotten: bool) -> None:
        if forgotten:
            for writer in tuple(self._writers):
                writer.transport.abort()
        self._whole.set()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._whole = asyncio.Event()
        self._whole.set()
        server = self._loop.run_until_complete(asyncio.start_server(self._connect, "127.0.0.1", 0))
        self.port = int(server.sockets[0].getsockname()[1])
        self._started.set()
        self._loop.run_forever()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._whole.wait()
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._whole.wait()
                writer.write(data)
                await writer.drain()
        self._writers.discard(writer)
        writer.close()
