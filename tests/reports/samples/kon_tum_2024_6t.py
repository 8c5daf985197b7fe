"""Văn phòng UBND tỉnh Kon Tum, 6 tháng đầu năm 2024: offices by months on a landscape page. Four planted faults."""

from __future__ import annotations

from tests.reports import paper
from tests.reports.head import Head
from tests.reports.months import month, month_table
from tests.reports.report import Report
from tests.reports.truth import Fault, share

NEW: dict[str, tuple[int, ...]] = {
    "Sở Công Thương": (612, 438, 655, 701, 688, 640),
    "Sở Giao thông vận tải": (1204, 877, 1316, 1285, 1347, 1290),
    "Sở Giáo dục và Đào tạo": (41, 28, 57, 66, 93, 118),
    "Sở Kế hoạch và Đầu tư": (203, 151, 244, 236, 229, 218),
    "Sở Lao động - Thương binh và Xã hội": (87, 65, 102, 94, 110, 99),
    "Sở Nông nghiệp và Phát triển nông thôn": (76, 58, 81, 90, 84, 72),
    "Sở Tài nguyên và Môi trường": (349, 262, 388, 402, 417, 395),
    "Sở Tư pháp": (305, 241, 352, 337, 346, 339),
    "Sở Xây dựng": (64, 47, 73, 70, 78, 69),
    "Sở Y tế": (92, 70, 113, 108, 101, 97),
}
# Resolved and late of the offices that had late dossiers.
LATE: tuple[tuple[str, int, int], ...] = (
    ("Sở Tài nguyên và Môi trường", 2146, 37),
    ("Sở Xây dựng", 388, 6),
    ("Sở Giao thông vận tải", 7264, 21),
    ("Sở Tư pháp", 1893, 4),
)
WHOLE = tuple(map(sum, zip(*NEW.values(), strict=True)))


def kon_tum_2024_6t() -> Report:
    """Faulty: a row total, the total of April, Sở Tư pháp in the prose, a late rate taken from another row."""
    head = Head(
        number="1523", symbol="BC-VP", body="Văn phòng UBND tỉnh", parent="UBND tỉnh Kon Tum",
        printed_body="VĂN PHÒNG", printed_parent="UBND TỈNH KON TUM", province="Kon Tum", place="Kon Tum",
        issued=(2024, 7, 3), signer="Y Thị Bích Ngọc", post=("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        title="Tình hình tiếp nhận, giải quyết hồ sơ thủ tục hành chính của các sở, ban, ngành tại Trung tâm Phục vụ hành chính công tỉnh 6 tháng đầu năm 2024",
        accept={"issuing_body": ["Văn phòng", "Văn phòng UBND tỉnh Kon Tum"]},
    )  # fmt: skip
    r = Report("2024-6t-van-phong-ubnd-kon-tum", "docx", head, ("half", 2024, 1, "2024-01-01", "2024-06-30"))
    _received(r)
    _resolved(r)
    _rest(r)
    r.sign(
        "CT, các PCT UBND tỉnh (b/c);", "Các sở, ban, ngành;", "Sở Nội vụ;", "Trung tâm PVHCC tỉnh;", "Lưu: VT, TTHC."
    )
    paper.turn(r.document, landscape=True)
    r.centred("PHỤ LỤC", "SỐ HỒ SƠ TTHC TIẾP NHẬN MỚI THEO THÁNG CỦA CÁC SỞ, BAN, NGÀNH", size=13)
    r.aside(f"(Kèm theo {r.own('Báo cáo')})")
    row = Fault("sum.row", str(sum(NEW["Sở Xây dựng"])), also=("sum.total", "sum.dossiers_received_new", "sum.column"))
    column = Fault(
        "sum.column", str(WHOLE[3]), also=("sum.total", "sum.dossiers_received_new", "sum.row", "repeat.received_new")
    )
    wrong = {("Sở Xây dựng", 7): (sum(NEW["Sở Xây dựng"]) + 10, row), ("Tổng cộng", 4): (WHOLE[3] - 28, column)}
    month_table(r, "Cơ quan", 2024, NEW, "dossiers_received_new", wrong, (13, 80, 24))
    r.quiet(
        "Tháng 2 thấp hơn các tháng khác do nghỉ Tết, không phải lỗi.",
        "Ba cơ quan có nhiều hồ sơ chỉ là ví dụ, không cộng thành tổng.",
        "61 văn bản xin lỗi ít hơn 68 hồ sơ trễ hạn: báo cáo nêu là mới có, một hạn chế được thừa nhận.",
        "15 hồ sơ chưa cập nhật trạng thái không phải hồ sơ đang giải quyết.",
        "Mục tiêu 0,3% của 6 tháng cuối năm không phải số liệu.",
    )
    return r


def _received(r: Report) -> None:
    total, busiest = sum(WHOLE), WHOLE[4]
    rule = r.cite(
        "Quyết định số 31/2022/QĐ-UBND ngày 12/9/2022 của UBND tỉnh", "31/2022/QĐ-UBND", "2022-09-12", "UBND tỉnh"
    )
    letter = r.cite("Công văn số 3407/UBND-TTHCC ngày 27/9/2023", "3407/UBND-TTHCC", "2023-09-27")
    law = {"scope_accept": ["Sở Tư pháp"]}
    copied = Fault("repeat.dossiers_received_new", str(sum(NEW["Sở Tư pháp"])), also=("repeat.received_new", "sum.row"))
    r.p(
        f"Căn cứ {rule} ban hành Quy chế hoạt động của Trung tâm Phục vụ hành chính công tỉnh (Trung tâm) và {letter} về chế độ thông tin, báo cáo, Văn phòng UBND tỉnh báo cáo tình hình tiếp nhận, giải quyết hồ sơ TTHC của các sở, ban, ngành từ ngày 01/01/2024 đến ngày 30/6/2024 như sau:"
    )
    r.heads("1. Tình hình tiếp nhận hồ sơ")
    r.p(
        f"Trong 6 tháng, các sở, ban, ngành tiếp nhận mới tại Trung tâm {r.n(total, 'dossiers_received_new')} hồ sơ, bình quân mỗi tháng {r.n(round(total / 6), None, 'hồ sơ', 'bình quân tháng', indicator_accept=['dossiers_received_new'], scope_accept=[None])} hồ sơ. Tháng 5 có số hồ sơ cao nhất với {r.n(busiest, 'dossiers_received_new', period=month(2024, 5))} hồ sơ; tháng 02 thấp nhất với {r.n(WHOLE[1], 'dossiers_received_new', period=month(2024, 2))} hồ sơ do trùng kỳ nghỉ Tết Nguyên đán. Các cơ quan có nhiều hồ sơ là: Sở Giao thông vận tải {r.n(sum(NEW['Sở Giao thông vận tải']), 'dossiers_received_new', 'hồ sơ', 'Sở Giao thông vận tải')} hồ sơ, chiếm {r.pct(share(sum(NEW['Sở Giao thông vận tải']), total), None, 'Sở Giao thông vận tải', scope_accept=[None])}; Sở Công Thương {r.n(sum(NEW['Sở Công Thương']), 'dossiers_received_new', 'hồ sơ', 'Sở Công Thương')} hồ sơ; Sở Tư pháp {r.n(1902, 'dossiers_received_new', 'hồ sơ', 'Sở Tư pháp', fault=copied, **law)} hồ sơ. Số liệu từng tháng của từng cơ quan tại Phụ lục kèm theo."
    )
    r.p(
        f"Hình thức nộp: trực tuyến {r.n(13562, 'dossiers_received_online')} hồ sơ, đạt {r.pct(share(13562, total), 'rate_online')}; trực tiếp {r.n(total - 13562 - 1907, 'dossiers_received_in_person')} hồ sơ; qua dịch vụ bưu chính công ích {r.n(1907, 'dossiers_received_postal')} hồ sơ."
    )
    r.adds(total, 13562, total - 13562 - 1907, 1907)


def _resolved(r: Report) -> None:
    total, late, carried, pending = sum(WHOLE), 68, 1144, 1022
    received = total + carried
    resolved = received - pending
    r.heads("2. Kết quả giải quyết")
    r.p(
        f"Cùng với {r.n(carried, 'dossiers_carried_over')} hồ sơ năm 2023 chuyển sang, tổng số hồ sơ phải giải quyết là {r.n(received, 'dossiers_received_total')} hồ sơ. Đến hết ngày 30/6/2024 đã giải quyết {r.n(resolved, 'dossiers_resolved_total')} hồ sơ, trong đó trước và đúng hạn {r.n(resolved - late, 'dossiers_resolved_early_or_on_time')} hồ sơ, trễ hạn {r.n(late, 'dossiers_resolved_late')} hồ sơ (chiếm {r.pct(share(late, resolved), 'rate_late')}); còn {r.n(pending, 'dossiers_pending_total')} hồ sơ đang giải quyết. Các cơ quan có hồ sơ trễ hạn như sau:"
    )
    r.adds(received, total, carried)
    r.adds(received, resolved, pending)
    r.adds(resolved, resolved - late, late)
    r.adds(late, *(count for _, _, count in LATE))
    body = []
    for number, (office, done, count) in enumerate(LATE, 1):
        right = share(count, done)
        planted = number == 3
        fault = Fault("ratio.rate_late", str(right), also=("ratio.row", "ratio.table")) if planted else None
        rate = share(LATE[1][2], LATE[1][1]) if planted else right
        body.append(
            [
                str(number),
                office,
                r.n(done, "dossiers_resolved_total", "hồ sơ", office, row=None),
                r.n(count, "dossiers_resolved_late", "hồ sơ", office, row=None),
                r.n(rate, "rate_late", "%", office, fault=fault, row=None),
            ]
        )
    header = [["STT", "Cơ quan", "Đã giải quyết", "Trễ hạn", "Tỷ lệ trễ hạn (%)"]]
    r.table([13, 75, 25, 22, 28], header, body, size=12)


def _rest(r: Report) -> None:
    r.heads("3. Tồn tại, hạn chế")
    r.items(
        f"Hồ sơ trễ hạn tập trung ở lĩnh vực đất đai; mới có {r.n(61, 'apologies', 'văn bản', unit_accept=['thư', 'thư xin lỗi'])} văn bản xin lỗi được gửi qua Hệ thống thông tin giải quyết TTHC tỉnh.",
        f"Một số cơ quan chưa kết thúc hồ sơ kịp thời trên Hệ thống; qua rà soát còn {r.n(15, None, 'hồ sơ', 'chưa kết thúc trên Hệ thống', scope_accept=['*'])} hồ sơ đã trả kết quả nhưng chưa cập nhật trạng thái.",
    )
    r.heads("4. Nhiệm vụ 6 tháng cuối năm")
    r.items(
        f"Các sở, ban, ngành giảm tỷ lệ hồ sơ trễ hạn xuống dưới {r.pct('0.3', None, optional=True, role='target')}; thực hiện nghiêm việc xin lỗi và hẹn lại ngày trả kết quả.",
        f"Trung tâm duy trì đánh giá mức độ hài lòng đối với ít nhất {r.pct(10, None, optional=True, role='target')} số lượt giao dịch.",
    )
    r.p("Văn phòng UBND tỉnh kính báo cáo./.")
