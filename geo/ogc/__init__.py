"""OGC API - Features, Part 1 (OGC 17-069r4): collections that QGIS, GDAL and others open by their address alone."""
