"""Our form, empty: what a village fills in, and a second sheet that says what belongs into each column."""

from io import BytesIO

from django.utils.translation import gettext as _

from proposals.sheets import book as sheet_book
from proposals.sheets.book import Style, Table
from proposals.sheets.form import BLANK_FORM, BY_KEY
from proposals.words import LandOwner, Sector


def workbook() -> BytesIO:
    """The workbook, from its beginning."""
    out = BytesIO()
    columns = [BY_KEY[key] for key in BLANK_FORM]
    form = Table("Usulan", [column.heading for column in columns], [], [max(column.width, len(column.heading) + 2) for column in columns])
    told = [[BY_KEY[key].heading, sentence] for key, sentence in hints().items()]
    sheet_book.write(out, [form, Table(_("How to fill it in"), (_("Column"), _("What belongs there")), told, [24, 110], [Style.TEXT, Style.TEXT])])
    out.seek(0)
    return out


def hints() -> dict[str, str]:
    """Column -> what belongs there."""
    yes = _("1 for yes; empty for no.")
    people = _("A whole number; empty where nobody counted.")
    return {
        "source_id": _("Your own number of the row. The same number sent again adds nothing. Empty: the row is known by its words."),
        "village": _("The code of the village, as 61.12.01.2001, or its name. Empty where the sheet is sent for one village."),
        "title": _("What is asked for, in 10 to 160 characters. Required."),
        "problem": _("What is wrong today, and for whom."),
        "objective": _("What should be better afterwards."),
        "sector": ", ".join(str(word) for _code, word in Sector.choices),
        "dictionary_code": _("The code of the work in the dictionary of works, where it is there."),
        "volume": _("How much, as 35 or 1,5. Required. “35 orang” is understood too."),
        "unit": _("For example m, m2, unit, orang, paket."),
        "unit_price": _("Price of one unit in whole rupiah."),
        "amount": _("Whole rupiah. Empty: volume times unit price."),
        "amount_reason": _("Why the amount is another than volume times unit price, in at least 20 characters."),
        "locus": _("The place in words: hamlet, RT, RW, road."),
        "lat": _("Latitude in degrees, as -0,0893."),
        "lon": _("Longitude in degrees, as 109,4021."),
        "shape": _("A line or an area as WKT or GeoJSON, as LINESTRING (109.40 -0.09, 109.41 -0.09)."),
        "agency": _("The agency's name or short name."),
        "land_owner": ", ".join(str(word) for _code, word in LandOwner.choices),
        "on_behalf_of": _("The group that asks."),
        "pre_meeting": _("The meeting that raised it."),
        **dict.fromkeys(("raised_by_women", "raised_by_youth", "raised_by_disabled", "raised_by_poor"), yes),
        **dict.fromkeys(("beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households"), people),
        "first_asked_year": _("The plan year in which it was first asked for, where it was asked for before."),
        "photos": _("Names of the photo files sent with the sheet, separated by semicolons: jalan1.jpg; jalan2.jpg"),
    }
