"""What a refused form needs is told above it, once."""

import pytest
from django.template import engines

from frontend.forms.provenance import ClaimForm


@pytest.mark.parametrize("template", ["{{ form }}", "{% load forms %}{% form_summary form %}<form>{{ form }}</form>"])
def test_a_page_that_puts_the_summary_higher_up_does_not_tell_it_twice(template):
    form = ClaimForm({"proposal": "6112-2028-0001", "words": ""})
    told = engines["django"].from_string(template).render({"form": form})
    assert told.count('href="#id_words"') == 1
