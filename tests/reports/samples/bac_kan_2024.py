"""Sở Nông nghiệp và Phát triển nông thôn Bắc Kạn, năm 2024: a long II.06a form over pages. Consistent."""

from __future__ import annotations

from tests.reports import paper
from tests.reports.form06 import Field, field, form06, heading, totals
from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import share

ROWS: list[Field] = [
    field("Trồng trọt", 214, 6, 11, 40, 0, 9, 0),
    field("Bảo vệ thực vật", 388, 4, 15, 61, 0, 12, 0),
    field("Chăn nuôi", 175, 9, 8, 37, 1, 7, 0),
    field("Thú y", 1042, 31, 40, 206, 0, 35, 0),
    field("Thủy sản", 96, 3, 2, 18, 0, 4, 0),
    field("Lâm nghiệp", 327, 22, 29, 88, 2, 24, 1),
    field("Kiểm lâm", 511, 48, 33, 117, 0, 29, 0),
    field("Thủy lợi", 42, 5, 3, 11, 0, 4, 0),
    field("Đê điều và phòng, chống thiên tai", 7, 1, 0, 2, 0, 1, 0),
    field("Kinh tế hợp tác và phát triển nông thôn", 63, 12, 6, 20, 0, 5, 0),
    field("Quản lý chất lượng nông lâm sản và thủy sản", 459, 17, 21, 133, 0, 18, 0),
    field("Quản lý xây dựng công trình", 88, 14, 9, 31, 1, 10, 0),
    field("Khoa học, công nghệ và môi trường", 4, 0, 0, 1, 0, 0, 0),
    field("Khuyến nông", 0, 0, 0, 0, 0, 0, 0),
    field("Giống cây trồng lâm nghiệp", 58, 3, 2, 15, 0, 3, 0),
    field("Nước sạch nông thôn", 21, 2, 1, 6, 0, 2, 0),
]


def bac_kan_2024() -> Report:
    """Consistent; the on-time rate is truncated and the year closes on 14 December."""
    head = Head(
        number="362", symbol="BC-SNN", body="Sở Nông nghiệp và Phát triển nông thôn", parent="UBND tỉnh Bắc Kạn",
        printed_body="SỞ NÔNG NGHIỆP VÀ PTNT", printed_parent="UBND TỈNH BẮC KẠN", province="Bắc Kạn", place="Bắc Kạn",
        issued=(2024, 12, 18), title="Tình hình, kết quả giải quyết thủ tục hành chính năm 2024",
        post=("GIÁM ĐỐC",), signer="Nông Văn Khiêm",
    )  # fmt: skip
    r = Report("2024-nam-so-nong-nghiep-bac-kan", "docx", head, ("year", 2024, None, "2023-12-15", "2024-12-14"))
    t = totals(ROWS)
    received, resolved, pending = (
        t["dossiers_received_total"],
        t["dossiers_resolved_total"],
        t["dossiers_pending_total"],
    )
    late, overdue = t["dossiers_resolved_late"], t["dossiers_pending_overdue"]
    decree = r.cite(
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ"
    )
    amended = r.cite("Nghị định số 107/2021/NĐ-CP ngày 06/12/2021", "107/2021/NĐ-CP", "2021-12-06")
    r.p(
        f"Thực hiện {decree} về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính (được sửa đổi, bổ sung bởi {amended}), Sở Nông nghiệp và Phát triển nông thôn báo cáo kết quả giải quyết TTHC năm 2024, số liệu từ ngày 15/12/2023 đến ngày 14/12/2024, như sau:"
    )
    r.heads("I. KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH")
    r.p(
        f"Năm 2024, Sở nhận giải quyết {r.n(received, 'dossiers_received_total')} hồ sơ, gồm {r.n(t['dossiers_received_online'], 'dossiers_received_online')} hồ sơ nộp trực tuyến, {r.n(t['dossiers_received_in_person_postal'], 'dossiers_received_in_person_postal')} hồ sơ nộp trực tiếp hoặc qua dịch vụ bưu chính và {r.n(t['dossiers_carried_over'], 'dossiers_carried_over')} hồ sơ từ kỳ trước chuyển sang. Đến hết kỳ báo cáo đã giải quyết {r.n(resolved, 'dossiers_resolved_total')} hồ sơ, còn {r.n(pending, 'dossiers_pending_total')} hồ sơ đang giải quyết."
    )
    in_time = share(resolved - late, resolved, 1, cut=True)
    r.p(
        f"Tỷ lệ hồ sơ giải quyết trước và đúng hạn đạt {r.pct(in_time, 'rate_on_time')}. Số hồ sơ giải quyết quá hạn là {r.n(late, 'dossiers_resolved_late')} hồ sơ; ngoài ra có {r.n(overdue, 'dossiers_pending_overdue')} hồ sơ lĩnh vực Lâm nghiệp đang giải quyết đã quá hạn, Sở đã có văn bản xin lỗi người nộp hồ sơ và hẹn lại ngày trả kết quả."
    )
    r.p(
        f"Các lĩnh vực có nhiều hồ sơ nhất là Thú y ({r.n(sum(ROWS[3].counts[:3]), 'dossiers_received_total', 'hồ sơ', 'Thú y', scope_accept=['lĩnh vực Thú y'])} hồ sơ), Kiểm lâm ({r.n(sum(ROWS[6].counts[:3]), 'dossiers_received_total', 'hồ sơ', 'Kiểm lâm', scope_accept=['lĩnh vực Kiểm lâm'])} hồ sơ) và Quản lý chất lượng nông lâm sản và thủy sản ({r.n(sum(ROWS[10].counts[:3]), 'dossiers_received_total', 'hồ sơ', 'Quản lý chất lượng nông lâm sản và thủy sản')} hồ sơ). Lĩnh vực Khuyến nông không phát sinh hồ sơ."
    )
    r.heads("II. PHƯƠNG HƯỚNG NĂM 2025")
    r.p(
        f"Duy trì tỷ lệ hồ sơ giải quyết đúng hạn từ {r.pct(98, None, optional=True, role='target')} trở lên; tỷ lệ số hóa hồ sơ đạt tối thiểu {r.pct(80, None, optional=True, role='target')}."
    )
    r.p("Sở Nông nghiệp và Phát triển nông thôn báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.")
    r.sign("UBND tỉnh;", "Sở Nội vụ;", "Văn phòng UBND tỉnh (Trung tâm PVHCC);", "Lưu: VT, VP.")
    paper.turn(r.document, landscape=True)
    heading(
        r,
        "II.06a/VPCP/KSTT",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Năm 2024",
        "Từ ngày 15/12/2023 đến ngày 14/12/2024",
    )
    form06(r, ROWS, {}, size=11)
    r.quiet(
        f"Tỷ lệ {in_time}% bị cắt chứ không làm tròn, không phải lỗi chứng minh được.",
        "Dòng Khuyến nông toàn số 0 là số 0 được nêu, khớp câu 'không phát sinh hồ sơ'.",
        "Ba lĩnh vực nhiều hồ sơ nhất không phải danh sách đầy đủ.",
        "Bảng lặp lại hàng tiêu đề trên trang sau.",
    )
    return r
