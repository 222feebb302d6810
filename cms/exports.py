"""Spreadsheets of what people typed."""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: str) -> str:
    """``value`` with a quote before it when a spreadsheet would take it for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


class TextExportMixin(SpreadsheetExportMixin):
    """What is exported stays text; to be named before the view. In XLSX Wagtail sees to that by the types of cells."""

    custom_value_preprocess = SpreadsheetExportMixin.custom_value_preprocess | {
        str: {SpreadsheetExportMixin.FORMAT_CSV: as_text}
    }
