"""UBND đặc khu Phú Quý, Lâm Đồng, second half of 2025: two-tier government, automatic numbering. Consistent."""

from __future__ import annotations

from decimal import Decimal

from tests.reports.grid import Column, grid
from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import share

# Field: received, resolved, of these late, pending.
FIELDS: dict[str, tuple[int, int, int, int]] = {
    "Chứng thực": (902, 902, 0, 0),
    "Hộ tịch": (1218, 1214, 1, 4),
    "Đất đai": (417, 371, 5, 46),
    "Thủy sản": (1633, 1628, 0, 5),
    "Bảo trợ xã hội, người có công": (564, 557, 0, 7),
    "Hộ kinh doanh, thương mại": (338, 335, 1, 3),
    "Xây dựng, giao thông": (164, 161, 0, 3),
}
ONLINE, DIRECT, CARRIED, EARLY = 4087, 1085, 64, 4466
GROUPS = (
    ("Công khai, minh bạch", 18, "16.42"),
    ("Tiến độ giải quyết", 20, "18.90"),
    ("Dịch vụ công trực tuyến", 12, "9.75"),
    ("Thanh toán trực tuyến", 10, "6.38"),
    ("Mức độ hài lòng", 18, "17.60"),
    ("Số hóa hồ sơ", 22, "17.13"),
)


def phu_quy_2025() -> Report:
    """Consistent; an online rate on two bases, dossiers taken in for other bodies, an approximate count, 100-point groups."""
    head = Head(
        number="96", symbol="BC-UBND", body="UBND đặc khu Phú Quý", parent="", printed_body="ĐẶC KHU PHÚ QUÝ",
        printed_parent="ỦY BAN NHÂN DÂN", province="Lâm Đồng", place="Phú Quý", issued=(2025, 12, 17),
        title="Kết quả thực hiện công tác cải cách hành chính 6 tháng cuối năm 2025",
        post=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), signer="Đỗ Văn Hải",
        accept={"parent_body": ["UBND tỉnh Lâm Đồng", "UBND tỉnh"]},
    )  # fmt: skip
    r = Report("2025-6tc-ubnd-dac-khu-phu-quy", "docx", head, ("half", 2025, 2, "2025-07-01", "2025-12-14"), True)
    _opening(r)
    _direction(r)
    _dossiers(r)
    _digital(r)
    _closing(r)
    r.sign("UBND tỉnh Lâm Đồng;", "Sở Nội vụ;", "TT Đảng ủy, TT HĐND đặc khu;", "Các phòng, TTPVHCC;", "Lưu: VT, VHXH.")
    r.quiet(
        "Kỳ 01/7 - 14/12/2025: tính từ ngày vận hành chính quyền địa phương 02 cấp.",
        "Tỷ lệ trực tuyến 79,02% và 95,71% có mẫu số khác nhau (gồm và không gồm chứng thực), báo cáo nêu rõ.",
        "37 hồ sơ cấp tỉnh tiếp nhận hộ nằm ngoài 5.236 hồ sơ.",
        "'hơn 5.200 hồ sơ' là số gần đúng.",
        "Đất đai: 46 hồ sơ đang giải quyết, trong đó 01 quá hạn; 07 hồ sơ trễ hạn là hồ sơ đã giải quyết.",
        "Điểm tối đa các nhóm cộng thành 100; 86,18 là tổng sáu nhóm.",
        "412 = 187 + 163 + 62 TTHC.",
        "Có mặt 61 người ít hơn 68 biên chế được giao.",
        "không còn cấp huyện: báo cáo không có số liệu cấp huyện.",
    )
    return r


def _opening(r: Report) -> None:
    law = r.cite("Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội", "202/2025/QH15", "2025-06-12", "Quốc hội")
    decree = r.cite(
        "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ", "118/2025/NĐ-CP", "2025-06-09", "Chính phủ"
    )
    r.p(
        f"Thực hiện {law} về sắp xếp đơn vị hành chính cấp tỉnh, {decree} về cơ chế một cửa, một cửa liên thông tại Bộ phận Một cửa và Cổng Dịch vụ công quốc gia, UBND đặc khu Phú Quý báo cáo kết quả công tác cải cách hành chính (CCHC) từ ngày 01/7/2025 đến ngày 14/12/2025 như sau:"
    )
    r.heads("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "1. Tổ chức bộ máy, nhân lực")
    r.items(
        f"Từ ngày 01/7/2025, đặc khu Phú Quý vận hành mô hình chính quyền địa phương 02 cấp với {r.n(3, None, 'phòng', 'phòng chuyên môn', scope_accept=[None], indicator_accept=['org_units_total'])} phòng chuyên môn và Trung tâm Phục vụ hành chính công (Trung tâm).",
        f"Biên chế cán bộ, công chức được giao {r.n(68, 'civil_servants_assigned', 'người', unit_accept=['biên chế'])} người, có mặt {r.n(61, 'civil_servants_present', 'người')} người, trong đó {r.n(9, None, 'người', 'làm việc tại Trung tâm', indicator_accept=['civil_servants_present'], scope_accept=['Trung tâm', None])} người làm việc tại Trung tâm; ngoài ra có {r.n(2, None, 'người', 'nhân viên bưu điện', unit_accept=['nhân viên'], scope_accept=['*'])} nhân viên bưu điện hỗ trợ tiếp nhận hồ sơ.",
        f"Số công chức có nguyện vọng nghỉ hưu trước tuổi, thôi việc đã được giải quyết chế độ là {r.n(5, None, 'người', 'nghỉ hưu trước tuổi, thôi việc', scope_accept=['*'], indicator_accept=['staff_reduced'])} người.",
    )


def _direction(r: Report) -> None:
    plan = r.cite("Kế hoạch số 12/KH-UBND ngày 25/7/2025", "12/KH-UBND", "2025-07-25")
    r.heads("2. Kế hoạch, kiểm tra, tuyên truyền")
    r.items(
        f"Ban hành {plan} về CCHC 6 tháng cuối năm 2025 với {r.n(28, 'plan_tasks', 'nhiệm vụ')} nhiệm vụ, đã hoàn thành {r.n(28, 'plan_tasks_done', 'nhiệm vụ')} nhiệm vụ (đạt {r.pct(100)}); {r.n(19, 'directing_documents', 'văn bản')} văn bản chỉ đạo, đôn đốc.",
        f"Tổ chức {r.n(4, None, 'lớp', 'tập huấn', scope_accept=[None])} lớp tập huấn sử dụng Hệ thống thông tin giải quyết thủ tục hành chính cho {r.n(126, None, 'lượt người', 'tập huấn', scope_accept=[None], unit_accept=['lượt'])} lượt người; {r.n(10, None, 'tổ', 'Tổ công nghệ số cộng đồng', unit_accept=['*'], scope_accept=['*'])} Tổ công nghệ số cộng đồng hướng dẫn người dân nộp hồ sơ tại nhà.",
        f"Đăng {r.n(74, 'news_items', 'tin, bài', unit_accept=['tin bài'])} tin, bài trên Trang thông tin điện tử và phát thanh bằng {r.n(2, None, 'chuyên mục', optional=True)} chuyên mục hằng tuần.",
    )


def _dossiers(r: Report) -> None:
    received, resolved, late, pending = map(sum, zip(*FIELDS.values(), strict=True))
    new = ONLINE + DIRECT
    on_time = resolved - EARLY - late
    r.adds(received, new, CARRIED)
    r.adds(received, resolved, pending)
    r.adds(resolved, EARLY, on_time, late)
    r.adds(pending, 67, 1)
    r.adds(412, 187, 163, 62)
    certified = FIELDS["Chứng thực"][0]
    r.heads("II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH (TTHC)", "1. Danh mục TTHC")
    r.items(
        f"Trung tâm tiếp nhận {r.n(412, 'procedures_total', 'TTHC')} TTHC thuộc thẩm quyền cấp xã, gồm {r.n(187, 'services_fullprocess', 'TTHC')} TTHC cung cấp dịch vụ công trực tuyến toàn trình, {r.n(163, 'services_partial', 'TTHC')} TTHC một phần và {r.n(62, None, 'TTHC', 'còn lại', scope_accept=['*'])} TTHC còn lại thực hiện trực tiếp; {r.pct(100, 'procedures_published_rate')} TTHC được niêm yết bằng mã QR.",
    )
    r.heads("2. Kết quả tiếp nhận, giải quyết")
    r.items(
        f"Với hơn {r.n(5200, 'dossiers_received_total', approx=True)} hồ sơ phải giải quyết, Trung tâm bảo đảm không gián đoạn. Cụ thể, tổng số hồ sơ là {r.n(received, 'dossiers_received_total')} hồ sơ, trong đó nhận bàn giao từ UBND huyện và các xã cũ {r.n(CARRIED, 'dossiers_carried_over')} hồ sơ, tiếp nhận mới {r.n(new, 'dossiers_received_new')} hồ sơ (trực tuyến {r.n(ONLINE, 'dossiers_received_online')} hồ sơ, trực tiếp {r.n(DIRECT, 'dossiers_received_in_person')} hồ sơ).",
        f"Đã giải quyết {r.n(resolved, 'dossiers_resolved_total')} hồ sơ: trước hạn {r.n(EARLY, 'dossiers_resolved_early')} hồ sơ, đúng hạn {r.n(on_time, 'dossiers_resolved_on_time')} hồ sơ, trễ hạn {r.n(late, 'dossiers_resolved_late')} hồ sơ; tỷ lệ trước và đúng hạn {r.pct(share(resolved - late, resolved), 'rate_on_time')}.",
        f"Đang giải quyết {r.n(pending, 'dossiers_pending_total')} hồ sơ ({r.n(67, 'dossiers_pending_in_time')} hồ sơ trong hạn, {r.n(1, 'dossiers_pending_overdue')} hồ sơ quá hạn do chờ xác định nghĩa vụ tài chính về đất đai).",
        f"Tỷ lệ hồ sơ trực tuyến đạt {r.pct(share(ONLINE, new), 'rate_online')} số hồ sơ tiếp nhận mới; nếu không tính {r.n(certified, 'dossiers_received_new', 'hồ sơ', 'Chứng thực', indicator_accept=['dossiers_received_total', 'dossiers_received_in_person', None])} hồ sơ chứng thực nộp trực tiếp thì đạt {r.pct(share(ONLINE, new - certified), 'rate_online', 'không tính chứng thực', scope_accept=['*'])}.",
        f"Ngoài ra, Trung tâm tiếp nhận {r.n(37, None, 'hồ sơ', 'thuộc thẩm quyền cấp tỉnh', indicator_accept=['*'], scope_accept=['*'])} hồ sơ thuộc thẩm quyền cấp tỉnh của người dân trên đảo theo nguyên tắc không phụ thuộc địa giới hành chính và chuyển các sở giải quyết.",
    )
    r.p("Kết quả theo lĩnh vực:")
    columns = [
        Column("Tổng số hồ sơ", "dossiers_received_total", width=20),
        Column("Đã giải quyết", "dossiers_resolved_total", width=20),
        Column("Trong đó trễ hạn", "dossiers_resolved_late", width=20),
        Column("Đang giải quyết", "dossiers_pending_total", width=20),
        Column("Tỷ lệ đúng hạn (%)", "rate_on_time", "%", 22),
    ]
    rows = [(name, (*cells, share(cells[1] - cells[2], cells[1]))) for name, cells in FIELDS.items()]
    whole = (received, resolved, late, pending, share(resolved - late, resolved))
    grid(r, ("STT", "Lĩnh vực", 50), columns, rows, ("Tổng cộng", whole))


def _digital(r: Report) -> None:
    total = sum(Decimal(points) for _, _, points in GROUPS)
    r.adds(total, *(points for _, _, points in GROUPS))
    r.adds(100, *(most for _, most, _ in GROUPS))
    r.heads("III. PHỤC VỤ NGƯỜI DÂN, DOANH NGHIỆP", "1. Phản ánh, kiến nghị và mức độ hài lòng")
    r.items(
        f"Tiếp nhận {r.n(6, 'petitions_received', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị, đã xử lý {r.n(6, 'petitions_resolved', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị, {r.pct(100, 'petitions_on_time_rate')} đúng hạn.",
        f"Phát {r.n(250, 'survey_forms', 'phiếu', scope_accept=['phát ra'])} phiếu khảo sát, thu về {r.n(243, 'survey_forms', 'phiếu', 'thu về', scope_accept=[None])} phiếu hợp lệ; {r.n(234, None, 'phiếu', 'hài lòng', scope_accept=['*'], indicator_accept=['*'])} phiếu đánh giá hài lòng và rất hài lòng, đạt {r.pct(share(234, 243, 1), 'satisfaction_rate')}.",
    )
    r.heads("2. Bộ chỉ số phục vụ người dân, doanh nghiệp")
    r.items(
        f"Tính đến ngày 14/12/2025, đặc khu đạt {r.n(total, 'score_766', 'điểm', text='86,18')}/{r.n(100, None, 'điểm', role='max', optional=True, text='100')} điểm, xếp thứ {r.n(21, None, 'hạng', indicator_accept=['*'])}/{r.n(124, None, 'đơn vị', role='field_size', unit_accept=['*'])} xã, phường, đặc khu của tỉnh Lâm Đồng. Điểm theo nhóm như sau:"
    )
    body = []
    for number, (name, most, points) in enumerate(GROUPS, 1):
        high = r.n(most, None, "điểm", name, role="max", optional=True, row=None, text=str(most))
        mine = r.n(points, None, "điểm", name, indicator_accept=["score_766"], row=None, text=points.replace(".", ","))
        body.append([str(number), name, high, mine])
    high = r.n(100, None, "điểm", role="max", optional=True, text="100", row=None)
    mine = r.n(total, "score_766", "điểm", text="86,18", row=None, scope_accept=["Tổng cộng"])
    body.append(["", "Tổng cộng", high, mine])
    r.table([11, 80, 36, 36], [["STT", "Nhóm chỉ số", "Điểm tối đa", "Điểm đạt được"]], body, size=12, bold=(6,))


def _closing(r: Report) -> None:
    r.heads("IV. KHÓ KHĂN, KIẾN NGHỊ", "1. Khó khăn")
    r.items(
        "Đường truyền giữa đảo và đất liền có lúc gián đoạn, nhất là mùa gió chướng; tàu cá đi biển dài ngày nên việc ký số, thanh toán trực tuyến của ngư dân còn hạn chế.",
        "Công chức chuyên môn đất đai, xây dựng còn thiếu so với khối lượng công việc tiếp nhận từ cấp huyện trước đây.",
    )
    r.heads("2. Kiến nghị")
    r.items("Đề nghị UBND tỉnh bổ sung biên chế công chức và đầu tư đường truyền dự phòng cho đặc khu.")
    r.heads("V. NHIỆM VỤ NĂM 2026")
    r.items(
        f"Tỷ lệ hồ sơ trực tuyến đạt từ {r.pct(85, None, optional=True, role='target')} trở lên; thanh toán trực tuyến đạt {r.pct(70, None, optional=True, role='target')}; không để hồ sơ trễ hạn không có lý do khách quan.",
        f"Nâng điểm Bộ chỉ số lên trên {r.n(90, None, 'điểm', optional=True, role='target')} điểm, nhóm thanh toán trực tuyến tăng ít nhất {r.n(2, None, 'điểm', optional=True, role='target')} điểm.",
    )
    r.p("UBND đặc khu Phú Quý báo cáo UBND tỉnh, Sở Nội vụ tổng hợp./.")
