"""What was funded before works were kept gets its work: one statement, however many there are."""

from django.db import migrations

FILL = """
INSERT INTO public.budgeting_fundedwork (
    id, plan_year, region_id, proposal_id, run_id, title, sector, origin, origin_reference, funding_source, agency_id, amount,
    programme_code, programme, activity_code, activity, sub_activity_code, sub_activity, budget_document, procurement_reference, provider,
    location, realisation, physical_percent, paid, handover_document, handed_over_to, source_system, source_id,
    created_by_id, created_at, changed_at, version)
SELECT gen_random_uuid(), p.plan_year, p.village_id, p.id, l.run_id, p.title, p.sector,
    CASE WHEN p.channel = 'village' AND p.first_asked_year < p.plan_year THEN 'carried_over' ELSE p.channel END,
    p.sponsor_reference, coalesce(nullif(p.funding_source, ''), 'district_budget'), p.agency_id, p.funded_amount,
    '', coalesce(d.programme, ''), '', coalesce(d.activity, ''), '', '', '', '', '',
    p.location, '', 0, 0, '', '', '', '',
    coalesce(l.published_by_id, p.author_id), coalesce(l.published_at, p.changed_at), p.changed_at, 1
FROM public.proposals_proposal p
LEFT JOIN public.proposals_dictionaryentry d ON d.id = p.dictionary_entry_id
LEFT JOIN LATERAL (
    SELECT r.id AS run_id, r.published_by_id, r.published_at
    FROM public.budgeting_allocationline al JOIN public.budgeting_allocationrun r ON r.id = al.run_id
    WHERE al.proposal_id = p.id AND al.verdict = 'funded' AND r.status = 'published'
    ORDER BY r.published_at DESC LIMIT 1) l ON true
WHERE p.outcome = 'funded'
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0003_every_rupiah_has_a_work"), ("proposals", "0019_lists_by_day")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
