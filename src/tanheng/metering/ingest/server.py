"""The door behind a server: one process that takes readings over HTTP and moves them into files as they come."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

from granian.server.embed import Server

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.metering.batch import Batch
from tanheng.metering.ingest.committing import Answer, Committer, Done
from tanheng.metering.ingest.door import Door, Reply, Request, encoded
from tanheng.metering.ingest.folding import Folder
from tanheng.metering.ingest.limits import Limits
from tanheng.metering.store import Store


class Application:
    """The door as a server calls it, once for each request."""

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        self.door, self._loop = door, loop
        self.committer = Committer(door.store, door.limits, self._tell)

    async def __call__(self, scope: Any, protocol: Any) -> None:
        """Answers one request (RSGI)."""
        reply = await self._reply(scope, protocol)
        headers = [("content-type", "application/json; charset=utf-8")]
        if reply.retry_after_s:
            headers.append(("retry-after", str(reply.retry_after_s)))
        protocol.response_bytes(reply.status, headers, encoded(reply.document))

    async def _reply(self, scope: Any, protocol: Any) -> Reply:
        body = await self._body(scope, protocol)
        if body is None:
            return self.door.refused(Refusal("body-too-large", most=self.door.limits.body_bytes))
        origin = f"{scope.scheme}://{scope.authority or scope.headers.get('host') or scope.server}"
        asked = Request(scope.path, scope.headers.get("authorization") or "", body, origin)
        begun = self.door.begin(asked)
        return begun if isinstance(begun, Reply) else self.door.ended(await self._committed(begun), begun)

    async def _committed(self, batch: Batch) -> Answer:
        """The answer to a batch, when the disk has given it."""
        future: asyncio.Future[Answer] = self._loop.create_future()
        try:
            self.committer.put(batch, lambda answer: None if future.cancelled() else future.set_result(answer))
        except Refusal as refusal:
            return refusal
        return await future

    async def _body(self, scope: Any, protocol: Any) -> bytes | None:
        """The body; None as soon as it is known to be too long, whatever its header says."""
        most, announced = self.door.limits.body_bytes, scope.headers.get("content-length")
        if announced is not None and announced.isdigit() and int(announced) > most:
            return None
        parts, size = [], 0
        async for part in protocol:
            size += len(part)
            if size > most:
                return None
            parts.append(part)
        return b"".join(parts)

    def _tell(self, answers: list[tuple[Done, Answer]]) -> None:
        """Wakes the requests of one transaction: one message to the loop for all of them."""
        self._loop.call_soon_threadsafe(lambda: [done(answer) for done, answer in answers])


async def serve(home: Path, interface: MeteringInterface, *, host: str, port: int, limits: Limits, fold_s: int) -> None:
    """Serves the door of a site until it is told to stop; what was acknowledged is in the journal at any moment."""
    loop = asyncio.get_running_loop()
    store = Store.open(home)
    application = Application(Door(store, interface, limits), loop)
    server = Server(application, address=host, port=port, log_enabled=False)
    folder = Folder(store, fold_s, _said)
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, server.stop)
    try:
        await server.serve()
    finally:
        application.committer.close()
        folder.close()
        application.door.close()
        store.close()


def _said(text: str) -> None:
    sys.stderr.write(text + "\n")
