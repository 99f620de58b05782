"""The photos that a sheet brought, one after the other: a worker that dies goes on where it stopped, for the same bytes come once."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from proposals.models import SheetJob
from proposals.services import attachments
from proposals.services.import_rights import authority_of
from proposals.services.importing import Telling
from proposals.sheets.files import Unreadable
from proposals.sheets.parcels import Parcel


def add(job: SheetJob, parcel: Parcel, tell: Telling) -> list[dict[str, Any]]:
    """Add every photo of the job; what could not be added is told by its name. The proposals stay as they are."""
    assert job.region is not None  # noqa: S101 - every import has one
    role = authority_of(job.maker, job.region, job.plan_year or 0).role
    wanted = [(UUID(key), name) for key, names in job.result["photos"].items() for name in names]
    notes = list[dict[str, Any]]()
    for done, (proposal_id, name) in enumerate(wanted, start=1):
        tell(done, len(wanted))
        try:
            fresh = attachments.attach_brought(proposal_id=proposal_id, writer=job.maker, role=role, content=parcel.photo(name))
        except (Refusal, Unreadable) as refusal:
            notes.append({"file": name, "message": str(refusal)})
        except KeyError:
            notes.append({"file": name, "message": _("This file did not come with the sheet.")})
        else:
            job.result["photos_added"] = job.result.get("photos_added", 0) + fresh
    return notes
