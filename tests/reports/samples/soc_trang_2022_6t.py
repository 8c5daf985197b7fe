"""Sở LĐTBXH Sóc Trăng, 6 tháng đầu năm 2022: prose against appendix, as a PDF. Four planted faults and a blank cell."""

from __future__ import annotations

from tests.reports.appendix import group, line, part, statistics
from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import Fault, share

TASKS, DONE = 38, 23
ONLINE, DIRECT, CARRIED = 402, 722, 96
EARLY, ON_TIME, LATE = 655, 472, 10
IN_TIME, RESOLVED = EARLY + ON_TIME, EARLY + ON_TIME + LATE
NEW, RECEIVED = ONLINE + DIRECT, ONLINE + DIRECT + CARRIED
PENDING = RECEIVED - RESOLVED
FULL, PARTIAL, TOTAL = 74, 42, 118
HEADER = [["TT", "Nội dung chỉ tiêu", "Đơn vị", "Kết quả", "Ghi chú"]]


def soc_trang_2022_6t() -> Report:
    """Faulty: tasks done, staff present, full online services and the note of the rate differ from the prose."""
    head = Head(
        number="187", symbol="BC-SLĐTBXH", body="Sở Lao động - Thương binh và Xã hội", parent="UBND tỉnh Sóc Trăng",
        printed_body="SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", printed_parent="UBND TỈNH SÓC TRĂNG", province="Sóc Trăng",
        place="Sóc Trăng", issued=(2022, 6, 9), signer="Lâm Thị Sà Vane",
        title="Công tác cải cách hành chính 6 tháng đầu năm 2022", post=("GIÁM ĐỐC",),
    )  # fmt: skip
    r = Report("2022-6t-so-lao-dong-soc-trang", "pdf", head, ("half", 2022, 1, "2021-12-01", "2022-05-31"))
    _direction(r)
    _results(r)
    _dossiers(r)
    _digital(r)
    r.sign("Sở Nội vụ;", "UBND tỉnh;", "Giám đốc, các Phó Giám đốc Sở;", "Các phòng, đơn vị thuộc Sở;", "Lưu: VT, VP.")
    statistics(r, "BIỂU TỔNG HỢP SỐ LIỆU CẢI CÁCH HÀNH CHÍNH 6 THÁNG ĐẦU NĂM 2022", HEADER, _rows(r))
    r.adds(RECEIVED, ONLINE, DIRECT, CARRIED)
    r.adds(RESOLVED, EARLY, ON_TIME, LATE)
    r.adds(RECEIVED, RESOLVED, PENDING)
    r.adds(116, FULL, PARTIAL)
    r.adds(TOTAL, 104, 8, 6)
    r.quiet(
        "Kỳ số liệu 01/12/2021 - 31/5/2022 là kỳ chốt của cơ quan.",
        "116 TTHC có dịch vụ công trực tuyến trên 118 TTHC: 02 TTHC chưa đủ điều kiện.",
        "Tỷ lệ trực tuyến 35,77% tính trên hồ sơ tiếp nhận mới, không trên tổng số.",
        "2.340 hồ sơ hỗ trợ theo Quyết định số 08 được theo dõi riêng, không thuộc 1.220 hồ sơ.",
        "Số người làm việc có mặt ít hơn số được giao.",
    )
    return r


def _direction(r: Report) -> None:
    plan = r.cite(
        "Kế hoạch số 10/KH-UBND ngày 20/01/2022 của UBND tỉnh Sóc Trăng", "10/KH-UBND", "2022-01-20", "UBND tỉnh Sóc Trăng"
    )  # fmt: skip
    letter = r.cite("Công văn số 624/SNV-CCHC ngày 18/5/2022 của Sở Nội vụ", "624/SNV-CCHC", "2022-05-18", "Sở Nội vụ")
    own = r.cite("Kế hoạch số 15/KH-SLĐTBXH ngày 27/01/2022", "15/KH-SLĐTBXH", "2022-01-27")
    wrong = Fault("repeat.plan_tasks_done", str(DONE), also=("ratio.plan", "ratio.share", "ratio.plan_tasks_done"))
    r.p(
        f"Căn cứ {plan} về cải cách hành chính năm 2022 và {letter} về việc báo cáo định kỳ, Sở Lao động - Thương binh và Xã hội báo cáo kết quả 6 tháng đầu năm 2022 (số liệu từ ngày 01/12/2021 đến hết ngày 31/5/2022), cụ thể:"
    )
    r.heads("I. CHỈ ĐẠO, ĐIỀU HÀNH")
    r.items(
        f"Sở ban hành {own}, đề ra {r.n(TASKS, 'plan_tasks', 'nhiệm vụ')} nhiệm vụ trong năm. Qua 6 tháng, đã thực hiện xong {r.n(21, 'plan_tasks_done', 'nhiệm vụ', fault=wrong)} nhiệm vụ, đạt {r.pct(share(DONE, TASKS))} kế hoạch năm; các nhiệm vụ còn lại đang triển khai đúng tiến độ.",
        f"Ban hành {r.n(9, 'directing_documents', 'văn bản')} văn bản chỉ đạo, đôn đốc thực hiện CCHC; phát {r.n(26, 'news_items', 'tin, bài', unit_accept=['tin bài'])} tin, bài trên Trang thông tin điện tử và Bản tin Lao động - Xã hội.",
        f"Kiểm tra việc thực hiện CCHC tại {r.n(3, 'units_inspected', 'đơn vị', unit_accept=['cơ quan'])} đơn vị trực thuộc, phát hiện {r.n(5, 'issues_found', 'vấn đề', unit_accept=['hạn chế'])} hạn chế; đã khắc phục {r.n(4, 'issues_fixed', 'vấn đề', unit_accept=['hạn chế'])} hạn chế, hạn chế còn lại về sắp xếp kho lưu trữ sẽ hoàn thành trong quý III.",
    )


def _results(r: Report) -> None:
    levels = (("cấp tỉnh", 104), ("cấp huyện", 8), ("cấp xã", 6))
    parts = ", ".join(f"{name} {r.n(count, 'procedures_total', 'TTHC', name)} TTHC" for name, count in levels)
    r.heads("II. KẾT QUẢ THỰC HIỆN", "1. Cải cách thể chế và tổ chức bộ máy")
    r.p(
        f"Trong kỳ, Sở chưa tham mưu ban hành văn bản quy phạm pháp luật; rà soát {r.n(11, 'legal_docs_reviewed', 'văn bản')} văn bản thuộc lĩnh vực người có công và trẻ em. Sở có {r.n(13, 'org_units_total', 'đơn vị', unit_accept=['phòng, đơn vị', 'cơ quan'])} phòng, đơn vị, gồm {r.n(7, None, 'phòng', 'phòng chuyên môn', scope_accept=[None])} phòng chuyên môn và {r.n(6, 'public_units', 'đơn vị')} đơn vị sự nghiệp. Công chức được giao {r.n(46, 'civil_servants_assigned', 'biên chế', unit_accept=['người'])} biên chế, hiện có mặt {r.n(45, 'civil_servants_present', 'người')} người; viên chức được giao {r.n(158, 'public_employees_assigned', 'người')} người, có mặt {r.n(151, 'public_employees_present', 'người')} người."
    )
    r.adds(13, 7, 6)
    r.heads("2. Cải cách thủ tục hành chính")
    r.p(
        f"Toàn ngành có {r.n(TOTAL, 'procedures_total', 'TTHC', scope_accept=['toàn ngành'])} TTHC ({parts}). Trong kỳ tham mưu Chủ tịch UBND tỉnh công bố {r.n(3, 'procedures_new', 'TTHC')} TTHC mới, bãi bỏ {r.n(2, 'procedures_repealed', 'TTHC')} TTHC lĩnh vực giáo dục nghề nghiệp; {r.n(TOTAL, None, 'TTHC', role='numerator', indicator_accept=['procedures_total'])}/{r.n(TOTAL, 'procedures_total', 'TTHC', role='denominator')} TTHC được phê duyệt quy trình nội bộ."
    )


def _dossiers(r: Report) -> None:
    apart = r.n(2340, None, "hồ sơ", "hỗ trợ tiền thuê nhà", indicator_accept=["*"], scope_accept=["*"])
    decision = r.cite(
        "Quyết định số 08/2022/QĐ-TTg ngày 28/3/2022 của Thủ tướng Chính phủ",
        "08/2022/QĐ-TTg",
        "2022-03-28",
        "Thủ tướng Chính phủ",
    )
    r.p(
        f"Tổng số hồ sơ tiếp nhận trong 6 tháng là {r.n(RECEIVED, 'dossiers_received_total')} hồ sơ, bao gồm: nộp trực tuyến {r.n(ONLINE, 'dossiers_received_online')} hồ sơ, nộp trực tiếp và qua bưu chính {r.n(DIRECT, 'dossiers_received_in_person_postal')} hồ sơ, năm 2021 chuyển qua {r.n(CARRIED, 'dossiers_carried_over')} hồ sơ. Đã giải quyết {r.n(RESOLVED, 'dossiers_resolved_total')} hồ sơ, trong đó sớm hạn {r.n(EARLY, 'dossiers_resolved_early')} hồ sơ, đúng hạn {r.n(ON_TIME, 'dossiers_resolved_on_time')} hồ sơ, trễ hạn {r.n(LATE, 'dossiers_resolved_late')} hồ sơ (đều thuộc lĩnh vực người có công, phải chờ xác minh của đơn vị quân đội). Hồ sơ đang giải quyết trong hạn là {r.n(PENDING, 'dossiers_pending_in_time', indicator_accept=['dossiers_pending_total'])} hồ sơ. Tỷ lệ giải quyết sớm và đúng hạn là {r.pct(share(IN_TIME, RESOLVED), 'rate_on_time')}."
    )
    r.p(
        f"Ngoài ra, Sở phối hợp thẩm định {apart} hồ sơ hỗ trợ tiền thuê nhà cho người lao động theo {decision}, số hồ sơ này được theo dõi riêng. Sở đã gửi {r.n(LATE, 'apologies', 'văn bản', unit_accept=['thư', 'thư xin lỗi'])} thư xin lỗi đến người nộp hồ sơ bị trễ hạn."
    )


def _digital(r: Report) -> None:
    r.heads("3. Xây dựng chính quyền điện tử")
    r.p(
        f"Sở cung cấp {r.n(116, None, 'TTHC', 'dịch vụ công trực tuyến', scope_accept=[None])} TTHC dưới hình thức dịch vụ công trực tuyến, trong đó {r.n(FULL, 'services_fullprocess', 'TTHC')} TTHC mức độ 4 và {r.n(PARTIAL, 'services_partial', 'TTHC')} TTHC mức độ 3. Tỷ lệ hồ sơ nộp trực tuyến đạt {r.pct(share(ONLINE, NEW), 'rate_online')} số hồ sơ tiếp nhận mới, tăng so với cùng kỳ."
    )
    r.heads("III. TỒN TẠI, HẠN CHẾ")
    r.p(
        "Người dân khu vực nông thôn, đồng bào Khmer lớn tuổi còn gặp khó khăn khi nộp hồ sơ trực tuyến; một số thủ tục về người có công liên quan nhiều cơ quan nên thời gian xác minh kéo dài."
    )
    r.heads("IV. NHIỆM VỤ 6 THÁNG CUỐI NĂM")
    r.items(
        "Hoàn thành các nhiệm vụ còn lại của Kế hoạch CCHC; kiểm tra thêm 02 đơn vị trực thuộc.".replace(
            "02", r.n(2, None, "đơn vị", optional=True, role="target")
        ),
        f"Phấn đấu tỷ lệ hồ sơ trực tuyến cả năm đạt {r.pct(50, None, optional=True, role='target')}; tỷ lệ giải quyết đúng hạn từ {r.pct(99, None, optional=True, role='target')} trở lên.",
    )
    r.p("Sở Lao động - Thương binh và Xã hội báo cáo Sở Nội vụ tổng hợp./.")


def _rows(r: Report) -> list[list[str]]:
    present = Fault("bound.civil_servants_present", "45", also=("repeat.civil_servants_present",))
    full = Fault("repeat.services_fullprocess", str(FULL), also=("sum.services", "sum.procedures"))
    noted = Fault(
        "ratio.rate_on_time", str(IN_TIME), also=("repeat.dossiers_resolved_early_or_on_time", "sum.early_or_on_time")
    )
    note = f"{r.n(1117, 'dossiers_resolved_early_or_on_time', fault=noted, indicator_accept=[None])}/{r.n(RESOLVED, 'dossiers_resolved_total', indicator_accept=[None])}"
    blank = "1.2.1 Số phòng, đơn vị đã được kiểm tra CCHC"
    r.truth.finding(Fault("form.blank_cell", None, "warning", ("form.blank", "form.empty_cell")), "", blank)
    doc, task, man, unit = "Văn bản", "Nhiệm vụ", "Người", "Đơn vị"
    return [
        group("1", "Chỉ đạo, điều hành"),
        line(r, "1.1.1", "Nhiệm vụ đề ra trong Kế hoạch CCHC", task, TASKS, "plan_tasks"),
        line(r, "1.1.2", "Nhiệm vụ đã hoàn thành", task, DONE, "plan_tasks_done"),
        line(r, "1.1.3", "Văn bản chỉ đạo CCHC đã ban hành", doc, 9, "directing_documents"),
        ["1.2.1", "Số phòng, đơn vị đã được kiểm tra CCHC", unit, "", ""],
        line(r, "1.2.2", "Số vấn đề phát hiện qua kiểm tra", "Vấn đề", 5, "issues_found"),
        line(r, "1.2.3", "Số vấn đề đã xử lý xong", "Vấn đề", 4, "issues_fixed"),
        group("2", "Cải cách thể chế"),
        line(r, "2.1", "Số VBQPPL tham mưu ban hành", doc, 0, "legal_docs_issued"),
        line(r, "2.2", "Số VBQPPL đã rà soát", doc, 11, "legal_docs_reviewed"),
        group("3", "Cải cách thủ tục hành chính"),
        line(r, "3.1", "Tổng số TTHC toàn ngành", "TTHC", TOTAL, "procedures_total", scope_accept=["toàn ngành"]),
        line(r, "3.1.1", "Số TTHC công bố mới", "TTHC", 3, "procedures_new"),
        line(r, "3.1.2", "Số TTHC bãi bỏ", "TTHC", 2, "procedures_repealed"),
        line(r, "3.2", "Tỷ lệ TTHC được phê duyệt quy trình nội bộ", "%", 100, "procedures_internal_process_rate", part(r, TOTAL, TOTAL, (None, "procedures_total"), "TTHC")),
        line(r, "3.3", "Số hồ sơ đã giải quyết", "Hồ sơ", RESOLVED, "dossiers_resolved_total"),
        line(r, "3.3.1", "Tỷ lệ hồ sơ giải quyết sớm và đúng hạn", "%", str(share(IN_TIME, RESOLVED)), "rate_on_time", note),
        group("4", "Tổ chức bộ máy, biên chế"),
        line(r, "4.1.1", "Số phòng, đơn vị thuộc, trực thuộc", unit, 13, "org_units_total"),
        line(r, "4.1.2", "Số đơn vị sự nghiệp công lập", unit, 6, "public_units"),
        line(r, "4.2.1", "Biên chế công chức được giao", man, 46, "civil_servants_assigned"),
        line(r, "4.2.2", "Biên chế công chức có mặt", man, 54, "civil_servants_present", fault=present),
        line(r, "4.3.1", "Số người làm việc được giao", man, 158, "public_employees_assigned"),
        line(r, "4.3.2", "Số người làm việc có mặt", man, 151, "public_employees_present"),
        group("5", "Chính quyền điện tử"),
        line(r, "5.1", "Số TTHC có dịch vụ công trực tuyến", "TTHC", 116, None, scope="dịch vụ công trực tuyến", scope_accept=[None]),
        line(r, "5.1.1", "Mức độ 4", "TTHC", 47, "services_fullprocess", fault=full),
        line(r, "5.1.2", "Mức độ 3", "TTHC", PARTIAL, "services_partial"),
    ]  # fmt: skip
