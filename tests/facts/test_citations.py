"""Citations: every class of số/ký hiệu with its date and issuer, what is none, and the labelled texts where present."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts.citations import CitationSpan, find_citations, find_identifiers, resolve
from extractors.language.normalise import normalise
from extractors.vocabulary.registers import DocType, doc_types, tone_key

SHARED = Path(__file__).resolve().parents[2] / "../shared"
OWN = "Sở Công Thương"


def test_a_capital_with_a_dot_shifts_no_offset() -> None:
    """Its lower case is two letters, and offsets of the lower case text are used in the text."""
    assert tone_key("\u0130\u0130Uỷ") == "iiủy"
    text = "\u0130" * 30 + " theo Nghị định 61"
    (span,) = find_citations(text)
    assert (text[span.start : span.end], span.number) == ("Nghị định 61", "61")


def test_digits_of_other_scripts_number_no_document() -> None:
    for text in ("Kế hoạch số ٣٤/KH-UBND", "Nghị định ٦١", "Kết luận số ٩١-KL/TU"):
        assert find_citations(text) == []


def test_the_point_of_a_thousand_stands_behind_one_digit_or_two() -> None:
    assert [span.key for span in find_citations("Quyết định số 1.578/QĐ-UBND và 12.578/QĐ-UBND")] == [
        "1578/QĐ-UBND",
        "12578/QĐ-UBND",
    ]
    assert find_citations("Quyết định số 281.578/QĐ-UBND") == []  # no office has so many


def test_a_code_that_begins_with_l_is_no_law() -> None:
    (span,) = find_citations("Thực hiện Văn bản số 5/LTTT.")
    assert (span.key, span.doc_type) == ("5/LTTT", "CV")
    (lost,) = find_citations("Lệnh số 12/2015/LCTN.")
    assert lost.key == "12/2015/L-CTN"


def test_a_body_behind_a_bare_citation_ends_before_the_next() -> None:
    text = "Kết luận số 1 ngày 25/10/2025 của Ban T số09-CTr/TU ngày 30/11/2025"
    first, then = find_citations(text)
    assert (first.number, first.date, then.key) == ("1", date(2025, 10, 25), "09-CTr/TU")
    assert first.end <= then.start


def read(text: str, own: str | None = OWN) -> list[CitationSpan]:
    return [resolve(span, own) for span in find_citations(normalise(text).text)]


def one(text: str, own: str | None = OWN) -> CitationSpan:
    (found,) = read(text, own)
    return found


@pytest.mark.parametrize(
    ("text", "doc_type", "number", "year", "symbol", "key"),
    [
        ("Kế hoạch số 73/KH-SCT", "KH", "73", None, "KH-SCT", "73/KH-SCT"),
        ("Báo cáo số 30043/BC-SNNMT-KHTC", "BC", "30043", None, "BC-SNNMT-KHTC", "30043/BC-SNNMT-KHTC"),
        ("Quyết định số 257/QĐ-BQLCKCN", "QĐ", "257", None, "QĐ-BQLCKCN", "257/QĐ-BQLCKCN"),
        ("Chương trình hành động số 12823/CTr-UBND", "CTr", "12823", None, "CTr-UBND", "12823/CTr-UBND"),
        ("văn bản số 2519/SCT-VP", "CV", "2519", None, "SCT-VP", "2519/SCT-VP"),
        ("Công văn số 6791/SNNMT", "CV", "6791", None, "SNNMT", "6791/SNNMT"),
        ("Công văn số 70/TCTCCTTHC", "CV", "70", None, "TCTCCTTHC", "70/TCTCCTTHC"),
        ("Công văn 2231/SNV-CCHC&PC", "CV", "2231", None, "SNV-CCHC&PC", "2231/SNV-CCHC&PC"),
        ("Văn bản chỉ đạo số 488/UBND-KT", "CV", "488", None, "UBND-KT", "488/UBND-KT"),
        ("Công văn số 1234/UBND-TH1", "CV", "1234", None, "UBND-TH1", "1234/UBND-TH1"),
        ("Nghị định 59/2012/NĐ-CP", "NĐ", "59", 2012, "NĐ-CP", "59/2012/NĐ-CP"),
        ("Quyết định số 57/2023/QĐ-UBND", "QĐ", "57", 2023, "QĐ-UBND", "57/2023/QĐ-UBND"),
        ("Thông tư số 02/2017/TT-VPCP", "TT", "02", 2017, "TT-VPCP", "02/2017/TT-VPCP"),
        ("Nghị quyết số 66.25/2026/NQ-CP", "NQ", "66.25", 2026, "NQ-CP", "66.25/2026/NQ-CP"),
        ("Thông báo số 831/2026/TB-UBND", "TB", "831", 2026, "TB-UBND", "831/2026/TB-UBND"),
        (
            "Thông tư liên tịch số 03/2010/TTLT-BNV-BTC-BLĐTB&XH",
            *("TTLT", "03", 2010, "TTLT-BNV-BTC-BLĐTB&XH", "03/2010/TTLT-BNV-BTC-BLĐTB&XH"),
        ),
        ("Luật số 80/2015/QH13", "Luật", "80", 2015, "QH13", "80/2015/QH13"),
        ("Luật Thống kê số 89/2015/QH13", "Luật", "89", 2015, "QH13", "89/2015/QH13"),
        ("Nghị quyết số 202/2025/QH15", "NQ", "202", 2025, "QH15", "202/2025/QH15"),
        ("Nghị quyết số 35/2023/UBTVQH15", "NQ", "35", 2023, "UBTVQH15", "35/2023/UBTVQH15"),
        ("Nghị quyết số 1365/NQ-UBTVQH15", "NQ", "1365", None, "NQ-UBTVQH15", "1365/NQ-UBTVQH15"),
        ("Văn bản hợp nhất số 03/VBHN-VPQH", "VBHN", "03", None, "VBHN-VPQH", "03/VBHN-VPQH"),
        ("Kết luận số 91-KL/TU", "KL", "91", None, "KL/TU", "91-KL/TU"),
        ("Công văn 587-CV/BCSD", "CV", "587", None, "CV/BCSD", "587-CV/BCSD"),
        ("Công văn số 2449-CV/ĐU", "CV", "2449", None, "CV/ĐU", "2449-CV/ĐU"),
        ("Hướng dẫn số 05-HD/VPTW", "HD", "05", None, "HD/VPTW", "05-HD/VPTW"),
        ("Nghị quyết số 30c/NQ-CP", "NQ", "30c", None, "NQ-CP", "30c/NQ-CP"),
        ("Quyết định số 115/QĐ-UB", "QĐ", "115", None, "QĐ-UB", "115/QĐ-UB"),
        ("văn bản số 1691/XN-SCT", "XN", "1691", None, "XN-SCT", "1691/XN-SCT"),
        ("Giấy phép số 18/SLĐTBXH-GP", "GP", "18", None, "SLĐTBXH-GP", "18/SLĐTBXH-GP"),
        ("Báo cáo thẩm định số 18/BCTĐ-STP", "BCTĐ", "18", None, "BCTĐ-STP", "18/BCTĐ-STP"),
        ("Kế hoạch số 15/KH-UBND.VX", "KH", "15", None, "KH-UBND.VX", "15/KH-UBND.VX"),
        ("Quyết định số 2.345/QĐ-UBND", "QĐ", "2345", None, "QĐ-UBND", "2345/QĐ-UBND"),
        ("số : 123 / QĐ - UBND", "QĐ", "123", None, "QĐ-UBND", "123/QĐ-UBND"),
        ("Báo cáo số 45/BC - SCT", "BC", "45", None, "BC-SCT", "45/BC-SCT"),
        ("Kế hoạch số 12/\nKH-UBND", "KH", "12", None, "KH-UBND", "12/KH-UBND"),
        ("Quyết định số 12 / 2019 / QĐ - UBND", "QĐ", "12", 2019, "QĐ-UBND", "12/2019/QĐ-UBND"),
        ("Qu\u0079ết định số 55/Q\u00d0-UBND", "QĐ", "55", None, "QĐ-UBND", "55/QĐ-UBND"),
        ("Quyết định số 55/QD-UBND", "QĐ", "55", None, "QĐ-UBND", "55/QĐ-UBND"),
        ("Quyết định số 707 QĐ-UBND", "QĐ", "707", None, "QĐ-UBND", "707/QĐ-UBND"),
        ("theo 557/QĐ-UBND", "QĐ", "557", None, "QĐ-UBND", "557/QĐ-UBND"),
        ("theo QĐ số 45/QĐ", "QĐ", "45", None, "QĐ", "45/QĐ"),
    ],
)
def test_number_and_symbol(text: str, doc_type: str, number: str, year: int | None, symbol: str, key: str) -> None:
    found = one(text)
    assert (found.doc_type, found.number, found.year, found.symbol, found.key) == (doc_type, number, year, symbol, key)
    assert not found.bare


@pytest.mark.parametrize("kind", [k for k in doc_types() if k.examples], ids=lambda k: k.code)
def test_examples_of_the_register(kind: DocType) -> None:
    for example in kind.examples:
        word = kind.words[0]
        found = one(f"theo {word} số {example} về việc")
        assert (found.key, found.doc_type) == (example, kind.code)
    for text in kind.not_examples:
        assert [c.key for c in read(text) if c.key] == []


@pytest.mark.parametrize(
    ("text", "day", "printed"),
    [
        ("Kế hoạch số 73/KH-SCT ngày 28/9/2023 của Sở", date(2023, 9, 28), "28/9/2023"),
        ("Kế hoạch số 73/KH-SCT ngày 28.9.2023", date(2023, 9, 28), "28.9.2023"),
        ("Kế hoạch số 73/KH-SCT ngày 28-9-2023", date(2023, 9, 28), "28-9-2023"),
        ("Nghị quyết số 04/NQ-CP ngày 10 tháng 01 năm 2022", date(2022, 1, 10), "10 tháng 01 năm 2022"),
        ("Kết luận số 91-KL/TU, ngày 18/10/2022 của Ban Thường vụ Tỉnh ủy", date(2022, 10, 18), "18/10/2022"),
        ("Quyết định số 187/QĐ-SCT (ngày 15/12/2023)", date(2023, 12, 15), "15/12/2023"),
        ("Kế hoạch số 20/KH-UBND ban hành ngày 20/12/2023", date(2023, 12, 20), "20/12/2023"),
        ("Quyết định số 766/QĐ-TTg của Thủ tướng Chính phủ ngày 23/6/2022", date(2022, 6, 23), "23/6/2022"),
        ("Quyết định số 2345/QĐ-UBNDngày 12/3/2022", date(2022, 3, 12), "12/3/2022"),
        ("Ngày 30/9/2020, Sở Công Thương đã ban hành văn bản số 1691/XN-SCT", date(2020, 9, 30), "30/9/2020"),
        ("<p>Ngày 19/12/2022, Sở có Tờ trình số 3024/TTr-SCT trình", date(2022, 12, 19), "19/12/2022"),
        ("Quyết định số 12/QĐ-UBND ngày 31/02/2023", None, "31/02/2023"),
        ("Quyết định số 12/QĐ-UBND", None, None),
        ("Kế hoạch số /KH-SCT ngày /6/2023 của Sở Công Thương", None, None),
        ("Quyết định số 10/2024/QĐ-UBND ngày 12/4/2023", date(2023, 4, 12), "12/4/2023"),
    ],
)
def test_date(text: str, day: date | None, printed: str | None) -> None:
    found = one(text)
    assert (found.date, found.date_text) == (day, printed)


def test_a_date_of_another_event_is_not_the_date_of_the_document() -> None:
    text = "Ngày 22/9/2020, Sở tiếp nhận hồ sơ theo Quyết định số 12/QĐ-UBND và trả kết quả"
    assert one(text).date is None
    assert one("Quyết định số 12/QĐ-UBND của UBND tỉnh, ngày 12/3/2023 Sở đã họp").date is None


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị định số 59/2012/NĐ-CP ngày 23/7/2012 của Chính phủ về theo dõi", "Chính phủ"),
        ("Quyết định số 707/QĐ-UBND ngày 09/3/2023 của UBND tỉnh ban hành Kế hoạch", "UBND tỉnh"),
        ("Quyết định số 6/QĐ-UBND ngày 9/3/2023 của UBND tỉnh Hà Nam Sửa đổi một số Điều", "UBND tỉnh Hà Nam"),
        ("Quyết định số 30/QĐ-UBND của Chủ tịch UBND tỉnh Hải Dương về", "Chủ tịch UBND tỉnh Hải Dương"),
        ("Báo cáo số 4/BC-UBND ngày 1/6/2024 của UBND thị xã Sa Pa về", "UBND thị xã Sa Pa"),
        ("Thông báo số 5/TB-UBND của UBND xã Phú Thịnh về", "UBND xã Phú Thịnh"),
        ("Thông báo số 25/TB-SNV ngày 12/01/2024 của Sở Nội vụ về việc", "Sở Nội vụ"),
        ("Báo cáo số 9/BC-SNNMT của Sở Nông nghiệp và Môi trường về", "Sở Nông nghiệp và Môi trường"),
        ("Kế hoạch số 13/KH-SCT của Sở Công Thương Hà Nam về tuyên truyền", "Sở Công Thương Hà Nam"),
        ("Kết luận số 91-KL/TU, ngày 18/10/2022 của Ban Thường vụ Tỉnh ủy về", "Ban Thường vụ Tỉnh ủy"),
        ("Công văn 587-CV/BCSD của Ban Cán sự đảng UBND tỉnh, Sở", "Ban Cán sự đảng UBND tỉnh"),
        (
            "Nghị quyết số 12-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XII về",
            "Ban Chấp hành Trung ương Đảng khóa XII",
        ),
        ("Quyết định 9/QĐ-BNV ngày 3/1/2024 của Bộ trưởng Bộ Nội vụ phê duyệt", "Bộ trưởng Bộ Nội vụ"),
        ("Công văn số 7/CV-TTKT của Trung tâm Kiểm định về", "Trung tâm Kiểm định"),
        ("UBND tỉnh đã ban hành Quyết định số 98/QĐ-UBND", "UBND tỉnh"),
        ("Sở đã tham mưu UBND tỉnh ban hành Quyết định số 98/QĐ-UBND", "UBND tỉnh"),
        ("chỉ đạo của UBND tỉnh tại Công văn số 99/UBND-NC", "UBND tỉnh"),
        ("Công văn của UBND tỉnh số 12/UBND-NC ngày 3/3/2023", "UBND tỉnh"),
        ("Tờ trình số 2992/TTr-SCT ngày 15/12/2022 của Sở)", OWN),
        ("Sở có Tờ trình số 3024/TTr-SCT", OWN),
        ("Kế hoạch số 56/KH-SCT ngày 14/6/2023", OWN),
        ("Công văn số 2047/SCT-VP", OWN),
        ("Nghị định số 43/2024/NĐ-CP", "Chính phủ"),
        ("Chỉ thị số 43/CT-TTg", "Thủ tướng Chính phủ"),
        ("Thông tư số 18/2025/TT-BNV", "Bộ Nội vụ"),
        ("Luật số 80/2015/QH13", "Quốc hội"),
        ("Thông tư liên tịch số 03/2010/TTLT-BNV-BTC", None),
        ("Quyết định số 807/QĐ-UBND", None),
        ("Thông báo số 25/TB-SNV", None),
        # the body in front cannot be the issuer when the symbol names another
        ("Sở Công Thương đã ban hành các nội dung theo Quyết định số 12/QĐ-UBND", None),
        ("Sở Công Thương có Quyết định số 12/QĐ-UBND", None),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert one(text).issuer == issuer


def test_the_reporting_body_is_only_known_to_the_caller() -> None:
    (span,) = find_citations("Tờ trình số 2992/TTr-SCT của Sở.")
    assert span.issuer == "Sở"
    assert resolve(span, None).issuer == "Sở"
    assert resolve(span, "Sở Xây dựng").issuer == "Sở Xây dựng"
    (span,) = find_citations("Kế hoạch số 1/KH-SCT")
    assert resolve(span, "Sở Xây dựng").issuer is None
    (span,) = find_citations("Kế hoạch số 1/KH-UBND")
    assert resolve(span, "UBND xã Phú Thịnh").issuer is None


def test_a_list_keeps_each_number_with_its_date() -> None:
    text = "các Quyết định số 114/QĐ-UBND ngày 24/01/2024, số 523/QĐ-UBND ngày 11/4/2024 và 557/QĐ-UBND của UBND tỉnh"
    found = read(text)
    assert [c.key for c in found] == ["114/QĐ-UBND", "523/QĐ-UBND", "557/QĐ-UBND"]
    assert [c.date for c in found] == [date(2024, 1, 24), date(2024, 4, 11), None]
    assert {c.issuer for c in found} == {"UBND tỉnh"}


def test_a_document_that_cites_another() -> None:
    text = (
        "Kế hoạch số 153/KH-UBND ngày 07/9/2023 của UBND tỉnh Bình Định triển khai thực hiện Nghị quyết số 04/NQ-CP "
        "ngày 10 tháng 01 năm 2022 của Chính phủ về đẩy mạnh phân cấp"
    )
    assert [(c.key, c.issuer) for c in read(text)] == [
        ("153/KH-UBND", "UBND tỉnh Bình Định"),
        ("04/NQ-CP", "Chính phủ"),
    ]


@pytest.mark.parametrize(
    ("before", "quote", "behind"),
    [
        ("theo ", "Kế hoạch số 73/KH-SCT ngày 28/9/2023 của Sở Công Thương", " về"),
        ("", "Kế hoạch cải cách hành chính năm 2024 của tỉnh số 2502/KH-UBND", ", Sở"),
        ("Sở đã có ", "báo cáo kết quả rà soát, đánh giá TTHC số 1450/BC-SCT", " gửi"),
        ("", "Ngày 30/9/2020, Sở Công Thương đã ban hành văn bản số 1691/XN-SCT", " xác nhận"),
    ],
)
def test_the_span_holds_the_whole_citation(before: str, quote: str, behind: str) -> None:
    found = one(before + quote + behind)
    assert (found.start, found.end) == (len(before), len(before) + len(quote))
    assert (before + quote)[found.number_start : found.number_end] == found.number


def test_blank_number() -> None:
    for text in ("Kế hoạch số: /KH-SCT ngày /6/2023", "Quyết định số ....../QĐ-UBND", "Kế hoạch số …/KH-UBND"):
        found = one(text)
        assert (found.number, found.key, found.bare) == (None, None, False)
        assert found.symbol in ("KH-SCT", "QĐ-UBND", "KH-UBND")


@pytest.mark.parametrize(
    ("text", "doc_type", "number"),
    [
        ("hợp đồng theo Nghị định 111 và chỉ đạo", "NĐ", "111"),
        ("một cửa theo Nghị định 61.", "NĐ", "61"),
        ("Kế hoạch số 45 của Sở", "KH", "45"),
        ("thực hiện Đề án 06;", "ĐA", "06"),
        ("theo Bộ chỉ số 766 đạt", None, "766"),
    ],
)
def test_bare_citation(text: str, doc_type: str | None, number: str) -> None:
    found = one(text)
    assert (found.doc_type, found.number, found.key, found.symbol, found.bare) == (doc_type, number, None, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "16/23 thủ tục hành chính",
        "đạt 124/124 TTHC cấp tỉnh",
        "ngày 22/9/2020 và ngày 20/4",
        "trực 24/24 giờ, 24/7",
        "TCVN ISO 9001:2015",
        "mã hồ sơ 000.00.02.H23-200922-0005",
        "mã TTHC 1.004616 và 2.000815.000.00.00.H56",
        "http://abc.gov.vn/12/QĐ-UBND.pdf",
        "Biểu số 06a/VPCP/KSTT; II.06a/VPCP/KSTT",
        "theo TT 02",
        "ban hành 04 Quyết định, 12 kế hoạch và 3 công văn",
        "Quyết định công nhận sản phẩm năm 2023",
        "Kế hoạch năm 2024, Kế hoạch 6 tháng, Quyết định 45% kinh phí",
        "Tổng số 12/UBND xã đã thực hiện",
        "3/TTHC, 100%/TTHC, 15/TTHC-DVC",
        "tỷ lệ 33.451 /33.435 hồ sơ (99,98%)",
        "thông báo 5.544 hồ sơ",
        "nhiệm kỳ 2021/QH",
        "A4/B5, 12/X-Y, số lượng 12/Sở",
    ],
)
def test_not_a_citation(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "identifier"),
    [
        ("mã hồ sơ 000.00.02.H23-200922-0005; nội dung", "dossier", "000.00.02.H23-200922-0005"),
        ("mã H23.02-200922-0005.", "dossier", "H23.02-200922-0005"),
        ("thủ tục 1.004616 và", "procedure", "1.004616"),
        ("(2.000815.000.00.00.H56)", "procedure", "2.000815.000.00.00.H56"),
        ("theo TCVN ISO 9001: 2015 vào", "standard", "TCVN ISO 9001: 2015"),
        ("tiêu chuẩn ISO 9001:2015", "standard", "ISO 9001:2015"),
        ("Biểu số II.06a/VPCP/KSTT", "form", "Biểu số II.06a/VPCP/KSTT"),
        ("Biểu số 06a/VPCP/KSTT", "form", "Biểu số 06a/VPCP/KSTT"),
        ("tại địa chỉ sct.haiduong.gov.vn mục", "url", "sct.haiduong.gov.vn"),
        ("thư sct2@haiduong.gov.vn.", "email", "sct2@haiduong.gov.vn"),
        ("điện thoại: 0203.3835.678", "phone", "điện thoại: 0203.3835.678"),
        ("theo khoản 2 Điều 5", "article", "khoản 2"),
        ("phục vụ 24/7.", "idiom", "24/7"),
    ],
)
def test_identifier(text: str, kind: str, identifier: str) -> None:
    assert (kind, identifier) in [(s.kind, text[s.start : s.end]) for s in find_identifiers(text)]


@pytest.mark.parametrize("text", ["tăng 1.004 hồ sơ", "bảng 12 hồ sơ", "1.004.616 đồng", "mục 12,5%", "24/24 đơn vị"])
def test_a_figure_is_no_identifier(text: str) -> None:
    assert find_identifiers(text) == []


_PIECES = st.sampled_from(
    (
        *(
            "Quyết định",
            "số ",
            "12",
            "/",
            "2023",
            "QĐ",
            "-",
            "UBND",
            "KH",
            "SCT",
            " ngày ",
            "31/02/2023",
            "3/4/2023",
            ", ",
        ),
        *(
            " của ",
            "UBND tỉnh",
            "Sở",
            "91-KL/TU",
            ":",
            " ",
            "\n",
            "…",
            "và ",
            "Hà Nam",
            "Nghị định ",
            "111",
            "(",
            ")",
            ".",
        ),
        *("QH15", "TTLT-BNV", "Ngày ", "05/2024/", " ban hành ", "/KH-SCT", "24/7"),
    )
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_yields_ordered_spans_inside_it(text: str) -> None:
    found = find_citations(text)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for span in found:
        assert 0 <= span.start <= span.number_start <= span.number_end <= span.end <= len(text)
        assert (span.key is None) == (span.bare or span.number is None)
        if span.key is not None and span.symbol is not None:
            assert span.key.endswith(span.symbol)


@given(
    number=st.integers(1, 99999),
    kind=st.sampled_from(["QĐ", "KH", "BC", "TB", "TTr", "CTr", "NQ"]),
    body=st.sampled_from(["UBND", "SCT", "SNNMT", "BQLCKCN", "UBND-KT"]),
    day=st.dates(date(1990, 1, 1), date(2049, 12, 31)),
    shape=st.sampled_from(["{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{d:02} tháng {m} năm {y}"]),
)
def test_what_is_printed_is_read_back(number: int, kind: str, body: str, day: date, shape: str) -> None:
    printed = shape.format(d=day.day, m=day.month, y=day.year)
    found = one(f"Thực hiện văn bản số {number}/{kind}-{body} ngày {printed} của UBND tỉnh về 12 nội dung")
    assert (found.key, found.doc_type, found.date) == (f"{number}/{kind}-{body}", kind, day)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", ["1.2.", "000.", "số 1-", "12/", "/KH-", "QĐ-UBND-", "Ban Quản Lý Hà ", "a@", "ngày "])
def test_long_passages_stay_cheap(unit: str) -> None:
    find_citations(unit * (60_000 // len(unit)))


@pytest.mark.skipif(not SHARED.is_dir(), reason="labelled texts are not part of the repository")
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_labelled_texts(name: str) -> None:
    label = json.loads((SHARED / "golden" / f"{name}.json").read_text(encoding="utf-8"))
    text = next((SHARED / "seeds").glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("Số:")]
    got = [c for line in lines for c in read(line, label["header"]["issuing_body"]) if c.key]
    want = [c for c in label["citations"] if c["key"]]
    assert [c.key for c in got] == [c["key"] for c in want]
    for found, wanted in zip(got, want, strict=True):
        assert (found.number, found.symbol, found.doc_type) == (wanted["number"], wanted["symbol"], wanted["doc_type"])
        assert (str(found.date) if found.date else None) == wanted["date"], wanted["quote"]
        assert found.issuer in [wanted["issuer"], *wanted.get("issuer_accept", [])], wanted["quote"]
