"""Works of the dictionary are found by their words, stemmed in Indonesian, and by what resembles them."""

from django.db import migrations

FORWARD = """
CREATE INDEX works_by_stemmed_words ON proposals_dictionaryentry
    USING gin (to_tsvector('indonesian', name || ' ' || everyday_words || ' ' || output || ' ' || "group"));
CREATE INDEX works_by_likeness ON proposals_dictionaryentry USING gin (name gin_trgm_ops);
"""
BACKWARD = """
DROP INDEX works_by_likeness;
DROP INDEX works_by_stemmed_words;
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0010_pairs_that_look_alike")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
