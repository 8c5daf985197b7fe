"""Sở Tư pháp Quảng Ngãi, năm 2021: dense prose, one paragraph a subject. Consistent."""

from __future__ import annotations

from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.truth import share


def quang_ngai_2021() -> Report:
    """Consistent; truncation, approximate counts, a target, a list that names only some units."""
    head = Head(
        number="305", symbol="BC-STP", body="Sở Tư pháp", parent="UBND tỉnh Quảng Ngãi",
        printed_body="SỞ TƯ PHÁP", printed_parent="UBND TỈNH QUẢNG NGÃI", province="Quảng Ngãi", place="Quảng Ngãi",
        issued=(2021, 12, 17), title="Kết quả thực hiện công tác cải cách hành chính năm 2021",
        post=("GIÁM ĐỐC",), signer="Võ Thị Thanh Hiền",
    )  # fmt: skip
    r = Report("2021-nam-so-tu-phap-quang-ngai", "docx", head, ("year", 2021, None, "2020-12-15", "2021-12-14"))
    _direction(r)
    _dossiers(r)
    _staff(r)
    r.sign("Sở Nội vụ;", "Lãnh đạo Sở;", "Các phòng, đơn vị thuộc Sở;", "Lưu: VT, VP.")
    r.quiet(
        "Số liệu từ 15/12/2020 đến 14/12/2021: kỳ chốt số liệu của cơ quan.",
        "Tỷ lệ nộp trực tuyến bị cắt một chữ số, tỷ lệ giải quyết được làm tròn: cả hai nằm trong sai số của chữ số cuối.",
        "'hơn 7.900 hồ sơ' là số gần đúng của tổng số tiếp nhận.",
        "Số hồ sơ lý lịch tư pháp và hộ tịch không phải toàn bộ các lĩnh vực.",
        "Biên chế có mặt ít hơn được giao là bình thường.",
    )
    return r


def _direction(r: Report) -> None:
    plan = r.cite(
        "Kế hoạch số 09/KH-UBND ngày 18/01/2021 của UBND tỉnh Quảng Ngãi",
        "09/KH-UBND",
        "2021-01-18",
        "UBND tỉnh Quảng Ngãi",
    )
    resolution = r.cite("Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ", "76/NQ-CP", "2021-07-15", "Chính phủ")
    own = r.cite("Kế hoạch số 14/KH-STP ngày 29/01/2021", "14/KH-STP", "2021-01-29")
    r.p(
        f"Thực hiện {plan} về cải cách hành chính năm 2021 và {resolution} ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030, Sở Tư pháp báo cáo kết quả thực hiện như sau (số liệu từ ngày 15/12/2020 đến ngày 14/12/2021):"
    )
    r.heads("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    r.p(
        f"Sở đã ban hành {own} với {r.n(32, 'plan_tasks', 'nhiệm vụ')} nhiệm vụ cụ thể; đến thời điểm báo cáo đã hoàn thành {r.n(31, 'plan_tasks_done', 'nhiệm vụ')} nhiệm vụ, đạt {r.pct(share(31, 32, 1))} kế hoạch, nhiệm vụ còn lại về số hóa sổ hộ tịch chuyển sang năm 2022 do ảnh hưởng của dịch bệnh COVID-19. Trong năm, Sở ban hành {r.n(17, 'directing_documents', 'văn bản')} văn bản chỉ đạo, đăng {r.n(46, 'news_items', 'tin bài', unit_accept=['tin, bài'])} tin, bài tuyên truyền và tự kiểm tra tại {r.n(4, 'units_inspected', 'đơn vị', unit_accept=['cơ quan'])} đơn vị trực thuộc, phát hiện {r.n(6, 'issues_found', 'vấn đề')} vấn đề, cả {r.n(6, 'issues_fixed', 'vấn đề')} vấn đề đã được khắc phục."
    )


def _dossiers(r: Report) -> None:
    carried, new, online, resolved, early, late, in_time = 214, 7713, 1489, 7802, 5316, 9, 125
    received = carried + new
    r.adds(received, carried, new)
    r.adds(received, resolved, in_time)
    r.adds(resolved, early, resolved - early - late, late)
    r.heads("II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH")
    record = ["lý lịch tư pháp", "cấp phiếu lý lịch tư pháp"]
    r.p(
        f"Tính đến ngày 14/12/2021, tổng số thủ tục hành chính thuộc thẩm quyền giải quyết của Sở là {r.n(131, 'procedures_total', 'thủ tục')} thủ tục, {r.pct(100, 'procedures_published_rate')} được công khai. Với hơn {r.n(7900, 'dossiers_received_total', 'hồ sơ', indicator_accept=['dossiers_received_total'], approx=True)} hồ sơ phải giải quyết, khối lượng công việc năm nay tăng so với năm trước: Sở đã tiếp nhận mới {r.n(new, 'dossiers_received_new')} hồ sơ và {r.n(carried, 'dossiers_carried_over')} hồ sơ năm trước chuyển sang, tổng cộng {r.n(received, 'dossiers_received_total')} hồ sơ, trong số hồ sơ tiếp nhận mới có {r.n(online, 'dossiers_received_online')} hồ sơ nộp trực tuyến, chiếm {r.pct(share(online, new, 1, cut=True), 'rate_online')}. Đến hết kỳ báo cáo, đã giải quyết và trả kết quả {r.n(resolved, 'dossiers_resolved_total')} hồ sơ, đạt {r.pct(share(resolved, received, 1), 'rate_resolved')} số hồ sơ phải giải quyết, trong đó {r.n(early, 'dossiers_resolved_early')} hồ sơ trước hạn, {r.n(resolved - early - late, 'dossiers_resolved_on_time')} hồ sơ đúng hạn và {r.n(late, 'dossiers_resolved_late')} hồ sơ trễ hạn do phải chờ kết quả xác minh của cơ quan phối hợp; còn {r.n(in_time, 'dossiers_pending_total')} hồ sơ đang trong thời hạn giải quyết."
    )
    r.p(
        f"Tỷ lệ hồ sơ giải quyết trước và đúng hạn đạt {r.pct(share(resolved - late, resolved), 'rate_on_time')}. Một số lĩnh vực có số lượng hồ sơ lớn gồm: lý lịch tư pháp {r.n(6840, None, 'hồ sơ', 'lý lịch tư pháp', indicator_accept=['dossiers_received_total', 'dossiers_received_new', 'dossiers_resolved_total'], scope_accept=record)} hồ sơ, hộ tịch {r.n(311, None, 'hồ sơ', 'hộ tịch', indicator_accept=['dossiers_received_total', 'dossiers_received_new', 'dossiers_resolved_total'])} hồ sơ... Sở đã gửi {r.n(9, 'apologies', 'văn bản', unit_accept=['thư xin lỗi', 'thư'])} thư xin lỗi đối với các hồ sơ trễ hạn theo đúng quy định."
    )


def _staff(r: Report) -> None:
    r.heads("III. CẢI CÁCH TỔ CHỨC BỘ MÁY VÀ CHẾ ĐỘ CÔNG VỤ")
    r.p(
        f"Sở có {r.n(9, 'org_units_total', 'đơn vị', unit_accept=['phòng, đơn vị', 'cơ quan'])} phòng, đơn vị, trong đó {r.n(3, 'public_units', 'đơn vị')} đơn vị sự nghiệp công lập. Biên chế công chức được giao {r.n(34, 'civil_servants_assigned', 'người')} người, có mặt {r.n(33, 'civil_servants_present', 'người')} người; số người làm việc trong đơn vị sự nghiệp được giao {r.n(51, 'public_employees_assigned', 'người')} người, có mặt {r.n(48, 'public_employees_present', 'người')} người. Trong năm thực hiện tinh giản biên chế {r.n(1, 'staff_reduced', 'người')} người theo {r.cite('Nghị định số 108/2014/NĐ-CP ngày 20/11/2014', '108/2014/NĐ-CP', '2014-11-20')}."
    )
    r.heads("IV. PHƯƠNG HƯỚNG NĂM 2022")
    r.p(
        f"Phấn đấu ít nhất {r.pct(30, None, optional=True, role='target')} hồ sơ được tiếp nhận trực tuyến; mức độ hài lòng của người dân, tổ chức đạt trên {r.pct(90, None, optional=True, role='target')}."
    )
    r.p("Trên đây là báo cáo kết quả thực hiện công tác cải cách hành chính năm 2021 của Sở Tư pháp./.")
