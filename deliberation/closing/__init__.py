"""The end of a stage: closed by a person, region by region, when its papers exist; reopened by two."""
