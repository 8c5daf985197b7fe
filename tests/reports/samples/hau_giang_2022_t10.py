"""Sở Tài nguyên và Môi trường Hậu Giang, tháng 10/2022: a month against the one before. Four planted faults."""

from __future__ import annotations

from tests.reports.head import Head
from tests.reports.months import month
from tests.reports.report import Report
from tests.reports.truth import Fault, share

# Branch of the land registration office: new dossiers of September and October.
BRANCHES: dict[str, tuple[int, int]] = {
    "Chi nhánh thành phố Vị Thanh": (168, 191),
    "Chi nhánh thành phố Ngã Bảy": (121, 140),
    "Chi nhánh thị xã Long Mỹ": (96, 118),
    "Chi nhánh huyện Long Mỹ": (103, 109),
    "Chi nhánh huyện Châu Thành": (142, 171),
    "Chi nhánh huyện Châu Thành A": (155, 176),
    "Chi nhánh huyện Phụng Hiệp": (214, 247),
    "Chi nhánh huyện Vị Thủy": (147, 158),
}
SEPTEMBER, OCTOBER = map(sum, zip(*BRANCHES.values(), strict=True))
CARRIED, RESOLVED, EARLY, LATE, ONLINE = 388, 1284, 903, 5, 467


def hau_giang_2022_t10() -> Report:
    """Faulty: five documents announced and four named, the rise over September, the on-time rate, a letter dated later."""
    head = Head(
        number="431", symbol="BC-STNMT", body="Sở Tài nguyên và Môi trường", parent="UBND tỉnh Hậu Giang",
        printed_body="SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", printed_parent="UBND TỈNH HẬU GIANG", province="Hậu Giang",
        place="Hậu Giang", issued=(2022, 11, 3), signer="Huỳnh Ngọc Tuyền", post=("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
        title="Kết quả giải quyết thủ tục hành chính và công tác cải cách hành chính tháng 10 năm 2022",
    )  # fmt: skip
    r = Report("2022-t10-so-tai-nguyen-hau-giang", "docx", head, ("month", 2022, 10, "2022-10-01", "2022-10-31"))
    _direction(r)
    _dossiers(r)
    _branches(r)
    _rest(r)
    r.sign("UBND tỉnh;", "Sở Nội vụ;", "BGĐ Sở;", "Các phòng, đơn vị thuộc Sở;", "Lưu: VT, VPS.")
    r.quiet(
        "Hồ sơ tháng 9 là của kỳ trước, không phải giá trị thứ hai của tháng 10.",
        "Hồ sơ đang giải quyết gồm 409 trong hạn và 05 quá hạn; 05 hồ sơ đã trả trễ hạn là số khác.",
        "Chú thích: hồ sơ thông tin địa chính gửi cơ quan thuế không tính là hồ sơ mới.",
        "Chánh Văn phòng ký thừa lệnh: báo cáo vẫn của Sở.",
        "10 thư xin lỗi = 05 hồ sơ trễ hạn + 05 hồ sơ quá hạn đang giải quyết.",
        "Tỷ lệ trực tuyến 35,65% tính trên hồ sơ tiếp nhận mới.",
    )
    return r


def _direction(r: Report) -> None:
    later = Fault("date.cited_after_report", None, also=("date.cited_later", "date.after_report"))
    letter = r.cite(
        "Công văn số 1988/UBND-NCTH ngày 15/11/2022 của UBND tỉnh", "1988/UBND-NCTH", "2022-11-15", "UBND tỉnh", later
    )
    plan = r.cite("Kế hoạch số 203/KH-UBND ngày 30/12/2021", "203/KH-UBND", "2021-12-30")
    documents = (
        ("Công văn số 2305/STNMT-VPĐK ngày 04/10/2022", "2305/STNMT-VPĐK", "2022-10-04", "về chấn chỉnh việc tiếp nhận hồ sơ"),
        ("Công văn số 2377/STNMT-VP ngày 11/10/2022", "2377/STNMT-VP", "2022-10-11", "về nâng tỷ lệ hồ sơ trực tuyến"),
        ("Quyết định số 289/QĐ-STNMT ngày 17/10/2022", "289/QĐ-STNMT", "2022-10-17", "về kiện toàn Tổ cải cách hành chính"),
        ("Thông báo số 164/TB-STNMT ngày 25/10/2022", "164/TB-STNMT", "2022-10-25", "kết luận cuộc họp giao ban"),
    )  # fmt: skip
    wrong = Fault("count.documents", "4", "warning", ("count.directing_documents", "count.list"))
    named = "; ".join(f"{r.cite(text, key, day)} {about}" for text, key, day, about in documents)
    r.p(
        f"Thực hiện {plan} của UBND tỉnh về cải cách hành chính (CCHC) năm 2022 và {letter} về báo cáo tình hình giải quyết thủ tục hành chính (TTHC) lĩnh vực đất đai, Sở Tài nguyên và Môi trường báo cáo kết quả tháng 10 năm 2022 (từ ngày 01/10/2022 đến ngày 31/10/2022) như sau:"
    )
    r.heads("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    r.p(
        f"Trong tháng, Sở ban hành {r.n(5, 'directing_documents', 'văn bản', fault=wrong)} văn bản chỉ đạo, gồm: {named}. Tổ chức {r.n(1, None, 'cuộc', 'kiểm tra đột xuất', scope_accept=['*'])} cuộc kiểm tra đột xuất kỷ luật, kỷ cương tại {r.n(2, 'units_inspected', 'đơn vị', unit_accept=['chi nhánh', 'cơ quan'])} chi nhánh Văn phòng Đăng ký đất đai, không phát hiện vi phạm."
    )


def _dossiers(r: Report) -> None:
    received, pending, rise = CARRIED + OCTOBER, CARRIED + OCTOBER - RESOLVED, OCTOBER - SEPTEMBER
    on_time = RESOLVED - EARLY - LATE
    r.adds(received, CARRIED, OCTOBER)
    r.adds(RESOLVED, EARLY, on_time, LATE)
    r.adds(received, RESOLVED, pending)
    r.adds(pending, pending - 5, 5)
    r.adds(OCTOBER, SEPTEMBER, rise)
    right = share(EARLY + on_time, RESOLVED)
    rate = Fault("ratio.rate_on_time", str(right))
    more = Fault("claim.change", str(rise), also=("sum.change", "ratio.change", "ratio.change_rate"))
    past = month(2022, 9)
    note = r.note("Không tính phiếu chuyển thông tin địa chính gửi cơ quan thuế và hồ sơ cung cấp dữ liệu đất đai.")
    r.heads("II. KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "1. Tình hình tiếp nhận")
    r.p(
        f"Tháng 10, Sở tiếp nhận mới {r.n(OCTOBER, 'dossiers_received_new')} hồ sơ{note}, tăng {r.n(214, None, 'hồ sơ', role='change', indicator_accept=['*'], scope_accept=['*'], fault=more)} hồ sơ so với tháng 9 ({r.n(SEPTEMBER, 'dossiers_received_new', period=past)} hồ sơ), tương ứng {r.pct(share(rise, SEPTEMBER), None, role='change', indicator_accept=['*'], scope_accept=['*'])}; trong đó {r.n(ONLINE, 'dossiers_received_online')} hồ sơ nộp trực tuyến, đạt {r.pct(share(ONLINE, OCTOBER), 'rate_online')}. Số hồ sơ từ tháng trước chuyển sang là {r.n(CARRIED, 'dossiers_carried_over')} hồ sơ. Tổng số hồ sơ phải giải quyết trong tháng là {r.n(received, 'dossiers_received_total')} hồ sơ."
    )
    r.heads("2. Kết quả giải quyết")
    r.p(
        f"Đã giải quyết {r.n(RESOLVED, 'dossiers_resolved_total')} hồ sơ, gồm {r.n(EARLY, 'dossiers_resolved_early')} hồ sơ trước hạn, {r.n(on_time, 'dossiers_resolved_on_time')} hồ sơ đúng hạn và {r.n(LATE, 'dossiers_resolved_late')} hồ sơ trễ hạn; tỷ lệ trước và đúng hạn đạt {r.pct(right - 3, 'rate_on_time', fault=rate)}. Còn {r.n(pending, 'dossiers_pending_total')} hồ sơ đang giải quyết ({r.n(pending - 5, 'dossiers_pending_in_time')} hồ sơ trong hạn, {r.n(5, 'dossiers_pending_overdue')} hồ sơ đã quá hạn do vướng đo đạc giáp ranh)."
    )


def _branches(r: Report) -> None:
    r.heads("3. Hồ sơ tiếp nhận mới theo chi nhánh")
    r.p("Số hồ sơ tiếp nhận mới tại các chi nhánh Văn phòng Đăng ký đất đai tỉnh như sau:")
    r.adds(OCTOBER, *(october for _, october in BRANCHES.values()))
    r.adds(SEPTEMBER, *(september for september, _ in BRANCHES.values()))
    body = []
    rows = [*BRANCHES.items(), ("Tổng cộng", (SEPTEMBER, OCTOBER))]
    for number, (name, counts) in enumerate(rows, 1):
        last = number == len(rows)
        scope = None if last else name
        own = {"row": None, "scope_accept": ["Tổng cộng"] if last else [name.removeprefix("Chi nhánh ")]}
        texts = ["" if last else str(number), name]
        texts += [
            r.n(counts[0], "dossiers_received_new", "hồ sơ", scope, period=month(2022, 9), **own),
            r.n(counts[1], "dossiers_received_new", "hồ sơ", scope, **own),
            r.n(counts[1] - counts[0], None, "hồ sơ", scope, role="change", indicator_accept=["*"], **own),
        ]
        body.append(texts)
    header = [["STT", "Đơn vị", "Tháng 9/2022", "Tháng 10/2022", "Tăng (+), giảm (-)"]]
    r.table([12, 73, 25, 25, 28], header, body, size=12, bold=(len(BRANCHES),))


def _rest(r: Report) -> None:
    r.heads("4. Công khai, rà soát và số hóa")
    r.items(
        f"Bộ TTHC của ngành gồm {r.n(97, 'procedures_total', 'TTHC')} TTHC; {r.pct(100, 'procedures_published_rate')} TTHC được niêm yết, công khai; {r.n(31, 'services_fullprocess', 'TTHC')} TTHC cung cấp dịch vụ công trực tuyến toàn trình, {r.n(44, 'services_partial', 'TTHC')} TTHC một phần, các TTHC còn lại nộp trực tiếp.",
        f"Số hóa thành phần hồ sơ khi tiếp nhận đạt {r.pct('61.5', 'digitised_dossier_rate')}; trả kết quả bản điện tử đạt {r.pct('48.2', 'digitised_result_rate')}.",
        f"Gửi {r.n(10, 'apologies', 'văn bản', unit_accept=['thư', 'thư xin lỗi'])} thư xin lỗi đến người nộp hồ sơ trễ hạn, quá hạn; tiếp nhận {r.n(2, 'petitions_received', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị, đã trả lời {r.n(2, 'petitions_resolved', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị.",
    )
    r.heads("III. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
    r.p(
        "Hồ sơ tăng nhanh trong những tháng cuối năm trong khi nhân lực đo đạc, thẩm tra tại các chi nhánh không tăng; dữ liệu địa chính của một số xã chưa hoàn chỉnh nên phải kiểm tra thực địa nhiều lần; người dân chưa quen nộp hồ sơ đất đai trực tuyến."
    )
    r.heads("IV. NHIỆM VỤ TRỌNG TÂM THÁNG 11")
    r.items(
        "Giải quyết dứt điểm các hồ sơ đang quá hạn trước ngày 15/11/2022; tiếp tục luân chuyển viên chức hỗ trợ chi nhánh huyện Phụng Hiệp.",
        f"Nâng tỷ lệ hồ sơ trực tuyến lên {r.pct(40, None, optional=True, role='target')} theo chỉ tiêu UBND tỉnh giao; tổ chức {r.n(2, None, 'buổi', optional=True, role='target')} buổi hướng dẫn nộp hồ sơ trực tuyến tại cấp xã.",
    )
    r.p("Sở Tài nguyên và Môi trường báo cáo UBND tỉnh và Sở Nội vụ./.")
