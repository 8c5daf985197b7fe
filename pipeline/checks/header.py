"""Family `header`: what a report leaves blank or writes unevenly; for information."""

from __future__ import annotations

import re

from pipeline.checks.findings import Draft
from pipeline.checks.model import Message
from pipeline.checks.sheet import Sheet


def run(sheet: Sheet) -> list[Draft]:
    """Remarks on letterhead, period and notation; news items have no letterhead to fill."""
    header, drafts = sheet.report.header, []
    if header.doc_type != "TIN":
        if header.number is None and header.number_text:
            vi = f"Văn bản để trống số (“{header.number_text.strip()}”)."
            drafts.append(
                Draft(
                    "header.number_blank",
                    "info",
                    Message(vi, "The document number is blank."),
                    [],
                    [],
                    quote=header.number_text,
                    locator=header.number_locator,
                )
            )
        if header.issued and header.issued.day is None:
            vi = f"Văn bản để trống ngày ban hành (“{header.issued.text}”)."
            drafts.append(
                Draft(
                    "header.day_blank",
                    "info",
                    Message(vi, "The day of issue is blank."),
                    [],
                    [],
                    quote=header.issued.text,
                    locator=header.issued_locator,
                )
            )
    if sheet.report.period is None and header.doc_type == "BC":
        drafts.append(
            Draft(
                "header.no_period",
                "info",
                Message("Không thấy kỳ báo cáo.", "No reporting period is stated."),
                [],
                [],
                quote=header.title,
            )
        )
    return drafts + _notation(sheet)


def _notation(sheet: Sheet) -> list[Draft]:
    """Thousands with and without dots in one report."""
    counts = [
        o
        for o in sheet.by_id.values()
        if o.unit != "%" and o.value >= 10_000 and o.value == o.value.to_integral_value()
    ]
    dotted = [o for o in counts if re.search(r"\d\.\d{3}", o.quantity.text)]
    plain = [o for o in counts if re.fullmatch(r"\d{5,}", o.quantity.text)]
    if not dotted or not plain:
        return []
    vi = f"Cách viết số không thống nhất: có chỗ “{dotted[0].quantity.text}”, có chỗ “{plain[0].quantity.text}”."
    return [
        Draft(
            "header.mixed_number_format",
            "info",
            Message(vi, "Thousands are written with and without dots."),
            [],
            [plain[0].id, dotted[0].id],
        )
    ]
