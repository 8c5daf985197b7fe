"""Sở Nội vụ Cao Bằng, notice of a PAR INDEX result of 2024 with its score table. Three planted faults."""

from __future__ import annotations

from decimal import Decimal

from tests.reports.head import Head
from tests.reports.report import Report
from tests.reports.scores import Fields, criterion, points, score_table, summed
from tests.reports.truth import Fault, share

FIELDS: Fields = {
    "Công tác chỉ đạo, điều hành cải cách hành chính": [
        criterion("Ban hành Kế hoạch CCHC năm", "2", "2"),
        criterion("Mức độ hoàn thành Kế hoạch CCHC", "2", "2", "0.25", "Còn nhiệm vụ chưa hoàn thành"),
        criterion("Kiểm tra CCHC tại đơn vị trực thuộc", "2", "2"),
        criterion("Xử lý các vấn đề phát hiện qua kiểm tra", "1", "1", "0.5", "Chưa có văn bản báo cáo kết quả xử lý"),
        criterion("Tuyên truyền CCHC", "1", "1"),
        criterion("Sáng kiến, giải pháp mới trong CCHC", "2", "1"),
    ],
    "Cải cách thể chế": [
        criterion("Theo dõi tình hình thi hành pháp luật", "2", "2"),
        criterion("Tham mưu ban hành VBQPPL đúng tiến độ", "3", "2.5", "0.5", "Trình chậm dự thảo quyết định"),
        criterion("Rà soát, xử lý văn bản sau rà soát", "3", "3", "0.25", "Xử lý chưa hết"),
    ],
    "Cải cách thủ tục hành chính": [
        criterion("Tham mưu công bố TTHC đúng thời hạn", "3", "3", "0.5", "Trình chậm"),
        criterion("Niêm yết, công khai TTHC", "2", "2"),
        criterion("Rà soát, đơn giản hóa TTHC", "2", "2"),
        criterion("Phê duyệt quy trình nội bộ, quy trình điện tử", "2", "2"),
        criterion("Kết quả giải quyết hồ sơ đúng hạn", "4", "3.75", "0.25", "Đối chiếu dữ liệu Hệ thống"),
        criterion("Xử lý phản ánh, kiến nghị", "2", "2"),
        criterion("Thực hiện xin lỗi khi để hồ sơ quá hạn", "1", "1", "0.5", "Thiếu văn bản xin lỗi"),
    ],
    "Cải cách tổ chức bộ máy": [
        criterion("Sắp xếp tổ chức bộ máy theo quy định", "3", "3"),
        criterion("Phân cấp, ủy quyền", "2", "2"),
        criterion("Thực hiện quy chế làm việc", "2", "2"),
    ],
    "Cải cách chế độ công vụ": [
        criterion("Bố trí công chức, viên chức theo vị trí việc làm", "3", "3"),
        criterion("Đánh giá, xếp loại công chức, viên chức", "2", "2"),
        criterion("Đào tạo, bồi dưỡng", "2", "2", "0.25", "Chưa đạt chỉ tiêu"),
        criterion("Chấp hành kỷ luật, kỷ cương hành chính", "3", "2"),
    ],
    "Cải cách tài chính công": [
        criterion("Thực hiện giải ngân kinh phí, vốn đầu tư", "2", "2"),
        criterion("Quản lý, sử dụng tài sản công", "2", "1.75"),
        criterion("Thực hiện cơ chế tự chủ tại đơn vị sự nghiệp", "3", "3", "0.5", "Một đơn vị chậm trình phương án"),
    ],
    "Xây dựng chính quyền điện tử, chính quyền số": [
        criterion("Văn bản điện tử được ký số", "2", "2"),
        criterion("Cung cấp dịch vụ công trực tuyến toàn trình", "3", "2.5", "0.3", "Chấm theo tỷ lệ"),
        criterion("Tỷ lệ hồ sơ nộp trực tuyến", "3", "3", "0.42", "Chấm theo tỷ lệ"),
        criterion("Thanh toán trực tuyến", "2", "1.5", "0.6", "Chấm theo tỷ lệ"),
        criterion("Số hóa hồ sơ, kết quả giải quyết TTHC", "2", "2", "0.35", "Chấm theo tỷ lệ"),
    ],
}
THIRD, LAST = "Cải cách thủ tục hành chính", "Xây dựng chính quyền điện tử, chính quyền số"
SURVEY = Decimal("23.64")


def cao_bang_par_2024() -> Report:
    """Faulty: the verified sum of field III, own less deduction in VII.3, own score above the maximum in V.4."""
    head = Head(
        number="35", symbol="TB-SNV", body="Sở Nội vụ", parent="UBND tỉnh Cao Bằng", printed_body="SỞ NỘI VỤ",
        printed_parent="UBND TỈNH CAO BẰNG", province="Cao Bằng", place="Cao Bằng", issued=(2025, 2, 10), kind="TB",
        title="Kết quả thẩm định, xác định Chỉ số cải cách hành chính năm 2024 của Sở Tài nguyên và Môi trường",
        post=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), signer="Nông Thị Hoài",
    )  # fmt: skip
    r = Report("2024-nam-par-index-cao-bang", "docx", head, ("year", 2024, None, "2024-01-01", "2024-12-31"))
    _result(r)
    third = summed(FIELDS[THIRD])[3]
    field = Fault("sum.field", str(third), also=("sum.par_verified_score", "sum.group", "sum.deduction", "sum.column"))
    row = Fault("sum.deduction", "2.58", also=("sum.par_verified_score", "sum.formula", "sum.field", "sum.row"))
    over = Fault(
        "bound.par_self_score", "2.00", also=("bound.score", "sum.deduction", "sum.field", "sum.par_self_score")
    )
    wrong = {
        (THIRD, 3): (str(third + Decimal("0.50")), field),
        ("Tỷ lệ hồ sơ nộp trực tuyến", 3): ("2.85", row),
        ("Chấp hành kỷ luật, kỷ cương hành chính", 1): ("3.50", over),
    }
    r.p("Điểm thẩm định chi tiết theo từng lĩnh vực, tiêu chí như sau (đơn vị tính: điểm):")
    score_table(r, FIELDS, wrong)
    _advice(r)
    r.sign("Sở Tài nguyên và Môi trường;", "UBND tỉnh (b/c);", "Tổ thẩm định Chỉ số CCHC;", "Lưu: VT, CCHC&VTLT.")
    r.quiet(
        "Điểm tối đa 70 + 30 = 100 của hai phần là thang điểm.",
        "Các tiêu chí không bị trừ có điểm tự chấm thấp hơn điểm tối đa: cơ quan tự đánh giá chưa đạt.",
        "Số thứ tự tiêu chí đánh lại từ 1 trong mỗi lĩnh vực.",
        "Tăng 03 bậc: từ thứ 12 lên thứ 09; tổng số cơ quan hai năm cùng là 18.",
        "96 văn bản xin lỗi ít hơn 112 hồ sơ quá hạn: được nêu là hạn chế.",
        "Tỷ lệ đạt của lĩnh vực tính trên điểm tối đa của lĩnh vực, không trên tổng.",
    )  # fmt: skip
    return r


def _result(r: Report) -> None:
    past = {"period": {"kind": "year", "year": 2023, "index": None, "start": "2023-01-01", "end": "2023-12-31"}}
    limit = {"role": "max", "optional": True}
    _most, own, cut, verified = summed([one for criteria in FIELDS.values() for one in criteria])
    total = verified + SURVEY
    r.adds(total, verified, SURVEY)
    scheme = r.cite(
        "Quyết định số 1187/QĐ-UBND ngày 20/9/2024 của UBND tỉnh", "1187/QĐ-UBND", "2024-09-20", "UBND tỉnh"
    )
    report = r.cite("Báo cáo số 3305/BC-STNMT ngày 16/12/2024", "3305/BC-STNMT", "2024-12-16")
    office = "Sở Tài nguyên và Môi trường"
    mine = {"scope_accept": [None, office]}
    r.p(
        f"Căn cứ {scheme} ban hành Bộ Chỉ số cải cách hành chính của các sở, ban, ngành; trên cơ sở {report} của Sở Tài nguyên và Môi trường về kết quả tự chấm điểm và tài liệu kiểm chứng kèm theo, Sở Nội vụ thông báo kết quả thẩm định như sau:"
    )
    r.heads("1. Kết quả chung")
    r.p(
        f"Chỉ số cải cách hành chính năm 2024 của Sở Tài nguyên và Môi trường đạt {r.n(total, 'par_index_score', 'điểm', text=points(total), **mine)}/{r.n(100, None, 'điểm', text='100', **limit)} điểm, gồm điểm thẩm định {r.n(verified, 'par_verified_score', 'điểm', text=points(verified), **mine)}/{r.n(70, None, 'điểm', text='70', **limit)} điểm và điểm điều tra xã hội học {r.n(SURVEY, 'par_survey_score', 'điểm', text=points(SURVEY), **mine)}/{r.n(30, None, 'điểm', text='30', **limit)} điểm; xếp thứ {r.n(9, 'par_rank', 'hạng', **mine)}/{r.n(18, None, 'cơ quan', role='field_size', unit_accept=['*'])} sở, ban, ngành, tăng {r.n(3, None, 'bậc', role='change', indicator_accept=['par_rank'], **mine)} bậc so với năm 2023 (thứ {r.n(12, 'par_rank', 'hạng', **mine, **past)}/{r.n(18, None, 'cơ quan', role='field_size', unit_accept=['*'], **past)}), xếp loại Tốt."
    )
    r.heads("2. Kết quả tự chấm và thẩm định")
    r.p(
        f"Sở Tài nguyên và Môi trường tự chấm {r.n(own, 'par_self_score', 'điểm', text=points(own), **mine)} điểm; Tổ thẩm định trừ {r.n(cut, 'par_deduction', 'điểm', text=points(cut), **mine)} điểm do tài liệu kiểm chứng chưa đầy đủ hoặc kết quả chưa đạt yêu cầu; tỷ lệ chấm điểm chính xác đạt {r.pct(share(int(verified * 100), int(own * 100)), 'par_self_accuracy', scope_accept=[office])}."
    )
    best, worst = summed(FIELDS["Cải cách tổ chức bộ máy"]), summed(FIELDS[LAST])
    rate = share(int(worst[3] * 100), int(worst[0] * 100))
    r.p(
        f"Lĩnh vực đạt kết quả cao nhất là cải cách tổ chức bộ máy ({r.n(best[3], 'par_verified_score', 'điểm', 'cải cách tổ chức bộ máy', text=points(best[3]))}/{r.n(best[0], None, 'điểm', 'cải cách tổ chức bộ máy', text=points(best[0]), **limit)} điểm, bằng {r.pct(100, None, 'cải cách tổ chức bộ máy', scope_accept=[None])}); thấp nhất là xây dựng chính quyền điện tử, chính quyền số ({r.n(worst[3], 'par_verified_score', 'điểm', LAST, text=points(worst[3]))}/{r.n(worst[0], None, 'điểm', LAST, text=points(worst[0]), **limit)} điểm, bằng {r.pct(rate, None, LAST, scope_accept=[None])})."
    )


def _advice(r: Report) -> None:
    r.heads("3. Một số tồn tại, hạn chế")
    r.items(
        f"Kế hoạch CCHC năm 2024 mới hoàn thành {r.n(47, 'plan_tasks_done', 'nhiệm vụ', role='numerator')}/{r.n(49, 'plan_tasks', 'nhiệm vụ', role='denominator')} nhiệm vụ ({r.pct(share(47, 49))}).",
        f"Tỷ lệ hồ sơ nộp trực tuyến theo dữ liệu Hệ thống là {r.pct('68.8', 'rate_online')}, tỷ lệ hồ sơ thanh toán trực tuyến là {r.pct('45.2', 'online_payment_dossier_rate')}.",
        f"Để {r.n(112, 'dossiers_resolved_late')} hồ sơ giải quyết quá hạn nhưng mới ban hành {r.n(96, 'apologies', 'văn bản')} văn bản xin lỗi.",
    )
    r.heads("4. Đề nghị")
    r.p(
        f"Đề nghị Sở Tài nguyên và Môi trường xây dựng kế hoạch khắc phục các tiêu chí bị trừ điểm, gửi Sở Nội vụ trước ngày 28/02/2025. Trong {r.n(5, None, 'ngày làm việc', role='limit', optional=True)} ngày làm việc kể từ ngày nhận Thông báo, nếu có ý kiến giải trình đề nghị gửi bằng văn bản để được xem xét thẩm định lại./."
    )
