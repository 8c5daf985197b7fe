"""UBND thị xã Kỳ Anh, Hà Tĩnh, quý III/2024: three periods side by side, as a PDF. Consistent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import comma, share


@dataclass(frozen=True, slots=True)
class Quarter:
    """The dossiers of one quarter; received and pending follow."""

    year: int
    index: int
    limits: tuple[str, str]
    carried: int
    new: int
    online: int
    resolved: int
    late: int
    petitions: int

    def own(self) -> dict[str, Any]:
        """The quarter as the period of a figure."""
        start, end = self.limits
        return {"period": {"kind": "quarter", "year": self.year, "index": self.index, "start": start, "end": end}}

    def counts(self) -> dict[str, int]:
        """The counts by indicator, in the order of the table."""
        return {
            "dossiers_received_total": self.carried + self.new,
            "dossiers_carried_over": self.carried,
            "dossiers_received_new": self.new,
            "dossiers_received_online": self.online,
            "dossiers_resolved_total": self.resolved,
            "dossiers_resolved_early_or_on_time": self.resolved - self.late,
            "dossiers_resolved_late": self.late,
            "dossiers_pending_total": self.carried + self.new - self.resolved,
            "petitions_received": self.petitions,
        }


NOW = Quarter(2024, 3, ("2024-06-15", "2024-09-14"), 506, 12418, 9530, 12377, 41, 14)
BEFORE = Quarter(2024, 2, ("2024-03-15", "2024-06-14"), 472, 13205, 9874, 13171, 58, 11)
LAST_YEAR = Quarter(2023, 3, ("2023-06-15", "2023-09-14"), 611, 11046, 6894, 11090, 97, 19)
NAMES = (
    "Tổng số hồ sơ phải giải quyết", "Hồ sơ kỳ trước chuyển sang", "Hồ sơ tiếp nhận mới", "Trong đó: nộp trực tuyến",
    "Hồ sơ đã giải quyết", "Trong đó: trước và đúng hạn", "Trong đó: trễ hạn", "Hồ sơ đang giải quyết",
    "Phản ánh, kiến nghị tiếp nhận",
)  # fmt: skip


def ky_anh_2024_q3() -> Report:
    """Consistent; differences and ratios over 100 between periods, levels with totals, percentage points."""
    head = Head(
        number="388", symbol="BC-UBND", body="UBND thị xã Kỳ Anh", parent="", printed_body="THỊ XÃ KỲ ANH",
        printed_parent="ỦY BAN NHÂN DÂN", province="Hà Tĩnh", place="Kỳ Anh", issued=(2024, 9, 17),
        title="Kết quả tiếp nhận, giải quyết thủ tục hành chính quý III năm 2024 so với quý II năm 2024 và cùng kỳ năm 2023",
        post=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), signer="Nguyễn Thị Lệ Giang",
        accept={"parent_body": ["UBND tỉnh Hà Tĩnh", "UBND tỉnh"]},
    )  # fmt: skip
    r = Report("2024-q3-ubnd-thi-xa-ky-anh", "pdf", head, ("quarter", 2024, 3, "2024-06-15", "2024-09-14"))
    letter = r.cite(
        "Công văn số 2215/VP-KSTT ngày 05/9/2024 của Văn phòng UBND tỉnh Hà Tĩnh", "2215/VP-KSTT", "2024-09-05", "Văn phòng UBND tỉnh Hà Tĩnh",
    )  # fmt: skip
    r.p(
        f"Thực hiện {letter} về việc báo cáo công tác kiểm soát thủ tục hành chính (TTHC), UBND thị xã Kỳ Anh báo cáo kết quả quý III năm 2024 (từ ngày 15/6/2024 đến ngày 14/9/2024) như sau:"
    )
    _levels(r)
    _compared(r)
    _table(r)
    _rest(r)
    r.sign("Văn phòng UBND tỉnh;", "TT Thị ủy, TT HĐND thị xã;", "Các phòng, ban; UBND các xã, phường;", "Lưu: VT, VP.")
    r.quiet(
        "112,42 và các tỷ số trên 100 ở cột cùng kỳ là so sánh hai kỳ, không phải tỷ lệ phần.",
        "Chênh lệch tỷ lệ (+1,97; +0,11) tính bằng điểm phần trăm.",
        "506 hồ sơ kỳ trước chuyển sang bằng số đang giải quyết cuối quý II/2024.",
        "Số liệu quý II/2024 và quý III/2023 khác số quý III/2024 vì khác kỳ.",
        "Ba xã, phường có nhiều hồ sơ chỉ là ví dụ.",
        "472 và 611 hồ sơ chuyển sang thuộc hai kỳ trước khác nhau.",
    )
    return r


def _levels(r: Report) -> None:
    for quarter in (NOW, BEFORE, LAST_YEAR):
        c = quarter.counts()
        r.adds(c["dossiers_received_total"], quarter.carried, quarter.new)
        r.adds(c["dossiers_received_total"], quarter.resolved, c["dossiers_pending_total"])
        r.adds(quarter.resolved, c["dossiers_resolved_early_or_on_time"], quarter.late)
    town, commune = "Bộ phận một cửa thị xã", "cấp xã"
    parts = ((town, 4688, 4237, 4190, 38, 498), (commune, 8236, 8181, 8187, 3, 49))
    whole = (12924, 12418, 12377, 41, 547)
    for column, total in enumerate(whole, 1):
        r.adds(total, *(int(part[column]) for part in parts))
    r.heads("I. KẾT QUẢ QUÝ III NĂM 2024")
    town_scope = {"scope_accept": ["toàn thị xã"]}
    r.p(
        f"Toàn thị xã phải giải quyết {r.n(whole[0], 'dossiers_received_total', **town_scope)} hồ sơ, trong đó tiếp nhận mới {r.n(whole[1], 'dossiers_received_new', **town_scope)} hồ sơ, kỳ trước chuyển sang {r.n(NOW.carried, 'dossiers_carried_over', **town_scope)} hồ sơ. Đã giải quyết {r.n(whole[2], 'dossiers_resolved_total', **town_scope)} hồ sơ, trễ hạn {r.n(whole[3], 'dossiers_resolved_late', **town_scope)} hồ sơ; đang giải quyết {r.n(whole[4], 'dossiers_pending_total', **town_scope)} hồ sơ, tất cả còn trong hạn. Cụ thể:"
    )
    count = r.n(12, None, "xã, phường", scope_accept=["*"], unit_accept=["*"])
    names = {town: "Tại Bộ phận một cửa thị xã", commune: f"Tại cấp xã ({count} xã, phường)"}
    for name, received, new, resolved, late, pending in parts:
        accept = {"scope_accept": ["cấp huyện", "thị xã"] if name == town else ["12 xã, phường"]}
        r.items(
            f"{names[name]}: tổng số {r.n(received, 'dossiers_received_total', 'hồ sơ', name, **accept)} hồ sơ (tiếp nhận mới {r.n(new, 'dossiers_received_new', 'hồ sơ', name, **accept)} hồ sơ); đã giải quyết {r.n(resolved, 'dossiers_resolved_total', 'hồ sơ', name, **accept)} hồ sơ, trễ hạn {r.n(late, 'dossiers_resolved_late', 'hồ sơ', name, **accept)} hồ sơ; đang giải quyết {r.n(pending, 'dossiers_pending_total', 'hồ sơ', name, **accept)} hồ sơ."
        )
    wards = (("phường Kỳ Trinh", 1322), ("phường Kỳ Liên", 1174), ("xã Kỳ Lợi", 908))
    listed = ", ".join(f"{name} {r.n(count, 'dossiers_received_new', 'hồ sơ', name, indicator_accept=['dossiers_received_total', None])} hồ sơ" for name, count in wards)  # fmt: skip
    r.p(f"Một số xã, phường tiếp nhận nhiều hồ sơ như: {listed}.")


def _compared(r: Report) -> None:
    change = {"role": "change", "scope_accept": ["*"], "indicator_accept": ["*"]}
    fewer, more, late = BEFORE.new - NOW.new, NOW.new - LAST_YEAR.new, LAST_YEAR.late - NOW.late
    old = {"indicator": "dossiers_resolved_late"}
    r.heads("II. SO SÁNH VỚI KỲ TRƯỚC VÀ CÙNG KỲ NĂM TRƯỚC")
    r.p(
        f"So với quý II năm 2024, số hồ sơ tiếp nhận mới giảm {r.n(fewer, None, **change)} hồ sơ (giảm {r.pct(share(fewer, BEFORE.new), None, **change)}); so với cùng kỳ năm 2023 tăng {r.n(more, None, **change)} hồ sơ (tăng {r.pct(share(more, LAST_YEAR.new), None, **change)}). Số hồ sơ trễ hạn giảm {r.n(BEFORE.late - NOW.late, None, **change)} hồ sơ so với quý trước và giảm {r.n(late, None, **change)} hồ sơ, tương ứng {r.pct(share(late, LAST_YEAR.late), None, **change)}, so với {r.n(LAST_YEAR.late, **old, **LAST_YEAR.own())} hồ sơ của quý III năm 2023. Tỷ lệ hồ sơ trực tuyến đạt {r.pct(share(NOW.online, NOW.new), 'rate_online')}, cao hơn mức {r.pct(share(LAST_YEAR.online, LAST_YEAR.new), 'rate_online', **LAST_YEAR.own())} của cùng kỳ."
    )


def _table(r: Report) -> None:
    change = {"role": "change", "scope_accept": ["*"], "indicator_accept": ["*"], "row": None}
    body = []
    quarters = (NOW, BEFORE, LAST_YEAR)
    columns = [quarter.counts() for quarter in quarters]
    for number, (name, indicator) in enumerate(zip(NAMES, columns[0], strict=True), 1):
        unit = "PAKN" if indicator.startswith("petitions") else "hồ sơ"
        now, before, last = (counts[indicator] for counts in columns)
        cells = [
            r.n(value, indicator, unit, text=f"{value:,}".replace(",", "."), row=None, **({} if q is NOW else q.own()))
            for q, value in zip(quarters, (now, before, last), strict=True)
        ]
        shown = f"{now - before:+,}".replace(",", ".")
        less = r.n(now - before, None, unit, text=shown, **change)
        body.append([str(number), name, *cells, less, r.n(share(now, last), None, "%", **change)])
    rates = (("Tỷ lệ hồ sơ trực tuyến (%)", "rate_online"), ("Tỷ lệ trước và đúng hạn (%)", "rate_on_time"))
    for number, (name, indicator) in enumerate(rates, len(body) + 1):
        online = indicator == "rate_online"
        values = [share(q.online, q.new) if online else share(q.resolved - q.late, q.resolved) for q in quarters]
        cells = [
            r.n(value, indicator, "%", row=None, **({} if q is NOW else q.own()))
            for q, value in zip(quarters, values, strict=True)
        ]
        less = r.n(values[0] - values[1], None, "%", text=f"+{comma(values[0] - values[1])}", **change)
        body.append([str(number), name, *cells, less, "-"])
    header = [
        ["STT", "Chỉ tiêu", "Quý III/2024", "Quý II/2024", "Quý III/2023", "So sánh", ""],
        ["", "", "", "", "", "Với quý II/2024 (+/-)", "Với quý III/2023 (%)"],
    ]
    merges = (*((0, column, 1, column) for column in range(5)), (0, 5, 0, 6))
    r.p("Bảng so sánh các chỉ tiêu chính:")
    r.table([11, 52, 20, 20, 20, 21, 21], header, body, merges=merges, size=11.5)


def _rest(r: Report) -> None:
    r.heads("III. CÔNG TÁC KIỂM SOÁT TTHC VÀ SỐ HÓA")
    r.items(
        f"Bộ TTHC áp dụng tại thị xã gồm {r.n(302, 'procedures_total', 'TTHC', 'cấp huyện')} TTHC cấp huyện và {r.n(141, 'procedures_total', 'TTHC', 'cấp xã')} TTHC cấp xã; {r.pct(100, 'procedures_published_rate')} được niêm yết tại Bộ phận một cửa và công khai trên Trang thông tin điện tử.",
        f"Kiểm tra đột xuất {r.n(5, 'units_inspected', 'đơn vị', unit_accept=['xã, phường', 'cơ quan'])} xã, phường, phát hiện {r.n(8, 'issues_found', 'vấn đề', unit_accept=['hạn chế'])} hạn chế về ghi phiếu kiểm soát và nhập dữ liệu; {r.n(8, 'issues_fixed', 'vấn đề', unit_accept=['hạn chế'])}/{r.n(8, 'issues_found', 'vấn đề', unit_accept=['hạn chế'])} hạn chế đã khắc phục.",
        f"Tỷ lệ số hóa hồ sơ khi tiếp nhận đạt {r.pct('91.7', 'digitised_dossier_rate')}, tỷ lệ cấp kết quả bản điện tử đạt {r.pct('89.25', 'digitised_result_rate')}; tỷ lệ thanh toán trực tuyến đạt {r.pct('54.8', 'online_payment_dossier_rate')}.",
        f"Tổ chức {r.n(2, None, 'lớp', 'tập huấn', scope_accept=[None])} lớp tập huấn về chữ ký số cá nhân cho {r.n(97, None, 'người', 'tập huấn', scope_accept=[None], unit_accept=['cán bộ, công chức', 'lượt'])} cán bộ, công chức; cấp {r.n(415, None, 'chữ ký số', scope_accept=['*'], unit_accept=['*'])} chữ ký số miễn phí cho người dân.",
    )
    r.heads("IV. ĐÁNH GIÁ")
    r.p(
        f"Số hồ sơ quý III giảm so với quý II do lượng hồ sơ chứng thực, xác nhận phục vụ tuyển sinh tập trung vào tháng 5 và tháng 6. Số hồ sơ trễ hạn còn lại đều thuộc lĩnh vực đất đai; {r.n(NOW.late, 'apologies', 'văn bản', unit_accept=['thư', 'thư xin lỗi'])} thư xin lỗi đã được gửi đến người dân. Trong {r.n(NOW.petitions, 'petitions_received', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị tiếp nhận trong quý, {r.n(13, 'petitions_resolved', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị đã xử lý xong, số còn lại đang xử lý trong hạn."
    )
    r.heads("V. NHIỆM VỤ QUÝ IV NĂM 2024")
    r.items(
        f"Giảm số hồ sơ trễ hạn lĩnh vực đất đai xuống dưới {r.n(20, None, optional=True, role='target')} hồ sơ; tỷ lệ hồ sơ trực tuyến đạt trên {r.pct(80, None, optional=True, role='target')}.",
        "Chuẩn bị điều kiện thực hiện thí điểm tiếp nhận hồ sơ không phụ thuộc địa giới hành chính giữa các xã, phường.",
    )
    r.p("UBND thị xã Kỳ Anh báo cáo Văn phòng UBND tỉnh tổng hợp./.")
