"""The questions of `proposals.similar` that only SQL can ask well."""

_ASKED = """
WITH asked AS (
    SELECT a.stems, (SELECT string_agg(s, ' ' ORDER BY s) FROM unnest(a.stems) s WHERE s <> ALL(%(empty)s)) AS telling
    FROM (SELECT tsvector_to_array(to_tsvector('indonesian', %(title)s)) AS stems) a
), near AS (
"""
#: Near enough to be looked at. The nearest ones come by walking the index from the place outwards (`<->`), inside a box,
#: so that neither a crowded nor an empty neighbourhood costs much.
_NEAR = """
    (SELECT id FROM proposals_proposal
     WHERE location && %(box)s::geometry AND stage <> 'draft' AND outcome NOT IN ('merged', 'split', 'withdrawn')
     ORDER BY location <-> %(place)s::geometry, id LIMIT %(pool)s)
    UNION
    (SELECT id FROM proposals_proposal
     WHERE shape && %(box)s::geometry AND stage <> 'draft' AND outcome NOT IN ('merged', 'split', 'withdrawn')
     ORDER BY shape <-> %(place)s::geometry, id LIMIT %(pool)s)
    UNION
    (SELECT id FROM proposals_proposal
     WHERE village_id = %(village)s AND stage <> 'draft' AND outcome NOT IN ('merged', 'split', 'withdrawn')
       AND (%(place)s::geometry IS NULL OR coalesce(shape, location) IS NULL)
     ORDER BY changed_at DESC, id LIMIT %(pool)s)
"""
#: Measured against the asked place and title. Shared length: the part of the shorter line that lies within the radius of the longer.
_MEASURED = """
), measured AS (
    SELECT p.id, p.village_id, p.plan_year, p.outcome, p.sector, p.title, p.dictionary_entry_id, p.shape,
           ST_Distance(coalesce(p.shape, p.location)::geography, %(place)s::geometry::geography) AS metres
    FROM near JOIN proposals_proposal p USING (id) WHERE p.id IS DISTINCT FROM %(key)s::uuid
)
SELECT m.id, m.village_id, m.plan_year, m.outcome, m.sector, m.metres, o.overlap,
       d.code, d.name, d."group", d.programme, d.activity, c.region_id AS district,
       w.stems, asked.stems AS asked_stems,
       coalesce(similarity((SELECT string_agg(s, ' ' ORDER BY s) FROM unnest(w.stems) s WHERE s <> ALL(%(empty)s)), asked.telling), 0) AS likeness
FROM measured m CROSS JOIN asked
CROSS JOIN LATERAL (SELECT tsvector_to_array(to_tsvector('indonesian', m.title)) AS stems) w
LEFT JOIN proposals_dictionaryentry d ON d.id = m.dictionary_entry_id
LEFT JOIN proposals_cycle c ON c.id = d.cycle_id
LEFT JOIN LATERAL (
    SELECT CASE
        WHEN m.metres > %(radius)s THEN 0.0
        WHEN ST_Dimension(m.shape) = 2 THEN
            ST_Area(ST_Intersection(m.shape, %(place)s::geometry)::geography)
            / nullif(least(ST_Area(m.shape::geography), ST_Area(%(place)s::geometry::geography)), 0)
        WHEN ST_Length(m.shape::geography) <= ST_Length(%(place)s::geometry::geography) THEN
            ST_Length(ST_Intersection(m.shape, ST_Buffer(%(place)s::geometry::geography, %(radius)s)::geometry)::geography)
            / nullif(ST_Length(m.shape::geography), 0)
        ELSE
            ST_Length(ST_Intersection(%(place)s::geometry, ST_Buffer(m.shape::geography, %(radius)s)::geometry)::geography)
            / nullif(ST_Length(%(place)s::geometry::geography), 0)
        END AS overlap
    WHERE ST_Dimension(m.shape) = ST_Dimension(%(place)s::geometry) AND ST_Dimension(m.shape) > 0
      AND ST_IsValid(m.shape) AND ST_IsValid(%(place)s::geometry)
) o ON true
"""
COMPARED = f"""{_ASKED}{_NEAR}{_MEASURED}
WHERE m.metres IS NULL OR m.metres < %(reach)s
ORDER BY m.id
"""
#: The same about one other proposal, however far away.
COMPARED_WITH_ONE = f"""{_ASKED} SELECT %(other)s::uuid AS id {_MEASURED}"""

#: Everything that descends from the same beginnings, a proposal's ancestors, descendants and their other branches. Depth is bounded.
FAMILY = """
WITH RECURSIVE kin (id, depth) AS (
    SELECT %(key)s::uuid, 0
    UNION
    SELECT CASE WHEN l.parent_id = k.id THEN l.child_id ELSE l.parent_id END, k.depth + 1
    FROM kin k JOIN proposals_lineage l ON l.parent_id = k.id OR l.child_id = k.id
    WHERE k.depth < 8
)
SELECT DISTINCT id FROM kin LIMIT 1000
"""
