"""Full text with forgiven spelling, an index for every order of the lists, and searches that people keep."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = r"""
-- In PL/pgSQL: the same written as SQL functions takes four times as long, and a country has millions of texts.
-- What a text is compared by: small letters, no accents, no marks that turn the direction of writing, every sign a blank.
CREATE OR REPLACE FUNCTION proposals_plain(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF octet_length(given) <> length(given) THEN
        given := regexp_replace(normalize(given, NFKD), '[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]', '', 'g');
    END IF;
    RETURN translate(lower(given),
        E'!"#$%&()*+,-./:;<=>?@[\\]^_{|}~\t\n\r\u2010\u2011\u2012\u2013\u2014\u2026\u2022\u201c\u201d\u201e\u2018\u2019''`',
        '                                           ');
END $$;

CREATE OR REPLACE FUNCTION proposals_stem(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce((ts_lexize('pg_catalog.indonesian_stem', word))[1], word)
$$;

-- Facets are lexemes with a sign that no word has, so that words, place and state are one question to one index.
CREATE OR REPLACE FUNCTION proposals_facets(p proposals_proposal) RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    found text[] := array_remove(ARRAY[
        '@' || left(p.village_id, 2), '@' || left(p.village_id, 5), '@' || left(p.village_id, 8), '@' || p.village_id,
        '@year:' || p.plan_year, '@channel:' || p.channel, '@sector:' || p.sector, '@stage:' || p.stage, '@outcome:' || p.outcome,
        '@realisation:' || nullif(p.realisation, ''), '@source:' || nullif(p.funding_source, ''), '@land:' || nullif(p.land_owner, ''),
        '@agency:' || p.agency_id, '@entry:' || p.dictionary_entry_id,
        CASE WHEN p.raised_by_women THEN '@raised:women' END, CASE WHEN p.raised_by_youth THEN '@raised:youth' END,
        CASE WHEN p.raised_by_disabled THEN '@raised:disabled' END, CASE WHEN p.raised_by_poor THEN '@raised:poor' END,
        CASE WHEN p.location IS NULL THEN '@place:none' END,
        '@shape:' || (ARRAY['line', 'area'])[ST_Dimension(p.shape)],
        '@day:' || to_char(p.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '@month:' || to_char(p.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM'),
        '#' || p.number, '#' || nullif(ltrim(substring(p.number FROM '[0-9]+$'), '0'), '')
    ], NULL);
BEGIN
    FOR years IN 1 .. coalesce(p.plan_year - p.first_asked_year, 0) LOOP
        found := found || ('@waits:' || years);
    END LOOP;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION proposals_document(p proposals_proposal) RETURNS tsvector LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN setweight(to_tsvector('pg_catalog.indonesian', proposals_plain(p.title)), 'A')
        || setweight(to_tsvector('pg_catalog.indonesian', proposals_plain(p.locus || ' ' || p.sponsor)), 'B')
        || setweight(to_tsvector('pg_catalog.indonesian', proposals_plain(p.problem)), 'C')
        || setweight(to_tsvector('pg_catalog.indonesian', proposals_plain(p.objective)), 'D')
        || array_to_tsvector(proposals_facets(p));
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION proposals_document(proposals_proposal);
DROP FUNCTION proposals_facets(proposals_proposal);
DROP FUNCTION proposals_stem(text);
DROP FUNCTION proposals_plain(text);
"""
TRIGGERS = """
-- The columns are compared here, not in the trigger's condition: a condition would forbid to widen any of them later.
CREATE FUNCTION proposals_keep_searchable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    same_text boolean := false;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM proposals_searchentry WHERE proposal_id = OLD.id;
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        same_text := (OLD.title, OLD.locus, OLD.sponsor, OLD.problem, OLD.objective) IS NOT DISTINCT FROM
            (NEW.title, NEW.locus, NEW.sponsor, NEW.problem, NEW.objective);
        IF same_text AND (OLD.number, OLD.village_id, OLD.plan_year, OLD.channel, OLD.sector, OLD.stage, OLD.outcome, OLD.realisation,
                OLD.funding_source, OLD.land_owner, OLD.agency_id, OLD.dictionary_entry_id, OLD.first_asked_year, OLD.submitted_at,
                OLD.raised_by_women, OLD.raised_by_youth, OLD.raised_by_disabled, OLD.raised_by_poor, OLD.location IS NULL, ST_Dimension(OLD.shape))
            IS NOT DISTINCT FROM
                (NEW.number, NEW.village_id, NEW.plan_year, NEW.channel, NEW.sector, NEW.stage, NEW.outcome, NEW.realisation,
                NEW.funding_source, NEW.land_owner, NEW.agency_id, NEW.dictionary_entry_id, NEW.first_asked_year, NEW.submitted_at,
                NEW.raised_by_women, NEW.raised_by_youth, NEW.raised_by_disabled, NEW.raised_by_poor, NEW.location IS NULL, ST_Dimension(NEW.shape))
        THEN
            RETURN NULL;
        END IF;
        same_text := same_text AND OLD.stage <> 'draft';
    END IF;
    INSERT INTO proposals_searchentry (proposal_id, document) VALUES (NEW.id, proposals_document(NEW))
    ON CONFLICT (proposal_id) DO UPDATE SET document = excluded.document;
    -- A draft is nobody's but its writers': its words are told to no searcher.
    IF NEW.stage <> 'draft' AND NOT same_text THEN
        INSERT INTO proposals_unreadtext (proposal_id) VALUES (NEW.id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER a_proposal_is_searchable AFTER INSERT OR UPDATE OR DELETE ON proposals_proposal
FOR EACH ROW EXECUTE FUNCTION proposals_keep_searchable();

CREATE FUNCTION proposals_read_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO proposals_searchword AS known (word, lexeme, occurrences, is_place)
    SELECT DISTINCT word, proposals_stem(word), 0, true FROM named, unnest(string_to_array(proposals_plain(name), ' ')) AS word
    WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]' ORDER BY word
    ON CONFLICT (word) DO UPDATE SET is_place = true WHERE NOT known.is_place;
    RETURN NULL;
END $$;

CREATE TRIGGER names_of_new_regions_are_words AFTER INSERT ON geo_region REFERENCING NEW TABLE AS named
FOR EACH STATEMENT EXECUTE FUNCTION proposals_read_names();
CREATE TRIGGER names_of_changed_regions_are_words AFTER UPDATE ON geo_region REFERENCING NEW TABLE AS named
FOR EACH STATEMENT EXECUTE FUNCTION proposals_read_names();

-- What stood there before the triggers did.
INSERT INTO proposals_searchentry (proposal_id, document) SELECT id, proposals_document(p) FROM proposals_proposal p;
INSERT INTO proposals_unreadtext (proposal_id) SELECT id FROM proposals_proposal WHERE stage <> 'draft';
INSERT INTO proposals_searchword (word, lexeme, occurrences, is_place)
SELECT DISTINCT word, proposals_stem(word), 0, true FROM geo_region, unnest(string_to_array(proposals_plain(name), ' ')) AS word
WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]';
"""
NO_TRIGGERS = """
DROP TRIGGER names_of_changed_regions_are_words ON geo_region;
DROP TRIGGER names_of_new_regions_are_words ON geo_region;
DROP FUNCTION proposals_read_names();
DROP TRIGGER a_proposal_is_searchable ON proposals_proposal;
DROP FUNCTION proposals_keep_searchable();
"""
WORD_INDEXES = """
CREATE INDEX words_alike ON proposals_searchword USING gin (word gin_trgm_ops);
CREATE INDEX words_by_beginning ON proposals_searchword (word varchar_pattern_ops);
CREATE INDEX words_by_lexeme ON proposals_searchword (lexeme);
"""
NO_WORD_INDEXES = "DROP INDEX words_by_lexeme; DROP INDEX words_by_beginning; DROP INDEX words_alike;"
#: Both keys of an order run the same way, so that one index serves it forwards and backwards and a cursor is one comparison.
INDEXES = """
DROP INDEX proposals_by_amount; DROP INDEX proposals_by_change; DROP INDEX proposals_by_words;
CREATE INDEX proposals_by_change ON proposals_proposal (changed_at, id) WHERE stage <> 'draft';
CREATE INDEX proposals_by_amount ON proposals_proposal (amount, id) WHERE stage <> 'draft';
CREATE INDEX proposals_by_support ON proposals_proposal (supports, id) WHERE stage <> 'draft';
CREATE INDEX province_by_change ON proposals_proposal (left(village_id, 2), changed_at, id) WHERE stage <> 'draft';
CREATE INDEX province_year_by_change ON proposals_proposal (left(village_id, 2), plan_year, changed_at, id) WHERE stage <> 'draft';
CREATE INDEX province_by_amount ON proposals_proposal (left(village_id, 2), amount, id) WHERE stage <> 'draft';
CREATE INDEX province_by_support ON proposals_proposal (left(village_id, 2), supports, id) WHERE stage <> 'draft';
CREATE INDEX province_by_number ON proposals_proposal (left(village_id, 2), number, id) WHERE stage <> 'draft';
CREATE INDEX district_by_change ON proposals_proposal (left(village_id, 5), changed_at, id) WHERE stage <> 'draft';
"""
FORMER_INDEXES = """
DROP INDEX district_by_change; DROP INDEX province_by_number; DROP INDEX province_by_support; DROP INDEX province_by_amount;
DROP INDEX province_year_by_change; DROP INDEX province_by_change; DROP INDEX proposals_by_support; DROP INDEX proposals_by_amount;
DROP INDEX proposals_by_change;
CREATE INDEX proposals_by_change ON proposals_proposal (changed_at DESC, id) WHERE stage <> 'draft';
CREATE INDEX proposals_by_amount ON proposals_proposal (amount DESC, id) WHERE stage <> 'draft';
CREATE INDEX proposals_by_words ON proposals_proposal USING gin (
    upper(title::text) gin_trgm_ops, upper(problem) gin_trgm_ops, upper(number::text) gin_trgm_ops, title gin_trgm_ops
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("proposals", "0012_what_waits_for_years"),
    ]
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("proposal", models.OneToOneField(
                    db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_entry",
                    serialize=False, to="proposals.proposal",
                )),
                ("document", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name_plural": "search entries",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["document"], name="proposals_by_document")],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("lexeme", models.CharField(max_length=40)),
                ("occurrences", models.BigIntegerField(default=0)),
                ("is_place", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="UnreadText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("proposal_id", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=2000)),
                ("terms", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="saved_searches", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name_plural": "saved searches",
                "ordering": ["user_id", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), django.db.models.functions.text.Lower("name"), name="one_saved_search_per_person_and_name"
                    ),
                    models.UniqueConstraint(fields=("user", "query"), name="the_same_search_is_saved_once_per_person"),
                ],
            },
        ),
        migrations.RunSQL(WORD_INDEXES, NO_WORD_INDEXES),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(INDEXES, FORMER_INDEXES),
    ]
