"""UBND tỉnh Phú Yên, 9 tháng đầu năm 2023: levels with totals as a PDF. Three planted faults."""

from __future__ import annotations

from tests.reports.head import Head
from tests.reports.levels import Level, added, level_table
from tests.reports.report import Report
from tests.reports.truth import Fault, share

LEVELS = [
    Level("Cấp tỉnh", 1511, 46208, 45870, 35, 0),
    Level("Cấp huyện", 2077, 39964, 39105, 218, 0),
    Level("Cấp xã", 164, 203417, 203322, 8, 0),
]


def phu_yen_2023_9t() -> Report:
    """Faulty: level total of resolved, a level's prose against its table row, an impossible date."""
    head = Head(
        number="176", symbol="BC-UBND", body="UBND tỉnh Phú Yên", parent="", printed_body="TỈNH PHÚ YÊN",
        printed_parent="ỦY BAN NHÂN DÂN", province="Phú Yên", place="Phú Yên", issued=(2023, 9, 26),
        title="Kết quả giải quyết thủ tục hành chính trên địa bàn tỉnh 9 tháng đầu năm 2023",
        post=("TM. ỦY BAN NHÂN DÂN", "TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), signer="Lê Hữu Phước",
    )  # fmt: skip
    r = Report("2023-9t-ubnd-tinh-phu-yen", "pdf", head, ("nine_months", 2023, None, "2022-12-15", "2023-09-14"))
    bad = Fault("date.impossible", None, also=("date.invalid",))
    letter = r.cite(
        "Công văn số 3129/UBND-NC ngày 31/6/2023 của UBND tỉnh", "3129/UBND-NC", "31/6/2023", "UBND tỉnh", bad
    )
    directive = r.cite(
        "Chỉ thị số 27/CT-TTg ngày 27/4/2023 của Thủ tướng Chính phủ", "27/CT-TTg", "2023-04-27", "Thủ tướng Chính phủ"
    )
    r.p(
        f"Căn cứ {letter} về chế độ báo cáo và {directive} về đẩy mạnh cải cách thủ tục hành chính, UBND tỉnh báo cáo kết quả giải quyết TTHC 9 tháng đầu năm 2023 (từ ngày 15/12/2022 đến ngày 14/9/2023) như sau:"
    )
    r.heads("I. TÌNH HÌNH TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ")
    received, carried, new, resolved, in_time, late, pending, _ = added("Toàn tỉnh", LEVELS).cells()
    wrong = Fault(
        "sum.level", str(resolved), also=("sum.resolved", "sum.balance", "repeat.resolved_total", "sum.levels")
    )
    s = {"scope_accept": ["toàn tỉnh"]}
    r.items(
        f"Toàn tỉnh tiếp nhận {r.n(received, 'dossiers_received_total', **s)} hồ sơ, trong đó tiếp nhận mới {r.n(new, 'dossiers_received_new', **s)} hồ sơ, kỳ trước chuyển sang {r.n(carried, 'dossiers_carried_over', **s)} hồ sơ.",
        f"Toàn tỉnh đã giải quyết {r.n(resolved + 1000, 'dossiers_resolved_total', fault=wrong, **s)} hồ sơ, trong đó trước và đúng hạn {r.n(in_time, 'dossiers_resolved_early_or_on_time', **s)} hồ sơ, quá hạn {r.n(late, 'dossiers_resolved_late', **s)} hồ sơ; đang giải quyết {r.n(pending, 'dossiers_pending_total', **s)} hồ sơ.",
        f"Tỷ lệ hồ sơ giải quyết trước và đúng hạn toàn tỉnh đạt {r.pct(share(in_time, resolved), 'rate_on_time', **s)}.",
    )
    r.p("Cụ thể theo từng cấp như sau:")
    other = Fault(
        "repeat.pending_total",
        str(LEVELS[1].cells()[6]),
        also=("repeat.dossiers_pending_total", "sum.balance", "sum.level"),
    )
    for level in LEVELS:
        scope, cells = level.name.lower(), level.cells()
        planted = (2078, other) if level.name == "Cấp huyện" else (cells[6], None)
        r.items(
            f"{level.name} đã giải quyết {r.n(cells[3], 'dossiers_resolved_total', 'hồ sơ', scope)} hồ sơ trên tổng số {r.n(cells[0], 'dossiers_received_total', 'hồ sơ', scope)} hồ sơ tiếp nhận, quá hạn {r.n(cells[5], 'dossiers_resolved_late', 'hồ sơ', scope)} hồ sơ; đang giải quyết {r.n(planted[0], 'dossiers_pending_total', 'hồ sơ', scope, fault=planted[1])} hồ sơ."
        )
    level_table(r, LEVELS)
    r.heads("II. TỒN TẠI, HẠN CHẾ")
    r.p(
        f"Hồ sơ quá hạn tập trung ở lĩnh vực đất đai cấp huyện; {r.n(218, 'apologies', 'văn bản', 'cấp huyện', unit_accept=['thư xin lỗi', 'lượt'])} văn bản xin lỗi đã được gửi đến người dân."
    )
    r.heads("III. NHIỆM VỤ 3 THÁNG CUỐI NĂM")
    r.p(
        f"Phấn đấu tỷ lệ hồ sơ đúng hạn cả năm đạt trên {r.pct(99, None, optional=True, role='target')}, tỷ lệ hồ sơ trực tuyến đạt {r.pct(60, None, optional=True, role='target')}."
    )
    r.sign(
        "Văn phòng Chính phủ;",
        "CT, các PCT UBND tỉnh;",
        "Các sở, ban, ngành;",
        "UBND các huyện, thị xã, thành phố;",
        "Lưu: VT, KSTT.",
    )
    r.quiet("Văn phòng ký thừa ủy quyền: số báo cáo vẫn của UBND tỉnh.", "Chỉ tiêu 99% và 60% là mục tiêu.")
    return r
