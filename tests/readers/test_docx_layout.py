"""Layout tables are told from data tables by their text."""

from __future__ import annotations

import pytest

from extractors.readers.layout import is_layout

LAYOUT = {
    "letterhead": [["UBND TỈNH HÀ NAM\nSỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"]],
    "letterhead line by line": [
        ["UBND TỈNH HÀ NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"],
        ["", ""],
        ["Số: 12/BC-SNV", "Hà Nam, ngày 05 tháng 3 năm 2024"],
    ],
    "letterhead with a spacer column": [["SỞ Y TẾ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
    "number in its own cell": [["Số:", "12", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
    "without the motto": [["SỞ Y TẾ\nSố: /BC-SYT", "Hà Nam, ngày   tháng 3 năm 2024"]],
    "party": [["TỈNH ỦY HÀ NAM\n*\nSố 05-BC/TU", "ĐẢNG CỘNG SẢN VIỆT NAM"]],
    "signature": [["Nơi nhận:\n- Như trên;\n- Lưu: VT, VP.", "GIÁM ĐỐC\n\n\nNguyễn Văn An"]],
    "signature set in rows": [["Nơi nhận:", "KT. GIÁM ĐỐC"], ["- Như trên;", "PHÓ GIÁM ĐỐC"], ["", "Lê Thị Bình"]],
    "signature without recipients": [["", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"]],
    "two signers": [["NGƯỜI LẬP BIỂU\n(Ký, ghi rõ họ tên)", "THỦ TRƯỞNG ĐƠN VỊ\n(Ký, đóng dấu)"]],
    "recipients of a letter": [["Kính gửi:", "- Ủy ban nhân dân tỉnh;\n- Sở Nội vụ."]],
    "head of a form": [
        ["Biểu số II.06a/VPCP/KSTT", "TÌNH HÌNH GIẢI QUYẾT TTHC\nKỳ báo cáo: Quý I", "Đơn vị báo cáo:\nSở Y tế"]
    ],
    "box": [["Tổng số hồ sơ là 1.234 hồ sơ."]],
    "one column": [["Nội dung thứ nhất"], ["Nội dung thứ hai"]],
    "empty": [["", " "], ["", ""]],
    "none": [],
}
DATA = {
    "two columns": [["Chỉ tiêu", "Số liệu"], ["Hồ sơ tiếp nhận", "1.234"], ["Hồ sơ giải quyết", "1.200"]],
    "two columns without heading": [["Hồ sơ tiếp nhận", "1.234"], ["Hồ sơ giải quyết", "1.200"]],
    "one row of figures": [["Tổng số", "33.451"]],
    "posts counted": [["Chức vụ", "Số người"], ["GIÁM ĐỐC", "1"], ["PHÓ GIÁM ĐỐC", "3"]],
    "words only": [["Nội dung", "Kết quả"], ["Cải cách thể chế", "Tốt"], ["Cải cách TTHC", "Khá"]],
    "units in the cell": [["Chỉ tiêu", "Kết quả"], ["Tiếp nhận", "1.234 hồ sơ"], ["Giải quyết", "1.200 hồ sơ"]],
    "blank form": [
        ["STT", "Chỉ tiêu", "Đơn vị", "Số liệu"],
        ["", "Tổng số", "hồ sơ", ""],
        ["", "Quá hạn", "hồ sơ", ""],
    ],
    "wide row": [["1", "Lĩnh vực đất đai", "10", "8", "2", "0"]],
    "names": [["STT", "Họ và tên", "Chức vụ"], ["1", "Nguyễn Văn An", "Giám đốc"], ["2", "Lê Bình", "Phó Giám đốc"]],
    "documents": [["Số, ký hiệu", "Ngày", "Trích yếu"], ["12/QĐ-UBND", "05/3/2024", "Phê duyệt kế hoạch"]],
    "long": [["UBND huyện", "Độc lập"]] + [["Xã", "Đạt"]] * 20,
}


@pytest.mark.parametrize("name", LAYOUT)
def test_layout(name: str) -> None:
    assert is_layout(LAYOUT[name])


@pytest.mark.parametrize("name", DATA)
def test_data(name: str) -> None:
    assert not is_layout(DATA[name])


def test_decomposed_marks_are_read_alike() -> None:
    import unicodedata

    rows = [[unicodedata.normalize("NFD", cell) for cell in row] for row in LAYOUT["letterhead"]]
    assert is_layout(rows)
