"""Trung tâm Phục vụ hành chính công tỉnh Điện Biên, quý I/2025: form II.06a on a landscape page, PDF. Four faults."""

from __future__ import annotations

from tests.reports import paper
from tests.reports.form06 import Field, boxed_heading, field, form06, totals
from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import Fault, share

ROWS: list[Field] = [
    field("Sở Nội vụ", 118, 21, 9, 44, 0, 12, 0),
    field("Sở Tư pháp", 1466, 203, 88, 402, 3, 95, 0),
    field("Sở Tài chính", 541, 12, 36, 87, 0, 41, 0),
    field("Sở Xây dựng", 1835, 640, 52, 318, 4, 77, 2),
    field("Sở Công Thương", 906, 4, 11, 65, 0, 18, 0),
    field("Sở Nông nghiệp và Môi trường", 388, 276, 143, 201, 11, 168, 6),
    field("Sở Khoa học và Công nghệ", 37, 5, 3, 10, 0, 5, 0),
    field("Sở Giáo dục và Đào tạo", 29, 34, 2, 17, 0, 6, 0),
    field("Sở Văn hóa, Thể thao và Du lịch", 74, 8, 4, 22, 0, 7, 0),
    field("Sở Y tế", 212, 47, 30, 81, 1, 33, 0),
    field("Sở Dân tộc và Tôn giáo", 16, 9, 1, 7, 0, 2, 0),
    field("Ban Quản lý các khu công nghiệp", 0, 0, 0, 0, 0, 0, 0),
]


def dien_bien_2025_q1() -> Report:
    """Faulty: a row's total received, the total of resolved, the early count given as resolved, an online share over 100."""
    head = Head(
        number="41", symbol="BC-TTPVHCC", body="Trung tâm Phục vụ hành chính công tỉnh", parent="Văn phòng UBND tỉnh",
        printed_body="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH", printed_parent="VĂN PHÒNG UBND TỈNH",
        province="Điện Biên", place="Điện Biên", issued=(2025, 3, 18), signer="Lò Văn Toản", post=("GIÁM ĐỐC",),
        title="Tình hình, kết quả giải quyết thủ tục hành chính quý I năm 2025",
        accept={
            "issuing_body": ["Trung tâm Phục vụ hành chính công", "Trung tâm Phục vụ hành chính công tỉnh Điện Biên"],
            "parent_body": ["Văn phòng UBND tỉnh Điện Biên"],
        },
    )  # fmt: skip
    r = Report("2025-q1-trung-tam-hcc-dien-bien", "pdf", head, ("quarter", 2025, 1, "2024-12-15", "2025-03-14"))
    _staffing(r)
    _dossiers(r)
    _rest(r)
    r.sign("Văn phòng UBND tỉnh;", "Các sở, ban, ngành;", "Lãnh đạo Trung tâm;", "Lưu: VT.")
    paper.turn(r.document, landscape=True)
    boxed_heading(
        r, "II.06a/VPCP/KSTT", "Quý I năm 2025", "Từ ngày 15/12/2024 đến ngày 14/3/2025", "Văn phòng UBND tỉnh"
    )
    received = ROWS[3].cells()[0]
    total = totals(ROWS)["dossiers_resolved_total"]
    row = Fault(
        "sum.received",
        str(received),
        also=("sum.formula", "sum.row", "sum.balance", "sum.column", "sum.received_total"),
    )
    column = Fault(
        "sum.column", str(total), also=("sum.resolved", "sum.formula", "sum.balance", "repeat.resolved_total")
    )
    form06(r, ROWS, {(3, 3): (received - 270, row), (-1, 7): (total + 9, column)}, size=10.5, flat=True)
    r.quiet(
        "Ban Quản lý các khu công nghiệp không phát sinh hồ sơ: hàng toàn số 0.",
        "Sở Nội vụ, Sở Xây dựng … có tên sau sắp xếp tháng 3/2025, kỳ số liệu bắt đầu trước đó.",
        "19 hồ sơ trễ hạn đã giải quyết và 08 hồ sơ đang giải quyết quá hạn là hai số khác nhau.",
        "12.846 lượt khách và 31 lượt đánh giá không hài lòng không phải hồ sơ.",
        "Kỳ 15/12/2024 - 14/3/2025 là kỳ chốt quý I theo quy định.",
    )  # fmt: skip
    return r


def _staffing(r: Report) -> None:
    decree = r.cite(
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ"
    )
    rule = r.cite(
        "Quyết định số 09/2023/QĐ-UBND ngày 28/4/2023 của UBND tỉnh Điện Biên", "09/2023/QĐ-UBND", "2023-04-28", "UBND tỉnh Điện Biên",
    )  # fmt: skip
    r.p(
        f"Thực hiện {decree} và {rule}, Trung tâm Phục vụ hành chính công tỉnh (Trung tâm) báo cáo tình hình, kết quả giải quyết TTHC quý I năm 2025 (từ ngày 15/12/2024 đến ngày 14/3/2025) như sau:"
    )
    r.heads("I. TÌNH HÌNH CHUNG")
    r.p(
        f"Trung tâm hiện có {r.n(12, None, 'cơ quan', 'cử người làm việc tại Trung tâm', scope_accept=['*'])} cơ quan cử {r.n(33, None, 'người', 'làm việc tại Trung tâm', unit_accept=['công chức, viên chức'], scope_accept=['*'])} công chức, viên chức đến làm việc; tiếp nhận {r.n(1784, 'procedures_total', 'TTHC')} TTHC, trong đó {r.n(921, 'services_fullprocess', 'TTHC')} TTHC cung cấp dịch vụ công trực tuyến toàn trình, {r.n(640, 'services_partial', 'TTHC')} TTHC một phần. Trong quý, Trung tâm đón {r.n(12846, None, 'lượt', 'lượt khách', unit_accept=['lượt người'], scope_accept=['*'])} lượt người đến giao dịch; thiết bị đánh giá ghi nhận {r.n(31, None, 'lượt', 'không hài lòng', scope_accept=['*'], indicator_accept=['*'])} lượt đánh giá không hài lòng."
    )


def _dossiers(r: Report) -> None:
    t = totals(ROWS)
    received, resolved, pending = (t[f"dossiers_{part}_total"] for part in ("received", "resolved", "pending"))
    early, on_time, late = (t[f"dossiers_resolved_{part}"] for part in ("early", "on_time", "late"))
    online, direct, carried = (
        t["dossiers_received_online"],
        t["dossiers_received_in_person_postal"],
        t["dossiers_carried_over"],
    )
    inverse = share(online + direct, online)
    over = Fault("bound.rate_online", str(share(online, online + direct)), also=("ratio.rate_online",))
    copied = Fault("repeat.dossiers_resolved_total", str(resolved), also=("repeat.resolved_total", "sum.resolved"))
    r.heads("II. KẾT QUẢ TIẾP NHẬN, GIẢI QUYẾT TTHC")
    r.items(
        f"Tổng số hồ sơ nhận giải quyết: {r.n(received, 'dossiers_received_total')} hồ sơ (trực tuyến {r.n(online, 'dossiers_received_online')} hồ sơ; trực tiếp, dịch vụ bưu chính {r.n(direct, 'dossiers_received_in_person_postal')} hồ sơ; từ kỳ trước chuyển sang {r.n(carried, 'dossiers_carried_over')} hồ sơ). Tỷ lệ hồ sơ trực tuyến trên hồ sơ tiếp nhận trong kỳ đạt {r.pct(inverse, 'rate_online', fault=over)}.",
        f"Số hồ sơ đã giải quyết: {r.n(resolved, 'dossiers_resolved_total')} hồ sơ; trong đó trước hạn {r.n(early, 'dossiers_resolved_early')} hồ sơ, đúng hạn {r.n(on_time, 'dossiers_resolved_on_time')} hồ sơ, quá hạn {r.n(late, 'dossiers_resolved_late')} hồ sơ. Tỷ lệ giải quyết trước và đúng hạn đạt {r.pct(share(early + on_time, resolved), 'rate_on_time')}.",
        f"Số hồ sơ đang giải quyết: {r.n(pending, 'dossiers_pending_total')} hồ sơ, trong đó trong hạn {r.n(t['dossiers_pending_in_time'], 'dossiers_pending_in_time')} hồ sơ, quá hạn {r.n(t['dossiers_pending_overdue'], 'dossiers_pending_overdue')} hồ sơ.",
    )
    land = ROWS[5].cells()
    name = "Sở Nông nghiệp và Môi trường"
    r.p(
        f"{name} có nhiều hồ sơ chậm nhất: {r.n(land[7], 'dossiers_resolved_late', 'hồ sơ', name)} hồ sơ giải quyết quá hạn và {r.n(land[10], 'dossiers_pending_overdue', 'hồ sơ', name)} hồ sơ đang giải quyết đã quá hạn, chủ yếu là hồ sơ đăng ký biến động đất đai liên quan nghĩa vụ tài chính. (Chi tiết theo Biểu số II.06a/VPCP/KSTT kèm theo)."
    )
    r.heads("III. ĐÁNH GIÁ")
    r.p(
        f"Với {r.n(early, 'dossiers_resolved_total', fault=copied)} hồ sơ đã giải quyết trong quý, các cơ quan cơ bản bảo đảm tiến độ; việc xin lỗi, hẹn lại ngày trả kết quả được thực hiện đối với {r.n(late, 'dossiers_resolved_late', indicator_accept=['apologies', None])} hồ sơ quá hạn."
    )


def _rest(r: Report) -> None:
    r.items(
        f"Số hóa thành phần hồ sơ khi tiếp nhận đạt {r.pct('87.4', 'digitised_dossier_rate')}; cấp kết quả bản điện tử đạt {r.pct('92.15', 'digitised_result_rate')}; khai thác, sử dụng lại dữ liệu đã số hóa mới đạt {r.pct('31.8', 'data_reuse_rate')}.",
        f"Đã chuyển {r.n(4, 'petitions_received', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị đến cơ quan xử lý, {r.n(3, 'petitions_resolved', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị đã có kết quả trả lời, còn lại đang trong hạn xử lý.",
        "Sau sắp xếp tổ chức bộ máy, một số quy trình điện tử phải cấu hình lại nên có thời điểm việc chuyển hồ sơ giữa các bước bị gián đoạn.",
    )
    r.heads("IV. NHIỆM VỤ QUÝ II NĂM 2025")
    r.items(
        "Phối hợp rà soát, cập nhật danh mục TTHC và tài khoản của công chức theo tên gọi mới của các sở.",
        f"Phấn đấu tỷ lệ hồ sơ giải quyết trước và đúng hạn đạt từ {r.pct('99.7', None, optional=True, role='target')} trở lên; tỷ lệ hồ sơ trực tuyến đạt {r.pct(90, None, optional=True, role='target')}.",
    )
    r.p("Trung tâm Phục vụ hành chính công tỉnh báo cáo Văn phòng UBND tỉnh./.")
