"""Boundaries: read from GeoJSON, kept, joined upwards and thinned for drawing."""
