"""The register for programs: `/api/v1/proposals/{uuid}/` and what hangs below it."""
