"""Headers: the boxes of Nghị định 30/2020/NĐ-CP whole, torn and mixed, news items, and the labelled texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.facts.header import HeaderReading, own_short_names, read_header
from extractors.facts.header_letterhead import written
from extractors.facts.header_place import province
from extractors.facts.kinds import type_of_symbol, type_of_title
from extractors.model import Cell, Document, Header, Issued, Paragraph, Passage, Source, Table

SHARED = Path(__file__).resolve().parents[2] / "../shared"


def document(*paragraphs: str | Table) -> Document:
    blocks = [
        p if isinstance(p, Table) else Paragraph(Passage(p, f"p{number}")) for number, p in enumerate(paragraphs, 1)
    ]
    return Document(Source("x.txt", "0" * 64, 0, "txt"), tuple(blocks))


def lines(text: str) -> Document:
    return document(*(line.strip() for line in text.splitlines() if line.strip()))


def header(text: str) -> Header:
    return read_header(lines(text)).header


REPORT = """
    UBND TỈNH BẮC GIANG
    SỞ NÔNG NGHIỆP
    VÀ MÔI TRƯỜNG
    Số: 904/BC-SNNMT
    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    Độc lập - Tự do - Hạnh phúc
    Bắc Giang, ngày 12 tháng 3 năm 2025
    BÁO CÁO
    Kết quả công tác cải cách hành chính
    quý I năm 2025
    (Từ ngày 15/12/2024 đến ngày 14/3/2025)
    Kính gửi: Sở Nội vụ
    Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2025 của UBND tỉnh, Sở báo cáo như sau:
    1. Đã giải quyết 1.234 hồ sơ.
    Nơi nhận:
    - Như trên;
    - Lưu: VT, VP (3 bản).
    KT. GIÁM ĐỐC
    PHÓ GIÁM ĐỐC
    (Đã ký)
    Nguyễn Văn Hùng
    PHỤ LỤC I
    KẾT QUẢ GIẢI QUYẾT
    (Kèm theo Báo cáo số 904/BC-SNNMT)
"""


def test_a_complete_report() -> None:
    assert header(REPORT) == Header(
        doc_type="BC",
        number="904",
        symbol="BC-SNNMT",
        issuing_body="Sở Nông nghiệp và Môi trường",
        parent_body="UBND tỉnh Bắc Giang",
        province="Bắc Giang",
        place="Bắc Giang",
        issued=Issued(2025, 3, 12, "ngày 12 tháng 3 năm 2025"),
        title="Kết quả công tác cải cách hành chính quý I năm 2025",
        signer="Nguyễn Văn Hùng",
        number_text="Số: 904/BC-SNNMT",
        number_locator="p4",
        issued_locator="p7",
    )


def test_where_the_boxes_stand() -> None:
    found = read_header(lines(REPORT))
    assert found.title_locators == {"p8", "p9", "p10", "p11"}
    assert found.body_start == 11
    assert found.appendix_starts == (21,)
    letter, back = {f"p{n}" for n in range(1, 12)}, {f"p{n}" for n in range(15, 22)}
    assert found.consumed == letter | back


def test_left_and_right_box_in_one_line() -> None:
    found = header("""
        UBND TỈNH KHÁNH HÒA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        SỞ CÔNG THƯƠNG Độc lập - Tự do - Hạnh phúc
        Số: 12/BC-SCT Khánh Hòa, ngày 05 tháng 12 năm 2023
        BÁO CÁO Kết quả giải quyết thủ tục hành chính năm 2023
        Căn cứ Quyết định số 7/QĐ-UBND, Sở báo cáo:
        Nơi nhận: KT. GIÁM ĐỐC
        - UBND tỉnh (b/c); PHÓ GIÁM ĐỐC
        - Lưu: VT, VP (LB). Phan Thị Cúc
    """)
    assert (found.issuing_body, found.parent_body) == ("Sở Công Thương", "UBND tỉnh Khánh Hòa")
    assert (found.number, found.place, found.signer) == ("12", "Khánh Hòa", "Phan Thị Cúc")
    assert found.title == "Kết quả giải quyết thủ tục hành chính năm 2023"


def test_layout_cells_with_broken_lines() -> None:
    found = read_header(
        document(
            "ỦY BAN NHÂN\nDÂN\nTỈNH\nKHÁNH HÒA\n-------\nSố:\n2072/KH-UBND",
            "CỘNG HOÀ XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\nKhánh Hoà, ngày 12\ntháng 8 năm 2014",
            "KẾ HOẠCH",
            "Khảo sát mức độ hài lòng",
            "I. MỤC ĐÍCH",
        )
    )
    assert (found.header.number, found.header.symbol) == ("2072", "KH-UBND")
    assert (found.header.issuing_body, found.header.parent_body) == ("UBND tỉnh Khánh Hòa", None)
    assert (found.header.province, found.header.issued) == (
        "Khánh Hòa",
        Issued(2014, 8, 12, "ngày 12 tháng 8 năm 2014"),
    )
    assert found.consumed == {"p1", "p2", "p3", "p4"}


def test_a_letterhead_kept_as_a_table() -> None:
    texts = (
        "UBND TỈNH YÊN BÁI\nSỞ TƯ PHÁP\nSố: 7/BC-STP",
        "Độc lập - Tự do - Hạnh phúc\nYên Bái, ngày 2 tháng 5 năm 2023",
    )
    cells = tuple(Cell(0, n, Passage(text, f"t1/r1/c{n + 1}")) for n, text in enumerate(texts))
    found = read_header(document(Table("t1", 1, 2, cells), "BÁO CÁO", "Kết quả quý I"))
    assert (found.header.number, found.header.issuing_body, found.header.province) == ("7", "Sở Tư pháp", "Yên Bái")
    assert {"t1/r1/c1", "t1/r1/c2"} <= found.consumed
    assert found.header.number_locator == "t1/r1/c1"


@pytest.mark.parametrize("number", ["Số: /BC - SCT", "Số:      /BC-SCT", "Số: ....../BC-SCT", "Số……/BC-SCT"])
def test_a_web_copy_without_letterhead(number: str) -> None:
    found = header(f"""
        {number}
        Hà Nam, ngày tháng 6 năm 2024
        BÁO CÁO
        Kết quả thực hiện cải cách hành chính 6 tháng đầu năm 2024
        Thực hiện Kế hoạch của UBND tỉnh, Sở Công Thương báo cáo như sau:
    """)
    assert (found.doc_type, found.number, found.symbol) == ("BC", None, "BC-SCT")
    assert (found.issuing_body, found.parent_body, found.province) == ("Sở Công Thương", None, "Hà Nam")
    assert found.issued == Issued(2024, 6, None, "ngày tháng 6 năm 2024")
    assert found.signer is None


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("ngày ... tháng 6 năm 2024", (2024, 6, None)),
        ("ngày     tháng     năm 2024", (2024, None, None)),
        ("ngày 20/6/2025", (2025, 6, 20)),
        ("ngày 3 tháng 02 năm 2025", (2025, 2, 3)),
    ],
)
def test_date_line(printed: str, parts: tuple[int | None, int | None, int | None]) -> None:
    issued = header(f"Số: 1/BC-SCT\nThái Bình, {printed}\nBÁO CÁO\nKết quả").issued
    assert issued is not None
    assert (issued.year, issued.month, issued.day) == parts
    assert issued.text == " ".join(printed.split())


def test_a_commune_after_the_merger() -> None:
    found = header("""
        ỦY BAN NHÂN DÂN
        XÃ PHÚ THỊNH
        Số: 831/2026/BC-UBND
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Phú Thịnh, ngày 14 tháng 9 năm 2026
        BÁO CÁO
        Tình hình, kết quả giải quyết thủ tục hành chính quý III năm 2026
        UBND xã Phú Thịnh, tỉnh Vĩnh Long báo cáo kết quả như sau:
        TM. ỦY BAN NHÂN DÂN
        KT. CHỦ TỊCH
        PHÓ CHỦ TỊCH
        Y Bhăm Niê
    """)
    assert (found.doc_type, found.number, found.symbol) == ("BC", "831", "BC-UBND")
    assert (found.issuing_body, found.parent_body) == ("UBND xã Phú Thịnh", None)
    assert (found.province, found.place, found.signer) == ("Vĩnh Long", "Phú Thịnh", "Y Bhăm Niê")


def test_a_district_office_below_its_parent() -> None:
    found = header("""
        UBND HUYỆN Ý YÊN
        PHÒNG NỘI VỤ
        Số: 15/BC-PNV
        Ý Yên, ngày 10 tháng 6 năm 2023
        BÁO CÁO
        Công tác cải cách hành chính
        trên địa bàn huyện Ý Yên, tỉnh Nam Định
    """)
    assert (found.issuing_body, found.parent_body) == ("Phòng Nội vụ", "UBND huyện Ý Yên")
    assert found.province == "Nam Định"


def test_a_letter() -> None:
    found = read_header(
        lines("""
        UBND TỈNH GIA LAI
        SỞ NỘI VỤ
        Số: 2231/SNV-CCHC&PC
        V/v báo cáo kết quả cải cách
        hành chính quý III/2025
        Độc lập - Tự do - Hạnh phúc
        Gia Lai, ngày 09 tháng 9 năm 2025
        Kính gửi: Ủy ban nhân dân tỉnh.
        Thực hiện yêu cầu của UBND tỉnh, Sở Nội vụ báo cáo như sau:
    """)
    )
    assert (found.header.doc_type, found.header.number, found.header.symbol) == ("CV", "2231", "SNV-CCHC&PC")
    assert found.header.title == "V/v báo cáo kết quả cải cách hành chính quý III/2025"
    assert found.title_locators == {"p4", "p5"}
    assert found.body_start == 7


def test_a_decision_names_who_decides_below_its_subject() -> None:
    found = header("""
        Số: 123/QĐ-UBND
        Quy Nhơn, ngày 3 tháng 8 năm 2025
        QUYẾT ĐỊNH
        Về việc phê duyệt kế hoạch
        CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH GIA LAI
        Căn cứ Luật Tổ chức chính quyền địa phương;
    """)
    assert (found.doc_type, found.title) == ("QĐ", "Về việc phê duyệt kế hoạch")
    assert (found.issuing_body, found.province, found.place) == ("UBND tỉnh Gia Lai", "Gia Lai", "Quy Nhơn")


def test_a_party_document() -> None:
    found = header("""
        TỈNH ỦY BẮC KẠN
        *
        Số 91-KL/TU
        ĐẢNG CỘNG SẢN VIỆT NAM
        Bắc Kạn, ngày 18 tháng 10 năm 2022
        KẾT LUẬN
        của Ban Thường vụ Tỉnh ủy
        về tiếp tục đẩy mạnh cải cách hành chính
    """)
    assert (found.doc_type, found.number, found.symbol) == ("KL", "91", "KL/TU")
    assert (found.issuing_body, found.province) == ("Tỉnh ủy Bắc Kạn", "Bắc Kạn")
    assert found.title == "của Ban Thường vụ Tỉnh ủy về tiếp tục đẩy mạnh cải cách hành chính"


def test_a_ministry_has_no_province() -> None:
    found = header("BỘ NỘI VỤ\nSố: 16/BC-BNV\nHà Nội, ngày 7 tháng 5 năm 2021\nBÁO CÁO\nTình hình thực hiện")
    assert (found.issuing_body, found.province, found.place) == ("Bộ Nội vụ", None, "Hà Nội")


def test_an_office_of_the_council_is_named_in_full() -> None:
    found = header("UBND TP. ĐÀ NẴNG\nVĂN PHÒNG\nSố: 34/BC-VP\nĐà Nẵng, ngày 3 tháng 2 năm 2024\nBÁO CÁO\nKết quả")
    assert found.issuing_body == "Văn phòng UBND thành phố Đà Nẵng"
    assert found.parent_body == "UBND thành phố Đà Nẵng"


def test_a_report_without_number_is_no_news() -> None:
    found = header("""
        BÁO CÁO
        Kết quả công tác cải cách hành chính của Sở Tư pháp tỉnh Cà Mau năm 2022
        Thực hiện Kế hoạch của UBND tỉnh, Sở Tư pháp báo cáo kết quả công tác cải cách hành chính như sau:
    """)
    assert (found.doc_type, found.number, found.number_text) == ("BC", None, None)
    assert (found.issuing_body, found.province) == ("Sở Tư pháp", "Cà Mau")


NEWS = (
    "Trong tháng, Trung tâm Phục vụ hành chính công tỉnh Quảng Nam tiếp nhận 1.234 hồ sơ, trong đó giải quyết đúng hạn "
    "1.200 hồ sơ."
)


@pytest.mark.parametrize(
    ("stamp", "issued"),
    [
        ("Cập nhật lúc: 14:30 20/09/2021", Issued(2021, 9, 20, "14:30 20/09/2021")),
        ("Thứ hai - 20/09/2021 16:23 144 0", Issued(2021, 9, 20, "Thứ hai - 20/09/2021 16:23")),
        ("9/18/2021 7:51:30 AM", Issued(2021, 9, 18, "9/18/2021 7:51:30 AM")),
        ("20-09-2021", Issued(2021, 9, 20, "20-09-2021")),
        ("Ngày đăng: 20.9.2021 | Lượt xem: 1205", Issued(2021, 9, 20, "20.9.2021")),
    ],
)
def test_news(stamp: str, issued: Issued) -> None:
    found = read_header(
        document("Trang chủ > Tin tức", "Kết quả giải quyết hồ sơ tháng 8 đạt cao", stamp, NEWS, "Tác giả: Bảo Thy")
    )
    assert found.header.doc_type == "TIN"
    assert found.header.title == "Kết quả giải quyết hồ sơ tháng 8 đạt cao"
    assert found.header.issued == issued
    assert found.header.province == "Quảng Nam"
    assert (found.header.number, found.header.signer, found.header.number_text) == (None, None, None)
    assert found.consumed == {"p2", "p3"}
    assert found.body_start == 3


def test_the_day_of_the_visit_is_not_the_day_of_publication() -> None:
    found = header(f"Thứ 7, ngày 16/1/2022\nTIN HOẠT ĐỘNG\n20/09/2021 7:51\nHồ sơ trực tuyến tháng 8 tăng mạnh\n{NEWS}")
    assert found.issued == Issued(2021, 9, 20, "20/09/2021 7:51")
    assert found.title == "Hồ sơ trực tuyến tháng 8 tăng mạnh"


@pytest.mark.parametrize("text", ["", "Một câu ngắn.", "20/9/2021", "STT\nNội dung\n15/12/2023"])
def test_what_is_no_document_has_no_header(text: str) -> None:
    found = read_header(lines(text))
    assert found.header == Header()
    assert found.consumed == frozenset()


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("SỞ CÔNG THƯƠNG", "Sở Công Thương"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH TỈNH LÀO CAI", "Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai"),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "UBND tỉnh Hòa Bình"),
        ("UBND PHƯỜNG 1", "UBND phường 1"),
        ("UBND TP. HỒ CHÍ MINH", "UBND thành phố Hồ Chí Minh"),
        ("UBND TỈNH", "UBND tỉnh"),
        ("BAN QUẢN LÝ KHU KINH TẾ VÂN PHONG", "Ban Quản lý khu kinh tế Vân Phong"),
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Trung tâm Phục vụ hành chính công"),
        ("BỆNH VIỆN II LÂM ĐỒNG", "Bệnh viện II Lâm Đồng"),
        ("CHI CỤC QUẢN LÝ THỊ TRƯỜNG", "Chi cục Quản lý thị trường"),
    ],
)
def test_capitals_as_they_are_written(capitals: str, name: str) -> None:
    assert written(capitals, "") == name


def test_the_text_itself_shows_how_an_unknown_name_is_written() -> None:
    assert written("QUỸ ĐẦU TƯ PHÁT TRIỂN", "do Quỹ Đầu tư phát triển quản lý") == "Quỹ Đầu tư phát triển"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("BÁO CÁO", ("BC", "")),
        ("BÁO CÁO Kết quả năm 2023", ("BC", "Kết quả năm 2023")),
        ("**KẾ HOẠCH**", ("KH", "")),
        ("B Á O  C Á O", ("BC", "")),
        ("THÔNG TƯ LIÊN TỊCH", ("TTLT", "")),
        ("TỜ TRÌNH", ("TTr", "")),
        ("Báo cáo kết quả", None),
        ("BÁO CÁOTHÁNG", None),
        ("KẾT QUẢ", None),
    ],
)
def test_line_of_the_kind(line: str, found: tuple[str, str] | None) -> None:
    assert type_of_title(line) == found


def test_kind_by_symbol() -> None:
    assert [type_of_symbol(s) for s in ("BC-SCT", "KL/TU", "SCT-VP", "QĐ")] == ["BC", "KL", "CV", "QĐ"]


@pytest.mark.parametrize(
    ("place", "year", "name"),
    [
        ("Bình Định", 2023, "Bình Định"),
        ("Bình Định", 2026, None),
        ("Huế", 2023, None),
        ("Huế", 2025, "Huế"),
        ("Nha Trang", 2023, None),
    ],
)
def test_a_province_under_a_name_of_its_time(place: str, year: int, name: str | None) -> None:
    assert province(place, [], "", Issued(year, 12, None, ""), central=False) == name


def test_province_by_text_and_by_dossiers() -> None:
    assert (
        province(None, [], "trên địa bàn tỉnh Hà Nam, học tập tỉnh Bắc Ninh; tỉnh Hà Nam", None, central=False)
        == "Hà Nam"
    )
    assert province(None, [], "tỉnh Hà Nam và tỉnh Bắc Ninh", None, central=False) is None
    dossiers = "mã hồ sơ 000.00.02.H23-200922-0005 và 000.00.02.H23-201126-0029"
    assert province(None, [], dossiers, Issued(2020, 12, 18, ""), central=False) == "Hải Dương"
    assert province(None, [], dossiers, Issued(2026, 1, 18, ""), central=False) is None


def test_own_short_names() -> None:
    names = own_short_names(Header(issuing_body="Sở Công Thương", province="Khánh Hòa"))
    assert {"Sở Công Thương", "Sở", "đơn vị", "Sở Công Thương tỉnh Khánh Hòa", "Sở Công Thương Khánh Hòa"} <= set(names)
    assert list(names) == sorted(names, key=len, reverse=True)
    assert "Sở" not in own_short_names(Header())


def labelled(name: str) -> tuple[dict[str, object], dict[str, list[object]], HeaderReading]:
    label = json.loads((SHARED / "golden" / f"{name}.json").read_text(encoding="utf-8"))
    text = next((SHARED / "seeds").glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    return label["header"], label["header_accept"], read_header(lines(text))


@pytest.mark.skipif(not SHARED.is_dir(), reason="labelled texts are not part of the repository")
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_labelled_texts(name: str) -> None:
    wanted, accepted, found = labelled(name)
    issued = found.header.issued
    parts = {"year": issued.year, "month": issued.month, "day": issued.day, "text": issued.text} if issued else None
    for key in ("doc_type", "number", "symbol", "issuing_body", "parent_body", "province", "place", "title", "signer"):
        assert getattr(found.header, key) in [wanted[key], *accepted.get(key, [])], key
    assert parts == wanted["issued"]
