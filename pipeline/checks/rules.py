"""The rules that the checks apply, for `soat rules` and the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.checks.model import Family, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what it says in one line and an example of a report that breaks it. `id` may end in `*`: one rule
    per indicator."""

    id: str
    family: Family
    severity: Severity
    vi: str
    en: str
    example: str


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "sum.received",
        "sum",
        "error",
        "Tổng tiếp nhận = kỳ trước chuyển sang + tiếp nhận trong kỳ",
        "Received = carried over + new",
        "120 = 10 + 100",
    ),
    Rule(
        "sum.new",
        "sum",
        "error",
        "Tiếp nhận mới = trực tuyến + trực tiếp + bưu chính",
        "New = online + in person + postal",
        "100 = 60 + 30 + 5",
    ),
    Rule(
        "sum.in_person_postal",
        "sum",
        "error",
        "Trực tiếp, bưu chính = trực tiếp + bưu chính",
        "In person or postal = in person + postal",
        "35 = 20 + 14",
    ),
    Rule(
        "sum.resolved",
        "sum",
        "error",
        "Đã giải quyết = trước hạn + đúng hạn + quá hạn",
        "Resolved = early + on time + late",
        "100 = 80 + 15 + 4",
    ),
    Rule(
        "sum.early_or_on_time",
        "sum",
        "error",
        "Trước và đúng hạn = trước hạn + đúng hạn",
        "Early or on time = early + on time",
        "95 = 80 + 14",
    ),
    Rule(
        "sum.pending",
        "sum",
        "error",
        "Đang giải quyết = trong hạn + quá hạn",
        "Pending = in time + overdue",
        "20 = 17 + 2",
    ),
    Rule(
        "sum.balance",
        "sum",
        "error",
        "Tiếp nhận = đã giải quyết + đang giải quyết (+ trả lại, rút)",
        "Received = resolved + pending (+ returned, withdrawn)",
        "120 = 100 + 25",
    ),
    Rule(
        "sum.services",
        "sum",
        "error",
        "TTHC ≥ toàn trình + một phần",
        "Procedures ≥ full-process + partial",
        "127 < 30 + 101",
    ),
    Rule(
        "sum.assigned_tasks",
        "sum",
        "error",
        "Nhiệm vụ được giao ≥ đúng hạn + quá hạn",
        "Assigned tasks ≥ on time + late",
        "50 < 48 + 4",
    ),
    Rule(
        "sum.parts",
        "sum",
        "error",
        "Số tổng so với các phần “trong đó”, “gồm”",
        "A total against its stated parts",
        "50, gồm 30 và 25",
    ),
    Rule(
        "sum.levels",
        "sum",
        "error",
        "Toàn tỉnh = cấp tỉnh + cấp huyện + cấp xã",
        "Whole = sum of levels",
        "900 = 400 + 300 + 100",
    ),
    Rule(
        "sum.scopes",
        "sum",
        "error",
        "Toàn bộ = cộng các cấp, cơ quan hoặc lĩnh vực được liệt kê, khi một chỉ tiêu khác cho thấy danh sách đủ",
        "Whole = sum of the levels, offices or fields listed, where another indicator shows that the list is complete",
        "tiếp nhận 120 = 70 + 50 nhưng giải quyết 115 ≠ 68 + 40",
    ),
    Rule("sum.column", "sum", "error", "Dòng tổng cộng = tổng các dòng", "Total row = sum of rows", "Cộng 12 ≠ 5 + 6"),
    Rule(
        "sum.row",
        "sum",
        "error",
        "Cột tổng cộng = tổng các cột",
        "Total column = sum of columns",
        "Cả năm 40 ≠ 10 + 10 + 10 + 9",
    ),
    Rule("sum.formula", "sum", "error", "Công thức in trên biểu", "A formula that the form prints", "(3)=(4)+(5)+(6)"),
    Rule(
        "sum.deduction",
        "sum",
        "error",
        "Điểm trừ = tự chấm − thẩm định",
        "Deduction = self-score − verified",
        "0,75 = 1 − 0,5",
    ),
    Rule(
        "sum.mean",
        "sum",
        "error",
        "Dòng trung bình = tổng các dòng chia số dòng",
        "Row of means = sum of rows / their number",
        "TB 88,54 của các điểm có TB 88,45",
    ),
    Rule(
        "sum.change",
        "sum",
        "error",
        "Mức tăng, giảm = số kỳ này − số kỳ so sánh",
        "Change = this period − the one compared",
        "1.310, tăng 214 so với 1.146",
    ),
    Rule(
        "sum.growth",
        "sum",
        "error",
        "Tỷ lệ tăng, giảm so với kỳ so sánh",
        "Growth over the period compared",
        "176.033, tăng 12% so với 158.402",
    ),
    Rule(
        "sum.autonomy",
        "sum",
        "error",
        "ĐVSNCL = tổng bốn nhóm tự chủ",
        "Public units = four autonomy classes",
        "2 = 0 + 1 + 0 + 0",
    ),
    Rule(
        "sum.*",
        "sum",
        "error",
        "Dòng của biểu = tổng các dòng dưới mã của nó",
        "A form's row = sum of the rows under its code",
        "5.4 = 3; 5.4.1 = 1; 5.4.2 = 1",
    ),
    Rule(
        "ratio.rate_*",
        "ratio",
        "error",
        "Tỷ lệ không ra từ tử số và mẫu số nào được phép",
        "A rate no admissible counts can give",
        "7/33.451 ghi 0,2%",
    ),
    Rule(
        "ratio.share", "ratio", "error", "Tỷ lệ in cạnh số lượng", "A share printed with its count", "26/127 ghi 22,5%"
    ),
    Rule(
        "ratio.score", "ratio", "error", "Điểm = a/b × điểm tối đa", "Score = a/b × maximum", "9/170281 × 0,5 = 0,0003"
    ),
    Rule(
        "ratio.*",
        "ratio",
        "error",
        "Tỷ lệ của một chỉ tiêu khác ghi kèm tử số, mẫu số",
        "A rate of another indicator beside its counts",
        "26/127 ghi 22,5%",
    ),
    Rule(
        "repeat.*", "repeat", "error", "Một chỉ tiêu ghi hai giá trị", "One indicator stated twice", "33.451 và 33.437"
    ),
    Rule(
        "bound.*",
        "bound",
        "error",
        "Phần lớn hơn toàn thể; điểm vượt tối đa; hạng vượt số đơn vị",
        "A part above its whole",
        "12 quá hạn trong 10",
    ),
    Rule("bound.share", "bound", "error", "Tỷ lệ ngoài 0–100", "A share outside 0–100", "104,2% hồ sơ đúng hạn"),
    Rule(
        "claim.no_late",
        "claim",
        "error",
        "“Không có hồ sơ trễ hạn” nhưng có số trễ hạn",
        "A stated zero beside a figure",
        "không trễ hạn; trễ 7",
    ),
    Rule(
        "claim.no_*",
        "claim",
        "error",
        "“Không có hồ sơ trả lại, tồn …” nhưng có số",
        "Another stated zero beside a figure",
        "không có hồ sơ trả lại; trả lại 5",
    ),
    Rule(
        "claim.late_status",
        "claim",
        "warning",
        "Hồ sơ trễ vừa đã giải quyết vừa đang xử lý",
        "Late dossiers both resolved and pending",
        "7 trễ hạn; 7 đang xử lý",
    ),
    Rule(
        "count.*",
        "count",
        "warning",
        "Số văn bản, tiêu chí khác danh sách đi kèm",
        "A count beside a list of another length",
        "04 quyết định, kê 3",
    ),
    Rule(
        "count.legal_docs",
        "count",
        "warning",
        "Số VBQPPL ít hơn số được nêu tên",
        "Fewer normative documents than named",
        "0; 05/2024/QĐ-UBND",
    ),
    Rule("date.impossible", "date", "error", "Ngày không tồn tại", "A date that does not exist", "31/6/2023"),
    Rule(
        "date.cited_after_report",
        "date",
        "error",
        "Văn bản viện dẫn có ngày sau báo cáo",
        "A cited document later than the report",
        "BC 10/6; QĐ 20/6",
    ),
    Rule(
        "date.two_dates",
        "date",
        "error",
        "Một văn bản ghi hai ngày",
        "One document with two dates",
        "12/QĐ-X 1/3 và 3/1",
    ),
    Rule(
        "date.year_mismatch",
        "date",
        "error",
        "Năm trong số hiệu khác năm ban hành",
        "Year in the number differs from the date",
        "61/2018 ngày 23/4/2019",
    ),
    Rule(
        "date.period_ends_after_report",
        "date",
        "error",
        "Kỳ số liệu kết thúc sau ngày báo cáo",
        "The period ends after the report",
        "đến 14/6; BC 05/6",
    ),
    Rule(
        "date.series_order",
        "date",
        "warning",
        "Số văn bản ngược thứ tự ngày",
        "A number out of order in its series",
        "09 ngày 6/3; 12 ngày 6/2",
    ),
    Rule(
        "date.nonstandard_period",
        "date",
        "info",
        "Kỳ chốt số liệu khác quy định",
        "Non-standard closing window",
        "01/01–15/12",
    ),
    Rule("form.missing_row", "form", "warning", "Biểu thiếu dòng", "A row code is skipped", "1.2.1 rồi 1.2.3"),
    Rule("form.duplicate_row", "form", "warning", "Mã dòng trùng", "A row code is used twice", "4.3.4 hai lần"),
    Rule("form.blank_cell", "form", "warning", "Ô bắt buộc để trống", "A required cell is empty", "1.5 trống"),
    Rule("header.number_blank", "header", "info", "Để trống số văn bản", "Blank document number", "Số: /BC-SCT"),
    Rule("header.day_blank", "header", "info", "Để trống ngày ban hành", "Blank day of issue", "ngày tháng 12"),
    Rule("header.no_period", "header", "info", "Không nêu kỳ báo cáo", "No reporting period", ""),
    Rule(
        "header.mixed_number_format",
        "header",
        "info",
        "Cách viết số không thống nhất",
        "Mixed number notation",
        "33.451 và 33437",
    ),
)
