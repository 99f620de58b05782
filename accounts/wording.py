"""Sentences of the libraries that citizens and programs get to read, and that the libraries have no Indonesian for.

They stand here so that they come into our catalogue; the libraries look them up by their own words.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Not a valid string."),
    _("Must be a valid boolean."),
    _("Must be a valid UUID."),
    _("String value too large."),
    _("This value does not match the required pattern."),
    _("Invalid data. Expected a dictionary, but got {datatype}."),
    _('Expected a list of items but got type "{input_type}".'),
    _("Surrogate characters are not allowed: U+{code_point:X}."),
    _("This list may not be empty."),
    _("The submitted data was not a file. Check the encoding type on the form."),
    _("Invalid cursor"),
)
