"""Works over HTTP: their list and lines, reports, photos, handover, what the village says, files for others."""
