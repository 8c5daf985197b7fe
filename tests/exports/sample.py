"""A small report with every kind of fact, made in memory: no reader, no checks of the program behind it."""

import hashlib
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from extractors.model import (
    Citation,
    Coverage,
    DateMention,
    Form,
    FormRow,
    Header,
    Issued,
    Observation,
    Period,
    Quantity,
    Refusal,
    Relation,
    Report,
    Signature,
    Source,
    SourceWarning,
    Term,
    Unread,
)
from pipeline.checks.model import Check, Finding, Judgement, Message, Suspect

SIGNATURE = Signature(
    signer="Sở Công Thương",
    organisation="UBND tỉnh Khánh Hòa",
    email="sct@khanhhoa.gov.vn",
    issuer="CA phục vụ các cơ quan nhà nước",
    time=datetime(2023, 7, 5, 10, 11, 12, tzinfo=timezone(timedelta(hours=7))),
    time_source="attribute",
    intact=True,
    covers_all=True,
    changes="none",
)
YEAR = Period("year", 2023, None, date(2023, 1, 1), date(2023, 12, 15), "năm 2023")


def observation(number: int, text: str, value: str, quote: str, **more: Any) -> Observation:
    ulp = Decimal(1).scaleb(int(Decimal(value).as_tuple().exponent))
    quantity = Quantity(text, Decimal(value), more.pop("ulp", ulp), more.pop("approx", False))
    facts = {
        "indicator": None,
        "unit": "hồ sơ",
        "locator": f"p{number}",
        "page": 1,
        "bbox": (72.0, 90.5, 120.25, 104.0),
    }
    return Observation(
        id=f"o{number}", quantity=quantity, quote=quote, start=0, end=len(text), site="s1", **facts | more
    )


def report(path: str = "in/bao-cao.docx", body: bytes = b"one", **changes: Any) -> Report:
    observations = (
        observation(1, "33.451", "33451", "đã giải quyết: 33.451 hồ sơ", indicator="dossiers_resolved_total"),
        observation(2, "33437", "33437", "sớm hạn: 33437 hồ sơ", indicator="dossiers_resolved_early"),
        observation(3, "99,98%", "99.98", "tỷ lệ: 99,98%", indicator="rate_early", unit="%"),
        observation(4, "gần 0,50", "0.50", "gần 0,50 điểm", unit="điểm", approx=True, page=None, bbox=None),
        observation(
            5,
            "10,18 ngàn",
            "10180",
            "hơn 10,18 ngàn lượt",
            ulp=Decimal(10),
            locator="t2/r3/c4",
            kind="table",
            row="3.1",
        ),
    )
    facts = {
        "source": Source(
            path,
            hashlib.sha256(body).hexdigest(),
            len(body),
            "docx",
            warnings=(SourceWarning("no_text_layer", "Trang 3 là ảnh.", 3),),
        ),
        "header": Header(
            "BC",
            None,
            "BC-SCT",
            "Sở Công Thương",
            None,
            "Khánh Hòa",
            "Khánh Hòa",
            Issued(2023, 12, None, "ngày tháng 12 năm 2023"),
            "Kết quả cải cách hành chính năm 2023",
            "Phan Thị A",
        ),
        "period": YEAR,
        "observations": observations,
        "citations": (
            Citation(
                "c1",
                "QĐ",
                "707",
                None,
                "QĐ-UBND",
                "707/QĐ-UBND",
                date(2023, 3, 9),
                "UBND tỉnh",
                "Quyết định số 707/QĐ-UBND",
                "p3",
                0,
                11,
                page=1,
            ),
        ),
        "dates": (
            DateMention("d1", "31/6/2023", None, None, "ngày 31/6/2023", "p4", (5, 14), problem="impossible", page=1),
        ),
        "relations": (Relation("r1", "parts", (Term("whole", "o1"), Term("part", "o2")), "p1", complete=True),),
        "forms": (
            Form("t2", "Biểu II.06a", "statistical", (FormRow("3.1", "Hồ sơ", "hồ sơ", "t2/r3", ("o5",), ("4",)),)),
        ),
        "coverage": Coverage(10, 5, 2, 1, 1, 0, 1, (Unread("77", "số 77 lạ", "p9", 2),)),
    }
    return Report(**facts | changes)


def judgement() -> Judgement:
    """What the checks might say of `report()`."""
    check = Check(
        id="k1",
        rule="ratio.rate_early",
        family="ratio",
        verdict="error",
        expression="rate_early = 100 * dossiers_resolved_early / dossiers_resolved_total",
        arithmetic="33.437 / 33.451 = 99,96%",
        observations=("o3", "o2", "o1"),
        stated=Decimal("99.98"),
        expected=(Decimal("99.955"), Decimal("99.965")),
    )
    finding = Finding(
        id="f1",
        rule="ratio.rate_early",
        family="ratio",
        severity="error",
        message=Message("Tỷ lệ ghi 99,98%, tính lại là 99,96%.", "Stated 99.98%, recomputed 99.96%."),
        stated=Decimal("99.98"),
        expected=Decimal("99.96"),
        difference=Decimal("0.02"),
        checks=("k1",),
        evidence=("o3", "o2", "c1", "d1"),
        suspects=(Suspect("o3", Decimal("99.96"), "33.437/33.451 = 99,96%", "33,437/33,451 is 99.96%"),),
    )
    note = Finding(
        id="f2",
        rule="header.number_blank",
        family="header",
        severity="info",
        message=Message("Để trống số văn bản.", "The number is blank."),
        quote="Số: /BC-SCT",
        locator="p2",
        page=1,
    )
    return Judgement((check,), (note, finding))


def refused(path: str = "in/khoa.docx", code: str = "encrypted") -> Report:
    return Report(
        Source(path, hashlib.sha256(b"locked").hexdigest(), 6, None), error=Refusal(code, "Tệp có mật khẩu.", "Locked.")
    )
