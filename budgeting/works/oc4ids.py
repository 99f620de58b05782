"""Works in the Open Contracting for Infrastructure Data Standard, version 0.9: one project a work, streamed as a project package.

https://standard.open-contracting.org/infrastructure/ - shapes and code lists from there; ours are mapped in the tables below.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.timezone import make_aware

from budgeting.models import FundedWork, Progress, WorkPhoto
from budgeting.works import reading, reporting, telling
from budgeting.works.querysets import FundedWorkQuerySet
from proposals.words import Sector

VERSION = "0.9"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_CHUNK = 500
#: Where a work stands, in the words of their code list projectStatus. What only the builder calls done is completion, not completed.
STATUS = {
    "not_started": "preparation",
    "under_way": "implementation",
    "reported_done": "completion",
    "disputed": "completion",
    "confirmed": "completed",
}
SECTORS = {
    Sector.ROAD: ["transport", "transport.road"],
    Sector.WATER: ["waterAndWaste"],
    Sector.DRAINAGE: ["naturalResources", "naturalResources.floodProtection"],
    Sector.EDUCATION: ["education"],
    Sector.HEALTH: ["health"],
    Sector.FARMING: ["economy"],
    Sector.FISHERY: ["economy"],
    Sector.BUSINESS: ["economy"],
    Sector.ENERGY: ["energy"],
    Sector.GOVERNMENT: ["governance"],
    Sector.EMPOWERMENT: ["economy"],
    Sector.TRANSPORT: ["transport", "transport.water"],
    Sector.SANITATION: ["waterAndWaste"],
    Sector.HOUSING: ["socialHousing"],
    Sector.DISASTER: ["governance"],
}
_CONTRACT = {"not_started": "pre-award", "under_way": "active"}


def package(works: FundedWorkQuerySet, *, uri: str, base: str) -> Iterator[str]:
    """A project package as JSON text, a project at a time; `base` is this site's address, for photos and pages."""
    newest = works.order_by("-changed_at").values_list("changed_at", flat=True).first()
    head = {
        "uri": uri,
        "version": VERSION,
        "publishedDate": _moment(newest) if newest else None,
        "license": LICENSE,
        "publisher": {"name": settings.OC4IDS_PUBLISHER, "uri": base},
    }
    head = {name: value for name, value in head.items() if value}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ',"projects":['
    rows, first = works.iterator(chunk_size=_CHUNK), True
    while chunk := list(islice(rows, _CHUNK)):
        for told in _projects(chunk, base):
            yield ("" if first else ",") + json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            first = False
    yield "]}"


def _projects(works: list[FundedWork], base: str) -> Iterator[dict[str, Any]]:
    photos: dict[UUID, list[WorkPhoto]] = {work.pk: [] for work in works}
    for photo in WorkPhoto.objects.filter(work__in=photos).order_by("work_id", "added_at", "pk"):
        photos[photo.work_id].append(photo)
    reports = reporting.last_of_each(photos)
    for work in works:
        yield project(work, photos[work.pk], reports.get(work.pk), base)


def project(work: FundedWork, photos: Iterable[WorkPhoto], report: Progress | None, base: str) -> dict[str, Any]:
    """One work as a project; fields without a value are left out."""
    state = reading.state_of(work)
    told = {
        "id": f"{settings.OC4IDS_PREFIX}-{work.pk}",
        "updated": _moment(work.changed_at),
        "title": work.title,
        "status": STATUS[state],
        "period": _period(work.planned_start, work.planned_end),
        "identifiers": _identifiers(work),
        "sector": SECTORS[Sector(work.sector)] if work.sector else [],
        "additionalClassifications": _classes(work),
        "locations": [_location(work)],
        "budget": {"amount": _money(work.amount), "approvalDate": _moment(work.created_at)},
        "parties": _parties(work),
        "documents": [*_papers(work), *(_photo(photo, base) for photo in photos), _page(work, base)],
        "contractingProcesses": _processes(work, state),
        "metrics": _metrics(work, report),
        "completion": _completion(work, state),
    }
    return {name: value for name, value in told.items() if value not in (None, [], {}, "")}


def _identifiers(work: FundedWork) -> list[dict[str, str]]:
    """What other registers call it: the proposal's number, the line of the system that it came from."""
    named = [("ID-musrenbang-proposal", work.proposal.number)] if work.proposal and work.proposal.number else []
    named += [(f"ID-source-{work.source_system}", work.source_id)] if work.source_id else []
    return [{"scheme": scheme, "id": key} for scheme, key in named]


def _period(start: date | None, end: date | None) -> dict[str, str]:
    both = {"startDate": start, "endDate": end}
    return {name: _day(day) for name, day in both.items() if day}


def _classes(work: FundedWork) -> list[dict[str, str]]:
    """Where the line comes from and which line of the budget it is, in code lists of our own."""
    named = [("musrenbang-origin", work.origin, str(work.get_origin_display()))]
    named += [("musrenbang-source", work.funding_source, str(work.get_funding_source_display()))]
    lines = (("programme", work.programme_code, work.programme), ("activity", work.activity_code, work.activity))
    named += [
        (f"ID-budget-{kind}", code, words) for kind, code, words in (*lines, ("sub-activity", work.sub_activity_code, work.sub_activity)) if code
    ]
    return [{"scheme": scheme, "id": code, "description": words} for scheme, code, words in named]


def _location(work: FundedWork) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": work.region_id,
        "description": work.region.title,
        "gazetteer": {"scheme": "ID-KEMENDAGRI", "identifiers": [work.region_id]},
        "address": {"locality": work.region.title, **_above(work), "countryName": "Indonesia"},
    }
    if work.location:
        told["geometry"] = {"type": "Point", "coordinates": [round(work.location.x, 6), round(work.location.y, 6)]}
    return told


def _above(work: FundedWork) -> dict[str, str]:
    return {"region": work.region.parent.title} if work.region.parent else {}


def _authority(work: FundedWork) -> dict[str, str]:
    if work.agency is not None:
        return {"id": f"ID-agency-{work.agency.region_id}-{work.agency.code}", "name": work.agency.name}
    return {"id": f"ID-government-{work.region_id}", "name": f"Pemerintah {work.region.title}"}


def _parties(work: FundedWork) -> list[dict[str, Any]]:
    parties: list[dict[str, Any]] = [{**_authority(work), "roles": ["publicAuthority", "procuringEntity"]}]
    if work.provider:
        parties.append({**_provider(work), "roles": ["supplier"]})
    return parties


def _provider(work: FundedWork) -> dict[str, str]:
    return {"id": f"{work.pk}-supplier", "name": work.provider}


def _processes(work: FundedWork, state: str) -> list[dict[str, Any]]:
    """The contract as far as the line knows it: its reference in the procurement system, who builds, from when to when."""
    if not (work.procurement_reference or work.provider):
        return []
    summary: dict[str, Any] = {
        "externalReference": work.procurement_reference,
        "title": work.title,
        "nature": ["construction"],
        "status": _CONTRACT.get(state, "closed"),
        "tender": {"procuringEntity": _authority(work)},
        "suppliers": [_provider(work)] if work.provider else [],
        "contractPeriod": _period(work.planned_start, work.planned_end),
    }
    kept = {name: value for name, value in summary.items() if value not in ("", [], {})}
    return [{"id": work.procurement_reference or f"{work.pk}-contract", "summary": kept}]


def _papers(work: FundedWork) -> list[dict[str, str]]:
    papers = []
    if work.budget_document:
        papers.append({"id": "budget", "documentType": "budgetApproval", "title": work.budget_document})
    if work.handover_document and work.handed_over_on:
        published = _day(work.handed_over_on)
        papers.append({"id": "handover", "documentType": "completionCertificate", "title": work.handover_document, "datePublished": published})
    return papers


def _photo(photo: WorkPhoto, base: str) -> dict[str, str]:
    return {
        "id": photo.sha256,
        "documentType": "illustration",
        "title": photo.caption or str(photo.get_moment_display()),
        "url": base.rstrip("/") + photo.file.url,
        "datePublished": _moment(photo.added_at),
        "format": "image/jpeg",
    }


def _page(work: FundedWork, base: str) -> dict[str, str]:
    """The work's own page, with what the village says."""
    return {
        "id": "page",
        "documentType": "projectEvaluation",
        "title": work.title,
        "url": base.rstrip("/") + telling.path_of(work),
        "format": "text/html",
    }


def _metrics(work: FundedWork, report: Progress | None) -> list[dict[str, Any]]:
    """The latest report: what share is built and paid, as of its day."""
    if report is None:
        return []
    share = reading.financial_percent(work)
    shares = (("physicalProgress", float(report.physical_percent)), ("financialProgress", round(float(share), 2)))
    period = {"endDate": _day(report.as_of)}
    return [
        {"id": name, "title": name, "observations": [{"id": str(report.pk), "period": period, "measure": value, "unit": {"name": "percent"}}]}
        for name, value in shares
    ]


def _completion(work: FundedWork, state: str) -> dict[str, Any]:
    if state in ("not_started", "under_way"):
        return {}
    told: dict[str, Any] = {"finalValue": _money(work.paid)} if work.paid else {}
    return {**told, "endDate": _day(work.handed_over_on)} if work.handed_over_on else told


def _money(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "IDR"}


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _day(day: date) -> str:
    """A day as the beginning of it here: the standard knows moments only."""
    return make_aware(datetime.combine(day, time())).isoformat()
