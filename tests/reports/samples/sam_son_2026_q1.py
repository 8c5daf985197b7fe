"""Trung tâm Phục vụ hành chính công phường Sầm Sơn, Thanh Hóa, quý I/2026: a ward's centre, as a PDF. Consistent."""

from __future__ import annotations

from tests.reports.grid import Column, grid
from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import share

# Field: carried over, online, in person, resolved, pending.
FIELDS: dict[str, tuple[int, int, int, int, int]] = {
    "Chứng thực": (0, 0, 2417, 2417, 0),
    "Hộ tịch": (21, 1346, 88, 1437, 18),
    "Đất đai": (96, 402, 131, 508, 121),
    "Thành lập và hoạt động của hộ kinh doanh": (8, 385, 12, 398, 7),
    "Bảo trợ xã hội": (33, 517, 74, 601, 23),
    "Hoạt động xây dựng": (17, 121, 9, 130, 17),
    "Văn hóa, du lịch": (5, 143, 2, 147, 3),
}


def sam_son_2026_q1() -> Report:
    """Consistent; two bases of the online rate, money, dossiers of other wards and withdrawn ones told apart."""
    head = Head(
        number="27", symbol="BC-TTPVHCC", body="Trung tâm Phục vụ hành chính công phường Sầm Sơn", parent="UBND phường Sầm Sơn",
        printed_body="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", printed_parent="UBND PHƯỜNG SẦM SƠN", province="Thanh Hóa",
        place="Sầm Sơn", issued=(2026, 3, 16), signer="Trịnh Thị Minh Tâm", post=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        title="Tình hình tiếp nhận, giải quyết thủ tục hành chính và cung cấp dịch vụ công trực tuyến quý I năm 2026",
        accept={"issuing_body": ["Trung tâm Phục vụ hành chính công"]},
    )  # fmt: skip
    r = Report("2026-q1-trung-tam-hcc-phuong-sam-son", "pdf", head, ("quarter", 2026, 1, "2025-12-15", "2026-03-14"))
    _organisation(r)
    _dossiers(r)
    _online(r)
    _service(r)
    r.sign("UBND phường (b/c);", "Văn phòng UBND tỉnh Thanh Hóa;", "Công chức Trung tâm;", "Lưu: TTPVHCC.")
    r.quiet(
        "Tỷ lệ trực tuyến 51,60% gồm chứng thực, 90,22% không gồm chứng thực: hai mẫu số.",
        "18 hồ sơ rút và 64 hồ sơ của địa bàn khác nằm ngoài 5.827 hồ sơ, báo cáo nêu rõ.",
        "Số liệu tiền (triệu đồng) không phải hồ sơ.",
        "02 hồ sơ quá hạn đang giải quyết khác 09 hồ sơ trễ hạn đã giải quyết.",
        "Kỳ 15/12/2025 - 14/3/2026 là kỳ chốt quý I.",
        "Hàng Chứng thực có số 0 ở cột trực tuyến: chứng thực bản sao chỉ nộp trực tiếp.",
    )
    return r


def _organisation(r: Report) -> None:
    decree = r.cite(
        "Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ", "118/2025/NĐ-CP", "2025-06-09", "Chính phủ"
    )  # fmt: skip
    circular = r.cite(
        "Thông tư số 03/2025/TT-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ", "03/2025/TT-VPCP", "2025-09-15", "Văn phòng Chính phủ",
    )  # fmt: skip
    own = r.cite("Quyết định số 15/QĐ-UBND ngày 01/7/2025 của UBND phường", "15/QĐ-UBND", "2025-07-01", "UBND phường")
    r.p(
        f"Thực hiện {decree} và {circular}, Trung tâm Phục vụ hành chính công phường Sầm Sơn (Trung tâm) báo cáo tình hình quý I năm 2026, số liệu từ ngày 15/12/2025 đến ngày 14/3/2026, như sau:"
    )
    r.heads("I. TỔ CHỨC HOẠT ĐỘNG")
    r.p(
        f"Trung tâm được thành lập theo {own}, hiện có {r.n(14, 'civil_servants_present', 'người', unit_accept=['công chức'], indicator_accept=[None])} công chức, bố trí {r.n(9, None, 'quầy', optional=True)} quầy giao dịch, {r.n(3, None, 'máy', optional=True)} máy lấy số và tra cứu tự động. Danh mục TTHC thực hiện tại Trung tâm gồm {r.n(463, 'procedures_total', 'TTHC')} TTHC; {r.n(463, None, 'TTHC', role='numerator', indicator_accept=['procedures_total'])}/{r.n(463, 'procedures_total', 'TTHC', role='denominator')} TTHC đã cấu hình quy trình điện tử, đạt {r.pct(100, 'procedures_eprocess_rate')}. Trong quý, Trung tâm tập huấn cho {r.n(16, None, 'tổ', optional=True)} tổ công nghệ số cộng đồng tại các tổ dân phố."
    )


def _dossiers(r: Report) -> None:
    carried, online, direct, resolved, pending = map(sum, zip(*FIELDS.values(), strict=True))
    early, on_time, late = 4902, 727, 9
    received, new = carried + online + direct, online + direct
    r.adds(received, carried, online, direct)
    r.adds(received, resolved, pending)
    r.adds(resolved, early, on_time, late)
    for cells in FIELDS.values():
        assert sum(cells[:3]) == sum(cells[3:]), cells
    r.heads("II. KẾT QUẢ TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ")
    r.p(
        f"Tổng số hồ sơ phải giải quyết trong quý là {r.n(received, 'dossiers_received_total')} hồ sơ, trong đó: số hồ sơ quý trước chuyển qua {r.n(carried, 'dossiers_carried_over')} hồ sơ; tiếp nhận mới {r.n(new, 'dossiers_received_new')} hồ sơ, gồm trực tuyến {r.n(online, 'dossiers_received_online')} hồ sơ và trực tiếp {r.n(direct, 'dossiers_received_in_person')} hồ sơ. Trung tâm đã trả kết quả {r.n(resolved, 'dossiers_resolved_total')} hồ sơ (sớm hạn {r.n(early, 'dossiers_resolved_early')} hồ sơ, đúng hạn {r.n(on_time, 'dossiers_resolved_on_time')} hồ sơ, trễ hạn {r.n(late, 'dossiers_resolved_late')} hồ sơ), đạt tỷ lệ sớm và đúng hạn {r.pct(share(early + on_time, resolved), 'rate_on_time')}; {r.n(pending, 'dossiers_pending_total')} hồ sơ đang giải quyết, trong đó {r.n(2, 'dossiers_pending_overdue')} hồ sơ đất đai đã quá hạn do chờ cơ quan thuế xác định nghĩa vụ tài chính."
    )
    r.p(
        f"Số liệu trên không bao gồm {r.n(18, 'dossiers_withdrawn')} hồ sơ người dân xin rút ngay trong ngày và {r.n(64, None, 'hồ sơ', 'địa bàn khác', indicator_accept=['*'], scope_accept=['*'])} hồ sơ của người dân địa bàn khác nộp tại Trung tâm theo hình thức phi địa giới, đã chuyển về xã, phường có thẩm quyền. Kết quả theo từng lĩnh vực như sau:"
    )
    columns = [
        Column("Quý trước chuyển qua", "dossiers_carried_over", width=19),
        Column("Tiếp nhận trực tuyến", "dossiers_received_online", width=19),
        Column("Tiếp nhận trực tiếp", "dossiers_received_in_person", width=19),
        Column("Đã trả kết quả", "dossiers_resolved_total", width=19),
        Column("Đang giải quyết", "dossiers_pending_total", width=19),
    ]
    whole = ("Tổng cộng", (carried, online, direct, resolved, pending))
    grid(r, ("TT", "Lĩnh vực", 57), columns, list(FIELDS.items()), whole)


def _online(r: Report) -> None:
    _, online, direct, *_ = map(sum, zip(*FIELDS.values(), strict=True))
    new, certified = online + direct, FIELDS["Chứng thực"][2]
    fees, paid = 4126, 3184
    r.heads("III. DỊCH VỤ CÔNG TRỰC TUYẾN, SỐ HÓA, THANH TOÁN TRỰC TUYẾN")
    r.items(
        f"Tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ tiếp nhận mới đạt {r.pct(share(online, new), 'rate_online')}. Không tính {r.n(certified, 'dossiers_received_in_person', 'hồ sơ', 'Chứng thực', indicator_accept=['*'])} hồ sơ chứng thực, tỷ lệ này đạt {r.pct(share(online, new - certified), 'rate_online', 'không tính chứng thực', scope_accept=['*'])}.",
        f"Tỷ lệ số hóa thành phần hồ sơ khi tiếp nhận đạt {r.pct('95.3', 'digitised_dossier_rate')}; tỷ lệ cấp kết quả bản điện tử đạt {r.pct('98.06', 'digitised_result_rate')}; tỷ lệ khai thác, sử dụng lại thông tin, dữ liệu số hóa đạt {r.pct('63.7', 'data_reuse_rate')}.",
        f"Số phí, lệ phí thu được là {r.n('412.6', None, 'triệu đồng', scope_accept=['*'])} triệu đồng, trong đó thanh toán trực tuyến {r.n('318.4', None, 'triệu đồng', 'thanh toán trực tuyến', scope_accept=['*'])} triệu đồng, bằng {r.pct(share(paid, fees), None, scope_accept=['*'], indicator_accept=['*'])}.",
    )


def _service(r: Report) -> None:
    r.heads("IV. MỨC ĐỘ HÀI LÒNG, PHẢN ÁNH, KIẾN NGHỊ")
    r.items(
        f"Có {r.n(1206, None, 'lượt', 'đánh giá', scope_accept=['*'])} lượt đánh giá tại quầy, trong đó {r.n(1189, None, 'lượt', 'hài lòng', scope_accept=['*'])} lượt hài lòng và rất hài lòng, đạt {r.pct(share(1189, 1206), 'satisfaction_rate')}; {r.n(17, None, 'lượt', 'chưa hài lòng', scope_accept=['*'])} lượt chưa hài lòng do thời gian chờ vào giờ cao điểm.",
        f"Tiếp nhận {r.n(7, 'petitions_received', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị; đã trả lời {r.n(6, 'petitions_resolved', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị, còn {r.n(1, None, 'PAKN', 'đang xử lý', unit_accept=['phản ánh, kiến nghị'], scope_accept=['*'])} phản ánh, kiến nghị đang trong hạn.",
        f"Gửi {r.n(11, 'apologies', 'văn bản', unit_accept=['phiếu', 'phiếu xin lỗi', 'thư'])} phiếu xin lỗi và hẹn lại ngày trả kết quả (đối với hồ sơ trễ hạn và hồ sơ đang quá hạn).",
    )
    r.adds(1206, 1189, 17)
    r.adds(11, 9, 2)
    r.adds(7, 6, 1)
    r.heads("V. PHƯƠNG HƯỚNG QUÝ II NĂM 2026")
    r.items(
        "Phối hợp với Văn phòng đăng ký đất đai khu vực và cơ quan thuế rút ngắn thời gian luân chuyển hồ sơ đất đai.",
        f"Bố trí thêm {r.n(2, None, 'quầy', optional=True, role='target')} quầy trong mùa du lịch; phấn đấu tỷ lệ sử dụng lại dữ liệu số hóa đạt {r.pct(75, None, optional=True, role='target')}.",
    )
    r.p("Trung tâm Phục vụ hành chính công phường Sầm Sơn báo cáo UBND phường./.")
