"""A desk in a process of its own, with its own connection to the database: `python a_desk.py <login>`.

It reads one request a line, says "ready", waits for a line, does it, and prints what came of it: so two desks act at
the same moment. A request is a form (`post`, `data`, `files`), a call of the API (`call`, `json`), a page (`get`),
what waits in the queue (`work`), or what stands in the records (`ask`); `as` is the hand of another login.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tanheng.web.site.settings"

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402
from django_tasks_db.management.commands.db_worker import Worker  # noqa: E402

from tanheng.records.case_models import CaseMove  # noqa: E402
from tanheng.records.models import Event, Observation, Publication  # noqa: E402
from tanheng.records.site_files import results  # noqa: E402
from tanheng.records.verification import verify_chain, verify_kept  # noqa: E402
from tanheng.web.cases.models import Job  # noqa: E402
from tanheng.web.facts.models import Batch  # noqa: E402
from tanheng.web.sources.models import Draft  # noqa: E402


def answered(clients: Mapping[str, Client], login: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What came of a request: a status and the text, or what was found."""
    client = clients[asked.get("as", login)]
    if "work" in asked:
        worked(asked["work"])
        return {}
    if "ask" in asked:
        return FOUND[asked["ask"]]()
    if "call" in asked:
        bearer = {"authorization": f"Bearer {_token(client)}"}
        answer = Client().post(asked["call"], asked["json"], content_type="application/json", headers=bearer)
    elif "post" in asked:
        files = {
            name: [SimpleUploadedFile(file, base64.b64decode(content)) for file, content in sent]
            for name, sent in asked.get("files", {}).items()
        }
        answer = client.post(asked["post"], {**asked.get("data", {}), **files})
    else:
        answer = client.get(asked["get"])
    return {"status": answer.status_code, "to": answer.headers.get("Location", ""), "text": answer.content.decode()}


def worked(name: str) -> None:
    """Does every job that waits, beside whoever else does."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    ).run()


FOUND = {
    "log": lambda: {
        "positions": list(Event.objects.order_by("position").values_list("position", flat=True)),
        "kinds": list(Event.objects.order_by("position").values_list("kind", flat=True)),
        "findings": [finding.as_json() for finding in (*verify_chain(), *verify_kept())],
    },
    "cases": lambda: {row.case: row.number for row in CaseMove.objects.order_by("case", "number")},
    "counts": lambda: {
        "observations": Observation.objects.count(),
        "batches": Batch.objects.count(),
        "jobs": Job.objects.count(),
        "publications": Publication.objects.count(),
        "drafts": Draft.objects.count(),
    },
    "jobs": lambda: {str(job.id): [job.kind, job.state] for job in Job.objects.all()},
    "drafts": lambda: {str(draft.id): [draft.state, draft.position] for draft in Draft.objects.all()},
    "results": lambda: {"ids": list(results().ids())},
}


def main(login: str) -> None:
    clients = {user.get_username(): _client(user) for user in get_user_model().objects.all()}
    for line in sys.stdin:
        asked = json.loads(line)
        said("ready")
        sys.stdin.readline()
        said(json.dumps(answered(clients, login, asked)))


def _client(user: Any) -> Client:
    client = Client(raise_request_exception=False)  # a defect is an answer of 500, as it would be in a browser
    client.force_login(user)
    return client


def _token(client: Client) -> str:
    """A token of the API, made for this call."""
    made = client.post("/account/tokens/", {"name": "two at once"})
    return re.search(r'id="made">(tanheng_[\w-]+)<', made.content.decode())[1]


def said(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
