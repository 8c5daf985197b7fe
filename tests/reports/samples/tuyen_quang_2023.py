"""Sở Y tế Tuyên Quang, năm 2023: a CCHC report of six fields with its statistics appendix. Consistent."""

from __future__ import annotations

from tests.reports.appendix import coded, group, line, part, statistics
from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import share

TASKS, DONE = 46, 45
NEW, ONLINE, DIRECT, POSTAL, CARRIED = 3874, 2951, 688, 235, 146
EARLY, ON_TIME, LATE, PENDING, RETURNED = 3402, 455, 4, 138, 21
RECEIVED, RESOLVED, IN_TIME = NEW + CARRIED, EARLY + ON_TIME + LATE, EARLY + ON_TIME
FULL, PARTIAL, PROVINCIAL = 68, 51, 127
TTHC = {"unit_accept": ["TTHC"]}
HEADER = [
    ["STT", "Chỉ tiêu thống kê", "Kết quả thống kê", "", "Ghi chú"],
    ["", "", "Đơn vị tính", "Số liệu", ""],
]


def tuyen_quang_2023() -> Report:
    """Consistent; returned dossiers stand apart, 8 procedures give information only, the year closes on 10 December."""
    head = Head(
        number="318", symbol="BC-SYT", body="Sở Y tế", parent="UBND tỉnh Tuyên Quang", printed_body="SỞ Y TẾ",
        printed_parent="UBND TỈNH TUYÊN QUANG", province="Tuyên Quang", place="Tuyên Quang", issued=(2023, 12, 12),
        title="Kết quả thực hiện công tác cải cách hành chính năm 2023, phương hướng nhiệm vụ năm 2024",
        post=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), signer="Ma Thị Thu Hường",
    )  # fmt: skip
    r = Report("2023-nam-so-y-te-tuyen-quang", "docx", head, ("year", 2023, None, "2022-12-15", "2023-12-10"))
    _direction(r)
    _procedures(r)
    _staff(r)
    _digital(r)
    _appraisal(r)
    r.sign("UBND tỉnh (báo cáo);", "Sở Nội vụ (tổng hợp);", "Ban Giám đốc Sở;", "Các phòng, đơn vị;", "Lưu: VT, TCCB.")
    statistics(r, "KẾT QUẢ THỰC HIỆN CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2023", HEADER, [*_rows(r), *_more_rows(r)])
    _balances(r)
    r.quiet(
        "21 hồ sơ trả lại nằm ngoài số đã giải quyết và đang giải quyết.",
        "68 + 51 = 119 trên 127 TTHC: 8 TTHC chỉ cung cấp thông tin trực tuyến, không phải sai tổng.",
        "Các mục tiêu đề chữ (1, 1.2, 2 …) trong phụ lục để trống số liệu là đúng mẫu.",
        "142 TTHC của toàn lĩnh vực (ba cấp) và 127 TTHC thuộc thẩm quyền của Sở (cấp tỉnh) là hai phạm vi.",
        "214 = 203 + 03 + 08 nhiệm vụ; 08 nhiệm vụ chưa đến hạn chỉ nêu ở ghi chú.",
        "Tỷ lệ tinh giản của công chức và của viên chức khác nhau vì khác đối tượng.",
        "Tỷ lệ khảo sát 98% tính trên số phiếu phát ra.",
        "Mã hình thức khảo sát 2 và mã đối thoại 1 không phải số đếm.",
    )
    return r


def _balances(r: Report) -> None:
    r.adds(RECEIVED, NEW, CARRIED)
    r.adds(NEW, ONLINE, DIRECT, POSTAL)
    r.adds(RESOLVED, EARLY, ON_TIME, LATE)
    r.adds(RECEIVED, RESOLVED, PENDING, RETURNED)
    r.adds(19, 12, 7)
    r.adds(24, 5, 19)
    r.adds(19, 1, 4, 11, 3)
    r.adds(119, FULL, PARTIAL)
    r.adds(4, 0, 1, 3)


def _direction(r: Report) -> None:
    plan = r.cite(
        "Kế hoạch số 221/KH-UBND ngày 15/12/2022 của UBND tỉnh", "221/KH-UBND", "2022-12-15", "UBND tỉnh",
    )  # fmt: skip
    own = r.cite("Kế hoạch số 05/KH-SYT ngày 09/01/2023", "05/KH-SYT", "2023-01-09")
    r.p(
        f"Thực hiện {plan} về cải cách hành chính nhà nước tỉnh Tuyên Quang năm 2023, Sở Y tế báo cáo kết quả thực hiện công tác cải cách hành chính (CCHC) năm 2023 (số liệu từ ngày 15/12/2022 đến ngày 10/12/2023) như sau:"
    )
    r.heads("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "1. Về kế hoạch cải cách hành chính")
    r.p(
        f"Sở đã ban hành {own} về CCHC năm 2023 với {r.n(TASKS, 'plan_tasks', 'nhiệm vụ')} nhiệm vụ; đến nay hoàn thành {r.n(DONE, 'plan_tasks_done', 'nhiệm vụ')} nhiệm vụ, đạt {r.pct(share(DONE, TASKS, 1))}, còn lại nhiệm vụ nâng cấp cổng thành phần đang thực hiện. Lãnh đạo Sở ban hành {r.n(21, 'directing_documents', 'văn bản')} văn bản chỉ đạo, đôn đốc; tổ chức {r.n(1, 'dialogues', 'cuộc', unit_accept=['hội nghị'])} hội nghị đối thoại với các cơ sở hành nghề y, dược tư nhân."
    )
    r.heads("2. Về kiểm tra, tuyên truyền và thực hiện nhiệm vụ được giao")
    r.p(
        f"Sở đã kiểm tra CCHC tại {r.n(6, 'units_inspected', 'đơn vị', unit_accept=['cơ quan'])} đơn vị trên tổng số {r.n(19, 'public_units', 'đơn vị')} đơn vị sự nghiệp trực thuộc, bằng {r.pct(share(6, 19, 1))}; phát hiện {r.n(14, 'issues_found', 'vấn đề')} vấn đề cần chấn chỉnh, đến nay {r.n(12, 'issues_fixed', 'vấn đề')} vấn đề đã khắc phục xong. Trang thông tin điện tử của Sở đăng {r.n(58, 'news_items', 'tin, bài', unit_accept=['tin bài'])} tin, bài về CCHC."
    )
    r.p(
        f"Trong năm, UBND tỉnh, Chủ tịch UBND tỉnh giao Sở {r.n(214, 'assigned_tasks', 'nhiệm vụ')} nhiệm vụ; đã hoàn thành đúng hạn {r.n(203, 'assigned_tasks_on_time', 'nhiệm vụ')} nhiệm vụ, hoàn thành quá hạn {r.n(3, 'assigned_tasks_late', 'nhiệm vụ')} nhiệm vụ, các nhiệm vụ còn lại đang thực hiện trong hạn. Sở phát {r.n(400, 'survey_forms', 'phiếu', scope_accept=['phát ra'])} phiếu khảo sát người bệnh và người nộp hồ sơ, thu về {r.n(392, 'survey_forms', 'phiếu', 'thu về', scope_accept=[None])} phiếu (đạt {r.pct(98)}), mức độ hài lòng chung là {r.pct('91.3', 'satisfaction_rate')}."
    )


def _procedures(r: Report) -> None:
    resolution = r.cite(
        "Nghị quyết số 12/2023/NQ-HĐND ngày 07/7/2023 của HĐND tỉnh", "12/2023/NQ-HĐND", "2023-07-07", "HĐND tỉnh"
    )
    first = r.cite("Quyết định số 11/2023/QĐ-UBND ngày 26/5/2023", "11/2023/QĐ-UBND", "2023-05-26", "UBND tỉnh")
    second = r.cite("Quyết định số 21/2023/QĐ-UBND ngày 02/10/2023", "21/2023/QĐ-UBND", "2023-10-02", "UBND tỉnh")
    r.heads("II. KẾT QUẢ THỰC HIỆN CÁC LĨNH VỰC", "1. Cải cách thể chế")
    r.p(
        f"Sở tham mưu trình ban hành {r.n(3, 'legal_docs_issued', 'văn bản')} văn bản quy phạm pháp luật, gồm {resolution} về mức hỗ trợ bác sĩ về công tác tại tuyến xã; {first} và {second} của UBND tỉnh. Kiểm tra theo thẩm quyền {r.n(5, 'legal_docs_checked', 'văn bản')} văn bản, rà soát {r.n(17, 'legal_docs_reviewed', 'văn bản')} văn bản; kiến nghị xử lý {r.n(2, 'legal_docs_proposed', 'văn bản')} văn bản và cả {r.n(2, 'legal_docs_handled', 'văn bản')} văn bản đã được xử lý xong."
    )
    r.heads("2. Cải cách thủ tục hành chính (TTHC)")
    r.p(
        f"Lĩnh vực y tế hiện có {r.n(142, 'procedures_total', 'thủ tục', scope_accept=['lĩnh vực y tế', 'toàn ngành'], **TTHC)} TTHC, trong đó {r.n(PROVINCIAL, 'procedures_total', 'thủ tục', 'cấp tỉnh', **TTHC)} TTHC cấp tỉnh, {r.n(9, 'procedures_total', 'thủ tục', 'cấp huyện', **TTHC)} TTHC cấp huyện và {r.n(6, 'procedures_total', 'thủ tục', 'cấp xã', **TTHC)} TTHC cấp xã. Trong năm đã tham mưu công bố {r.n(6, 'procedures_new', 'thủ tục', **TTHC)} TTHC mới, {r.n(23, 'procedures_amended', 'thủ tục', **TTHC)} TTHC sửa đổi, bổ sung, bãi bỏ {r.n(9, 'procedures_repealed', 'thủ tục', **TTHC)} TTHC; rà soát {r.n(12, 'procedures_reviewed', 'thủ tục', **TTHC)} TTHC, kiến nghị đơn giản hóa {r.n(4, None, 'thủ tục', 'kiến nghị đơn giản hóa', **TTHC, scope_accept=[None])} TTHC."
    )
    r.adds(142, PROVINCIAL, 9, 6)
    r.p(
        f"Từ ngày 15/12/2022 đến ngày 10/12/2023, Bộ phận của Sở tại Trung tâm Phục vụ hành chính công tỉnh tiếp nhận mới {r.n(NEW, 'dossiers_received_new')} hồ sơ (trực tuyến {r.n(ONLINE, 'dossiers_received_online')} hồ sơ, trực tiếp {r.n(DIRECT, 'dossiers_received_in_person')} hồ sơ, qua bưu chính công ích {r.n(POSTAL, 'dossiers_received_postal')} hồ sơ); cùng với {r.n(CARRIED, 'dossiers_carried_over')} hồ sơ năm 2022 chuyển sang, tổng số hồ sơ phải giải quyết là {r.n(RECEIVED, 'dossiers_received_total')} hồ sơ. Đã giải quyết xong {r.n(RESOLVED, 'dossiers_resolved_total')} hồ sơ, gồm {r.n(EARLY, 'dossiers_resolved_early')} hồ sơ trước hạn ({r.pct(share(EARLY, RESOLVED), 'rate_early')}), {r.n(ON_TIME, 'dossiers_resolved_on_time')} hồ sơ đúng hạn và {r.n(LATE, 'dossiers_resolved_late')} hồ sơ trễ hạn; {r.n(RETURNED, 'dossiers_returned')} hồ sơ không đủ điều kiện đã trả lại kèm văn bản nêu rõ lý do; {r.n(PENDING, 'dossiers_pending_total')} hồ sơ đang giải quyết, đều trong thời hạn. Tỷ lệ giải quyết trước và đúng hạn đạt {r.pct(share(IN_TIME, RESOLVED), 'rate_on_time')}; Sở đã gửi {r.n(4, 'apologies', 'văn bản', unit_accept=['thư', 'thư xin lỗi'])} thư xin lỗi đối với các hồ sơ trễ hạn."
    )
    r.p(
        f"Tiếp nhận {r.n(5, 'petitions_received', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị về giá dịch vụ khám, chữa bệnh, đã trả lời xong {r.n(5, 'petitions_resolved', 'PAKN', unit_accept=['phản ánh, kiến nghị'])} phản ánh, kiến nghị trên Cổng Dịch vụ công quốc gia."
    )


def _staff(r: Report) -> None:
    r.heads("3. Cải cách tổ chức bộ máy")
    r.p(
        f"Sau sắp xếp, Sở có {r.n(5, None, 'phòng', 'phòng chuyên môn', scope_accept=[None])} phòng chuyên môn và {r.n(19, 'public_units', 'đơn vị')} đơn vị sự nghiệp công lập (tuyến tỉnh {r.n(12, 'public_units', 'đơn vị', 'tuyến tỉnh')} đơn vị, tuyến huyện {r.n(7, 'public_units', 'đơn vị', 'tuyến huyện')} trung tâm y tế), giảm {r.n(12, None, 'đơn vị', role='change')} đơn vị so với năm 2015, tương ứng {r.pct(share(12, 31), None, role='change')}."
    )
    r.heads("4. Cải cách chế độ công vụ")
    r.p(
        f"Biên chế công chức được giao là {r.n(52, 'civil_servants_assigned', 'người', unit_accept=['biên chế'])} người, có mặt {r.n(50, 'civil_servants_present', 'người')} người; số người làm việc trong các đơn vị sự nghiệp được giao {r.n(2486, 'public_employees_assigned', 'người')} người, có mặt {r.n(2391, 'public_employees_present', 'người')} người. Trong năm tuyển dụng {r.n(2, 'recruited', 'người', 'công chức', unit_accept=['công chức'], scope_accept=[None])} công chức và {r.n(67, 'recruited', 'người', 'viên chức', unit_accept=['viên chức'], scope_accept=[None])} viên chức; xử lý kỷ luật {r.n(4, 'disciplined', 'người', unit_accept=['trường hợp'])} trường hợp."
    )
    r.adds(67, 64, 3)
    r.heads("5. Cải cách tài chính công")
    r.p(
        f"Trong {r.n(19, 'public_units', 'đơn vị')} đơn vị sự nghiệp, {r.n(1, 'autonomy_full', 'đơn vị')} đơn vị tự bảo đảm chi thường xuyên và chi đầu tư, {r.n(4, 'autonomy_recurrent', 'đơn vị')} đơn vị tự bảo đảm chi thường xuyên, {r.n(11, 'autonomy_partial', 'đơn vị')} đơn vị tự bảo đảm một phần chi thường xuyên, {r.n(3, 'autonomy_none', 'đơn vị')} đơn vị do ngân sách nhà nước bảo đảm."
    )


def _digital(r: Report) -> None:
    digitised, electronic, paid, owed = 3640, 3712, 1106, 2410
    r.heads("6. Xây dựng, phát triển chính quyền điện tử, chính quyền số")
    r.p(
        f"Đến nay {r.n(FULL, 'services_fullprocess', 'TTHC')} TTHC của Sở được cung cấp dịch vụ công trực tuyến toàn trình, {r.n(PARTIAL, 'services_partial', 'TTHC')} TTHC một phần, {r.n(8, None, 'TTHC', 'cung cấp thông tin', scope_accept=[None])} TTHC cung cấp thông tin. Tỷ lệ hồ sơ nộp trực tuyến đạt {r.pct(share(ONLINE, NEW), 'rate_online')} số hồ sơ tiếp nhận mới. Hồ sơ được số hóa thành phần khi tiếp nhận: {r.n(digitised, None, 'hồ sơ', role='numerator', scope_accept=['*'])}/{r.n(NEW, 'dossiers_received_new', role='denominator', indicator_accept=[None])} hồ sơ ({r.pct(share(digitised, NEW), 'digitised_dossier_rate')}); kết quả được cấp bản điện tử: {r.n(electronic, None, 'hồ sơ', role='numerator', scope_accept=['*'])}/{r.n(RESOLVED, 'dossiers_resolved_total', role='denominator', indicator_accept=[None])} hồ sơ ({r.pct(share(electronic, RESOLVED), 'digitised_result_rate')}); thanh toán trực tuyến {r.n(paid, None, 'hồ sơ', role='numerator', scope_accept=['*'])} trên {r.n(owed, None, 'hồ sơ', role='denominator', scope_accept=['*'])} hồ sơ có nghĩa vụ tài chính, đạt {r.pct(share(paid, owed), 'online_payment_dossier_rate')}. {r.pct(100, 'edoc_rate', indicator_accept=[None])} văn bản đi (trừ văn bản mật) được ký số."
    )


def _appraisal(r: Report) -> None:
    last = {"period": {"kind": "year", "year": 2022, "index": None, "start": "2022-01-01", "end": "2022-12-31"}}
    before = {"period": {"kind": "year", "year": 2021, "index": None, "start": "2021-01-01", "end": "2021-12-31"}}
    score = r.n("86.42", "par_index_score", "điểm", **last)
    limit = r.n(100, None, "điểm", role="max", optional=True, text="100")
    r.heads("III. ĐÁNH GIÁ CHUNG", "1. Kết quả nổi bật")
    r.p(
        f"Chỉ số cải cách hành chính năm 2022 của Sở đạt {score}/{limit} điểm, xếp thứ {r.n(7, 'par_rank', 'hạng', **last)}/{r.n(19, None, 'cơ quan', role='field_size', unit_accept=['*'], **last)} sở, ban, ngành, tăng {r.n(2, None, 'bậc', role='change', indicator_accept=['par_rank'], **last)} bậc so với năm 2021 (xếp thứ {r.n(9, 'par_rank', 'hạng', **before)})."
    )
    r.heads("2. Tồn tại, hạn chế")
    r.p(
        "Việc phối hợp thẩm định cơ sở hành nghề giữa Sở và các đơn vị có thời điểm còn chậm; một số trung tâm y tế chưa bố trí được máy quét phục vụ số hóa; tỷ lệ thanh toán trực tuyến chưa cao do người bệnh lớn tuổi vẫn quen dùng tiền mặt."
    )
    r.heads("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024")
    r.items(
        f"Giữ tỷ lệ hồ sơ giải quyết đúng hạn trên {r.pct(99, None, optional=True, role='target')}, không để phát sinh hồ sơ trễ hạn; tỷ lệ hồ sơ trực tuyến đạt từ {r.pct(80, None, optional=True, role='target')} trở lên.",
        f"Kiểm tra CCHC tối thiểu {r.n(7, None, 'đơn vị', optional=True, role='target')} đơn vị trực thuộc; khắc phục dứt điểm các vấn đề đã phát hiện năm 2023.",
        f"Phấn đấu tăng ít nhất {r.n(1, None, 'bậc', optional=True, role='target')} bậc trên bảng xếp hạng Chỉ số cải cách hành chính của tỉnh.",
    )
    r.p("Trên đây là báo cáo kết quả thực hiện công tác CCHC năm 2023 của Sở Y tế./.")


def _rows(r: Report) -> list[list[str]]:
    body, doc, task, issue = "Cơ quan, đơn vị", "Văn bản", "Nhiệm vụ", "Vấn đề"
    open_tasks = f"{r.n(8, None, 'nhiệm vụ', scope_accept=['*'])} nhiệm vụ chưa đến hạn"
    done = ("dossiers_resolved_early_or_on_time", "dossiers_resolved_total")
    return [
        group("1.", "Công tác chỉ đạo, điều hành CCHC"),
        line(r, "1.1.", "Kế hoạch CCHC", "Kế hoạch", 1, None, scope="Kế hoạch CCHC", scope_accept=[None]),
        line(r, "1.1.1.", "Số nhiệm vụ đề ra trong kế hoạch", task, TASKS, "plan_tasks"),
        line(r, "1.1.2.", "Số nhiệm vụ đã hoàn thành", task, DONE, "plan_tasks_done"),
        line(r, "1.1.3.", "Số văn bản chỉ đạo CCHC đã ban hành", doc, 21, "directing_documents"),
        group("1.2.", "Kiểm tra CCHC"),
        line(r, "1.2.1.", "Số phòng, ban, đơn vị thuộc và trực thuộc đã kiểm tra", body, 6, "units_inspected"),
        line(r, "1.2.2.", "Tỷ lệ đơn vị sự nghiệp trực thuộc đã kiểm tra", "%", "31.6", None, scope_accept=["*"]),
        line(r, "1.2.3.", "Số vấn đề phát hiện qua kiểm tra", issue, 14, "issues_found"),
        line(r, "1.2.4.", "Số vấn đề phát hiện đã xử lý xong", issue, 12, "issues_fixed"),
        group("1.3.", "Thực hiện nhiệm vụ UBND tỉnh, Chủ tịch UBND tỉnh giao"),
        line(r, "1.3.1.", "Tổng số nhiệm vụ được giao", task, 214, "assigned_tasks"),
        line(r, "1.3.2.", "Số nhiệm vụ đã hoàn thành đúng hạn", task, 203, "assigned_tasks_on_time"),
        line(r, "1.3.3.", "Số nhiệm vụ đã hoàn thành nhưng quá hạn", task, 3, "assigned_tasks_late", open_tasks),
        group("1.4.", "Khảo sát sự hài lòng của người dân, tổ chức"),
        line(r, "1.4.1.", "Số lượng phiếu khảo sát", "Phiếu", 400, "survey_forms", scope_accept=["phát ra"]),
        coded(r, "1.4.2.", "Hình thức khảo sát", "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2", 2, "hình thức khảo sát"),
        coded(r, "1.5.", "Tổ chức đối thoại của lãnh đạo với người dân, doanh nghiệp", "Không = 0 Có = 1", 1, "đối thoại", indicator_accept=["dialogues"]),
        group("2.", "Cải cách thể chế"),
        line(r, "2.1.", "Số VBQPPL đã ban hành, tham mưu ban hành", doc, 3, "legal_docs_issued"),
        line(r, "2.2.", "Số VBQPPL đã kiểm tra theo thẩm quyền", doc, 5, "legal_docs_checked"),
        line(r, "2.3.", "Số VBQPPL đã rà soát", doc, 17, "legal_docs_reviewed"),
        line(r, "2.4.", "Số VBQPPL đã kiến nghị xử lý sau kiểm tra, rà soát", doc, 2, "legal_docs_proposed"),
        line(r, "2.5.", "Số VBQPPL có kiến nghị xử lý đã được xử lý xong", doc, 2, "legal_docs_handled"),
        group("3.", "Cải cách thủ tục hành chính"),
        line(r, "3.1.", "Số TTHC thuộc thẩm quyền giải quyết của Sở", "Thủ tục", PROVINCIAL, "procedures_total", scope="cấp tỉnh", scope_accept=[None, "của Sở"]),
        line(r, "3.1.1.", "Số TTHC công bố mới", "Thủ tục", 6, "procedures_new"),
        line(r, "3.1.2.", "Số TTHC bãi bỏ, thay thế", "Thủ tục", 9, "procedures_repealed"),
        group("3.2.", "Thực hiện cơ chế một cửa, một cửa liên thông"),
        line(r, "3.2.1.", "Tỷ lệ TTHC đã được phê duyệt quy trình nội bộ", "%", 100, "procedures_internal_process_rate", part(r, 127, 127, (None, "procedures_total"), "thủ tục", role="numerator")),
        line(r, "3.2.2.", "Tỷ lệ quy trình nội bộ đã được điện tử hóa", "%", 100, "procedures_eprocess_rate", part(r, 127, 127, (None, "procedures_total"), "thủ tục", role="numerator")),
        group("3.3.", "Kết quả giải quyết TTHC"),
        line(r, "3.3.1.", "Tỷ lệ hồ sơ giải quyết trước và đúng hạn", "%", str(share(IN_TIME, RESOLVED)), "rate_on_time", part(r, IN_TIME, RESOLVED, done, "hồ sơ")),
        line(r, "3.3.2.", "Số hồ sơ đang giải quyết", "Hồ sơ", PENDING, "dossiers_pending_total"),
    ]  # fmt: skip


def _more_rows(r: Report) -> list[list[str]]:
    body, man, servants, employees = "Cơ quan, đơn vị", "Người", "công chức", "viên chức"
    since = {"scope": employees, "scope_accept": ["người làm việc", None]}
    office = {"scope": servants, "scope_accept": ["biên chế công chức", None]}
    return [
        group("4.", "Cải cách tổ chức bộ máy hành chính nhà nước"),
        group("4.1.", "Cơ cấu tổ chức bộ máy"),
        line(r, "4.1.1.", "Số phòng, ban, đơn vị thuộc, trực thuộc", body, 24, "org_units_total"),
        line(r, "4.1.2.", "Số đơn vị sự nghiệp công lập (ĐVSNCL)", body, 19, "public_units"),
        line(r, "Trong đó", "ĐVSNCL tuyến tỉnh", body, 12, "public_units", scope="tuyến tỉnh"),
        line(r, "", "ĐVSNCL tuyến huyện", body, 7, "public_units", scope="tuyến huyện"),
        line(r, "4.1.3.", "Tỷ lệ ĐVSNCL đã cắt giảm so với năm 2015", "%", "38.71", None, scope_accept=["*"], role="change"),
        group("4.2.", "Số liệu về biên chế công chức"),
        line(r, "4.2.1.", "Tổng số biên chế được giao trong năm", man, 52, "civil_servants_assigned"),
        line(r, "4.2.2.", "Tổng số biên chế có mặt tại thời điểm báo cáo", man, 50, "civil_servants_present"),
        line(r, "4.2.3.", "Số hợp đồng lao động làm việc tại cơ quan", man, 4, "contract_workers"),
        line(r, "4.2.4.", "Số biên chế đã tinh giản trong kỳ báo cáo", man, 1, "staff_reduced", **office),
        line(r, "4.2.5.", "Tỷ lệ biên chế đã tinh giản so với năm 2015", "%", "10.34", "staff_reduction_rate_2015", part(r, 6, 58, (None, None), "người", scope_accept=["*"]), **office),
        group("4.3.", "Số người làm việc hưởng lương từ ngân sách tại ĐVSNCL"),
        line(r, "4.3.1.", "Tổng số người làm việc được giao", man, 2486, "public_employees_assigned"),
        line(r, "4.3.2.", "Tổng số người làm việc có mặt", man, 2391, "public_employees_present"),
        line(r, "4.3.3.", "Số người đã tinh giản trong kỳ báo cáo", man, 27, "staff_reduced", **since),
        line(r, "4.3.4.", "Tỷ lệ đã tinh giản so với năm 2015", "%", "10.05", "staff_reduction_rate_2015", **since),
        group("5.", "Cải cách chế độ công vụ"),
        group("5.1.", "Vị trí việc làm của công chức, viên chức"),
        line(r, "5.1.1.", "Số phòng, ban, đơn vị đã được phê duyệt vị trí việc làm", body, 24, None),
        line(r, "5.1.2.", "Số đơn vị sự nghiệp đã được phê duyệt vị trí việc làm", body, 19, None),
        line(r, "5.1.3.", "Số đơn vị có vi phạm trong thực hiện vị trí việc làm", body, 0, None),
        group("5.2.", "Tuyển dụng công chức, viên chức"),
        line(r, "5.2.1.", "Số công chức được tuyển dụng (thi tuyển, xét tuyển)", man, 2, "recruited", scope="công chức thi tuyển, xét tuyển", scope_accept=[servants]),
        line(r, "5.2.2.", "Số công chức được tuyển dụng đặc biệt", man, 0, "recruited", scope="công chức đặc biệt", scope_accept=[servants]),
        line(r, "5.2.3.", "Số viên chức được tuyển dụng (thi tuyển, xét tuyển)", man, 64, "recruited", scope="viên chức thi tuyển, xét tuyển", scope_accept=[employees]),
        line(r, "5.2.4.", "Số viên chức được tuyển dụng đặc biệt", man, 3, "recruited", scope="viên chức đặc biệt", scope_accept=[employees]),
        group("5.3.", "Bổ nhiệm công chức lãnh đạo"),
        coded(r, "5.3.1.", "Thực hiện bổ nhiệm lãnh đạo qua thi tuyển", "Chưa = 0 Đã thực hiện = 1", 0, "thi tuyển lãnh đạo"),
        line(r, "5.3.2.", "Số lãnh đạo cấp sở được bổ nhiệm mới", man, 1, "appointed_leaders", scope="lãnh đạo cấp sở"),
        line(r, "5.3.3.", "Số lãnh đạo cấp phòng thuộc sở được bổ nhiệm mới", man, 7, "appointed_leaders", scope="lãnh đạo cấp phòng thuộc sở"),
        line(r, "5.4.", "Số cán bộ, công chức, viên chức bị kỷ luật", man, 4, "disciplined"),
        line(r, "5.4.1.", "Số lãnh đạo cấp sở bị kỷ luật", man, 0, "disciplined", scope="lãnh đạo cấp sở"),
        line(r, "5.4.2.", "Số lãnh đạo cấp phòng bị kỷ luật", man, 1, "disciplined", scope="lãnh đạo cấp phòng"),
        line(r, "5.4.3.", "Số viên chức tại ĐVSNCL bị kỷ luật", man, 3, "disciplined", scope="viên chức tại ĐVSNCL"),
        group("6.", "Cải cách tài chính công (lũy kế đến thời điểm báo cáo)"),
        line(r, "6.1.", "Số ĐVSNCL tự bảo đảm chi thường xuyên và chi đầu tư", body, 1, "autonomy_full"),
        line(r, "6.2.", "Số ĐVSNCL tự bảo đảm chi thường xuyên", body, 4, "autonomy_recurrent"),
        line(r, "6.3.", "Số ĐVSNCL tự bảo đảm một phần chi thường xuyên", body, 11, "autonomy_partial"),
        line(r, "6.4.", "Số ĐVSNCL do Nhà nước bảo đảm chi thường xuyên", body, 3, "autonomy_none"),
        line(r, "6.5.", "Số ĐVSNCL đã chuyển đổi thành công ty cổ phần", body, 0, "equitised"),
        group("7.", "Chính quyền điện tử, chính quyền số"),
        line(r, "7.1.", "Số TTHC cung cấp dịch vụ công trực tuyến", "TTHC", FULL + PARTIAL, None, scope="dịch vụ công trực tuyến", scope_accept=[None]),
        line(r, "7.1.1.", "Số TTHC cung cấp toàn trình", "TTHC", FULL, "services_fullprocess"),
        line(r, "7.1.2.", "Số TTHC cung cấp một phần", "TTHC", PARTIAL, "services_partial"),
        line(r, "7.2.", "Tỷ lệ TTHC cung cấp dịch vụ công trực tuyến", "%", str(share(FULL + PARTIAL, PROVINCIAL)), "services_online_rate", part(r, FULL + PARTIAL, PROVINCIAL, (None, "procedures_total"), "TTHC", role="numerator")),
    ]  # fmt: skip
