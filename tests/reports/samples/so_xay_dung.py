"""Sở Xây dựng Nam Định, quý II/2024: bulleted figures with "trong đó", automatic numbering. Three planted faults."""

from __future__ import annotations

from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import Fault, share


def nam_dinh_2024_q2() -> Report:
    """Faulty: total received wrong, total resolved copied from the early count, "no late dossier" beside two."""
    head = Head(
        number="118", symbol="BC-SXD", body="Sở Xây dựng", parent="UBND tỉnh Nam Định",
        printed_body="SỞ XÂY DỰNG", printed_parent="UBND TỈNH NAM ĐỊNH", province="Nam Định", place="Nam Định",
        issued=(2024, 6, 19),
        title="Tình hình, kết quả giải quyết thủ tục hành chính quý II năm 2024",
        post=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), signer="Trần Quốc Thịnh",
    )  # fmt: skip
    r = Report("2024-q2-so-xay-dung-nam-dinh", "docx", head, ("quarter", 2024, 2, "2024-03-15", "2024-06-14"), True)
    _procedures(r)
    _dossiers(r)
    _rest(r)
    r.sign(
        "UBND tỉnh (để báo cáo);",
        "Văn phòng UBND tỉnh;",
        "Ban Giám đốc Sở;",
        "Các phòng, đơn vị thuộc Sở;",
        "Lưu: VT, VP.",
    )
    r.quiet(
        "Kỳ báo cáo 15/3 - 14/6/2024 là cách chốt số liệu được phép, không phải lỗi ngày tháng.",
        "Hồ sơ của phòng Quản lý xây dựng và phòng Quy hoạch - Kiến trúc chỉ là ví dụ, không cộng thành tổng.",
    )
    return r


def _procedures(r: Report) -> None:
    directive = r.cite("Kế hoạch số 07/KH-UBND ngày 12/01/2024 của UBND tỉnh", "07/KH-UBND", "2024-01-12", "UBND tỉnh")
    circular = r.cite(
        "Thông tư số 01/2023/TT-VPCP ngày 05/4/2023 của Văn phòng Chính phủ",
        "01/2023/TT-VPCP",
        "2023-04-05",
        "Văn phòng Chính phủ",
    )
    r.p(
        f"Thực hiện {directive} về kiểm soát thủ tục hành chính (TTHC) năm 2024 và {circular}, Sở Xây dựng báo cáo tình hình, kết quả giải quyết TTHC quý II năm 2024 (số liệu tính từ ngày 15/3/2024 đến hết ngày 14/6/2024) như sau:"
    )
    r.heads("I. TÌNH HÌNH THỰC HIỆN KIỂM SOÁT TTHC", "1. Công bố, công khai TTHC")
    total, province, district, commune = 63, 49, 11, 3
    r.items(
        f"Tổng số TTHC thuộc phạm vi quản lý của ngành: {r.n(total, 'procedures_total', 'thủ tục')} thủ tục, trong đó cấp tỉnh {r.n(province, 'procedures_total', 'thủ tục', 'cấp tỉnh')} thủ tục, cấp huyện {r.n(district, 'procedures_total', 'thủ tục', 'cấp huyện')} thủ tục, cấp xã {r.n(commune, 'procedures_total', 'thủ tục', 'cấp xã')} thủ tục.",
        f"Trong quý, Sở đã trình Chủ tịch UBND tỉnh ban hành {r.cite('Quyết định số 946/QĐ-UBND ngày 07/5/2024', '946/QĐ-UBND', '2024-05-07', 'Chủ tịch UBND tỉnh')} công bố {r.n(4, 'procedures_amended', 'thủ tục')} TTHC sửa đổi, bổ sung và bãi bỏ {r.n(2, 'procedures_repealed', 'thủ tục')} TTHC trong lĩnh vực hoạt động xây dựng.",
        f"Tỷ lệ TTHC được niêm yết, công khai đạt {r.pct(100, 'procedures_published_rate')}.",
    )
    r.heads("2. Rà soát, đánh giá TTHC")
    r.items(
        f"Đã rà soát {r.n(5, 'procedures_reviewed', 'thủ tục')} TTHC, đề xuất cắt giảm thời gian giải quyết {r.n(2, None, 'thủ tục')} thủ tục, mỗi thủ tục giảm {r.n(3, None, 'ngày làm việc', optional=True, role='duration')} ngày làm việc."
    )


def _dossiers(r: Report) -> None:
    carried, online, direct = 187, 1246, 93
    new = online + direct
    received, early, on_time, late, in_time = carried + new, 1208, 139, 2, 177
    resolved = early + on_time + late
    r.heads("3. Kết quả giải quyết TTHC")
    wrong = Fault("sum.received", str(received), also=("sum.dossiers_received_total", "sum.balance"))
    r.items(
        f"Tổng số hồ sơ tiếp nhận: {r.n(received + 10, 'dossiers_received_total', fault=wrong)} hồ sơ, trong đó:",
        f"+ Số hồ sơ từ kỳ trước chuyển sang: {r.n(carried, 'dossiers_carried_over')} hồ sơ;",
        f"+ Số hồ sơ tiếp nhận mới trong kỳ: {r.n(new, 'dossiers_received_new')} hồ sơ (trực tuyến {r.n(online, 'dossiers_received_online')} hồ sơ; trực tiếp và dịch vụ bưu chính {r.n(direct, 'dossiers_received_in_person_postal')} hồ sơ).",
        f"Số hồ sơ đã giải quyết: {r.n(resolved, 'dossiers_resolved_total')} hồ sơ, trong đó:",
        f"+ Giải quyết trước hạn: {r.n(early, 'dossiers_resolved_early')} hồ sơ;",
        f"+ Giải quyết đúng hạn: {r.n(on_time, 'dossiers_resolved_on_time')} hồ sơ;",
        f"+ Giải quyết quá hạn: {r.n(late, 'dossiers_resolved_late')} hồ sơ.",
        f"Số hồ sơ đang giải quyết: {r.n(in_time, 'dossiers_pending_total')} hồ sơ, đều trong hạn; không có hồ sơ đang giải quyết đã quá hạn.",
        f"Tỷ lệ giải quyết trước và đúng hạn đạt {r.pct(share(early + on_time, resolved), 'rate_on_time')}; tỷ lệ hồ sơ nộp trực tuyến đạt {r.pct(share(online, new), 'rate_online')}.",
        f"Một số phòng có nhiều hồ sơ là: phòng Quản lý xây dựng {r.n(612, 'dossiers_received_total', 'hồ sơ', 'phòng Quản lý xây dựng', indicator_accept=['dossiers_received_new', None])} hồ sơ, phòng Quy hoạch - Kiến trúc {r.n(288, 'dossiers_received_total', 'hồ sơ', 'phòng Quy hoạch - Kiến trúc', indicator_accept=['dossiers_received_new', None])} hồ sơ.",
    )
    r.adds(received, carried, online, direct)
    r.adds(received, resolved, in_time)
    r.adds(resolved, early, on_time, late)


def _rest(r: Report) -> None:
    copied = Fault("repeat.resolved_total", "1349", also=("repeat.dossiers_resolved_total", "sum.resolved"))
    r.heads("4. Tiếp nhận, xử lý phản ánh, kiến nghị")
    r.items(
        f"Trong kỳ tiếp nhận {r.n(3, 'petitions_received', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị; đã xử lý xong {r.n(3, 'petitions_resolved', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị."
    )
    r.heads("II. ĐÁNH GIÁ CHUNG", "1. Kết quả đạt được")
    claim = "Tổng số hồ sơ đã giải quyết trong quý là"
    r.items(f"{claim} {r.n(1208, 'dossiers_resolved_total', fault=copied)} hồ sơ, bảo đảm thời hạn theo quy định.")
    sentence = "Trong kỳ báo cáo, Sở Xây dựng không có hồ sơ trễ hạn."
    r.items(sentence)
    r.truth.finding(
        Fault("claim.no_late", None, also=("claim.late", "repeat.resolved_late")), "không có hồ sơ trễ hạn", sentence
    )
    r.heads("2. Tồn tại, hạn chế")
    r.items("Việc số hóa thành phần hồ sơ khi tiếp nhận có thời điểm còn chậm do hạ tầng đường truyền chưa ổn định.")
    r.heads("III. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ III NĂM 2024")
    r.items(
        f"Phấn đấu tỷ lệ hồ sơ tiếp nhận trực tuyến đạt tối thiểu {r.pct(95, 'rate_online_target', optional=True, role='target', indicator_accept=['rate_online', None])}.",
        "Tiếp tục rà soát, đơn giản hóa TTHC, cắt giảm thời gian giải quyết.",
    )
    r.p("Trên đây là báo cáo tình hình, kết quả giải quyết TTHC quý II năm 2024 của Sở Xây dựng./.")
