"""Spreadsheets of what people typed: what looks like a formula stays text."""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: str) -> str:
    """``value`` with a quote before it when a spreadsheet would take it for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


def protect_exports() -> None:
    """For every export in the admin, Wagtail's own too: regional editors write what national editors open.

    Only for CSV: in XLSX Wagtail says of each cell that it is text.
    """
    SpreadsheetExportMixin.custom_value_preprocess[str] = {SpreadsheetExportMixin.FORMAT_CSV: as_text}
