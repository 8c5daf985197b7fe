"""UBND tỉnh Hà Giang, 6 tháng đầu năm 2022: three levels with totals, brackets, a footnote. Consistent."""

from __future__ import annotations

from tests.reports.head import Head
from tests.reports.levels import Level, added, level_table
from tests.reports.report import Report
from tests.reports.truth import share

LEVELS = [
    Level("Cấp tỉnh", 1204, 31877, 31640, 58, 213),
    Level("Cấp huyện", 866, 24310, 24002, 141, 97),
    Level("Cấp xã", 92, 118645, 118521, 17, 0),
]


def ha_giang_2022_6t() -> Report:
    """Consistent; returned and withdrawn dossiers stand outside the balance received = resolved + pending."""
    head = Head(
        number="214", symbol="BC-UBND", body="UBND tỉnh Hà Giang", parent="", printed_body="TỈNH HÀ GIANG",
        printed_parent="ỦY BAN NHÂN DÂN", province="Hà Giang", place="Hà Giang", issued=(2022, 6, 21),
        title="Tình hình, kết quả thực hiện công tác kiểm soát thủ tục hành chính, triển khai cơ chế một cửa, một cửa liên thông 6 tháng đầu năm 2022",
        post=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), signer="Hoàng Minh Tuyên",
    )  # fmt: skip
    r = Report("2022-6t-ubnd-tinh-ha-giang", "docx", head, ("half", 2022, 1, "2021-12-15", "2022-06-14"))
    decree = r.cite(
        "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ", "63/2010/NĐ-CP", "2010-06-08", "Chính phủ"
    )
    circular = r.cite(
        "Thông tư số 02/2017/TT-VPCP ngày 31/10/2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        "02/2017/TT-VPCP",
        "2017-10-31",
        "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
    )
    r.p(
        f"Thực hiện {decree} về kiểm soát thủ tục hành chính và {circular}, Ủy ban nhân dân tỉnh Hà Giang báo cáo kết quả 6 tháng đầu năm 2022 (từ ngày 15/12/2021 đến ngày 14/6/2022) như sau:"
    )
    r.heads("I. KẾT QUẢ THỰC HIỆN", "1. Số thủ tục hành chính")
    levels = (("cấp tỉnh", 1452), ("cấp huyện", 281), ("cấp xã", 134))
    parts = "; ".join(f"{name}: {r.n(count, 'procedures_total', 'TTHC', name)} TTHC" for name, count in levels)
    r.p(
        f"Toàn tỉnh có {r.n(sum(count for _, count in levels), 'procedures_total', 'TTHC', scope_accept=['toàn tỉnh'])} TTHC ({parts}). Trong kỳ công bố {r.n(38, None, 'TTHC', 'công bố trong kỳ')} TTHC (ban hành mới {r.n(11, 'procedures_new', 'TTHC')}, sửa đổi, bổ sung {r.n(19, 'procedures_amended', 'TTHC')}, bãi bỏ {r.n(8, 'procedures_repealed', 'TTHC')})."
    )
    _dossiers(r)
    r.heads("II. NHIỆM VỤ 6 THÁNG CUỐI NĂM")
    r.items(
        f"Nâng tỷ lệ hồ sơ trực tuyến mức độ 3, mức độ 4 đạt từ {r.pct(50, None, optional=True, role='target')} trở lên.",
        "Rà soát, rút ngắn thời gian giải quyết TTHC lĩnh vực đất đai.",
    )
    r.sign("Văn phòng Chính phủ;", "TT Tỉnh ủy, TT HĐND tỉnh;", "Chủ tịch, các PCT UBND tỉnh;", "Lưu: VT, TTPVHCC.")
    r.quiet(
        "310 hồ sơ trả lại, rút nằm ngoài số đã giải quyết và đang giải quyết: tiếp nhận = giải quyết + đang giải quyết + trả lại.",
        "Chú thích cuối trang nêu rõ cách tính hồ sơ trả lại.",
        "'mức độ 3, mức độ 4' không phải số liệu.",
    )
    return r


def _dossiers(r: Report) -> None:
    whole = added("Toàn tỉnh", LEVELS)
    received, carried, new, resolved, in_time, late, pending, returned = whole.cells()
    province = ["toàn tỉnh"]
    r.heads("2. Kết quả tiếp nhận, giải quyết TTHC")
    note = r.note(
        "Hồ sơ trả lại hoặc do người nộp đề nghị rút không tính vào số hồ sơ đã giải quyết và đang giải quyết."
    )
    r.p(
        f"Toàn tỉnh tiếp nhận {r.n(received, 'dossiers_received_total', scope_accept=province)} hồ sơ (kỳ trước chuyển sang {r.n(carried, 'dossiers_carried_over', scope_accept=province)} hồ sơ, tiếp nhận mới {r.n(new, 'dossiers_received_new', scope_accept=province)} hồ sơ). Đã giải quyết {r.n(resolved, 'dossiers_resolved_total', scope_accept=province)} hồ sơ (trước và đúng hạn {r.n(in_time, 'dossiers_resolved_early_or_on_time', scope_accept=province)} hồ sơ, đạt {r.pct(share(in_time, resolved), 'rate_on_time', scope_accept=province)}; quá hạn {r.n(late, 'dossiers_resolved_late', scope_accept=province)} hồ sơ, chiếm {r.pct(share(late, resolved), 'rate_late', scope_accept=province)}); trả lại và rút {r.n(returned, 'dossiers_returned', scope_accept=province)} hồ sơ{note}; đang giải quyết {r.n(pending, 'dossiers_pending_total', scope_accept=province)} hồ sơ. Cụ thể:"
    )
    for level in LEVELS:
        scope, cells = level.name.lower(), level.cells()
        extra = f", trả lại và rút {r.n(cells[7], 'dossiers_returned', 'hồ sơ', scope)} hồ sơ" if cells[7] else ""
        r.items(
            f"{level.name}: Tiếp nhận {r.n(cells[0], 'dossiers_received_total', 'hồ sơ', scope)} hồ sơ; đã giải quyết {r.n(cells[3], 'dossiers_resolved_total', 'hồ sơ', scope)} hồ sơ (quá hạn {r.n(cells[5], 'dossiers_resolved_late', 'hồ sơ', scope)} hồ sơ){extra}; đang giải quyết {r.n(cells[6], 'dossiers_pending_total', 'hồ sơ', scope)} hồ sơ."
        )
    r.p("Số liệu chi tiết theo bảng sau:")
    level_table(r, LEVELS)
