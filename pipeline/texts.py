"""What the program says, in Vietnamese and English, and how figures, dates and places read in each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from extractors.model import Language

# key: (Vietnamese, English); {names} are filled by `Texts.__call__`
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # commands
    "app": (
        "Soát: kiểm tra số liệu báo cáo cải cách hành chính và lưu lịch sử.",
        "Soát: checks the figures of administrative-reform reports and keeps their history.",
    ),
    "run": (
        "Đọc, kiểm tra và đưa báo cáo vào kho dữ liệu.",
        "Read reports, check them and land them in the warehouse.",
    ),
    "inspect": (
        "Xem mọi điều đọc được từ từng tệp, không dùng kho.",
        "Show all that is read from each file; no warehouse is involved.",
    ),
    "sql": ("Truy vấn kho dữ liệu (chỉ đọc).", "Query the warehouse (read only)."),
    "history_of": (
        "Xem một chỉ tiêu qua các kỳ, theo tỉnh, thành phố ngày nay hoặc của thời điểm báo cáo.",
        "Show an indicator over the periods, under the provinces of today or of the time.",
    ),
    "verify": ("Kiểm tra kho dữ liệu còn nguyên vẹn.", "Check that the warehouse is whole."),
    "export": (
        "Xuất các khung nhìn của kho cho chương trình khác.",
        "Export the warehouse's views for other programs.",
    ),
    "parquet": (
        "Thư mục Parquet sẽ ghi, chia theo năm; chưa được có.",
        "The folder of Parquet to write, by year; it must not exist.",
    ),
    "csv": (
        "Thư mục CSV sẽ ghi, mở được bằng Excel; chưa được có.",
        "The folder of CSV to write, for a spreadsheet; it must not exist.",
    ),
    "xlsx": ("Tệp Excel sẽ ghi; chưa được có.", "The Excel file to write; it must not exist."),
    "decide": (
        "Ghi quyết định của cán bộ về một phát hiện.",
        "Record what an officer decides on a finding.",
    ),
    "retract": (
        "Rút một tệp đưa vào kho do nhầm; không xóa dữ kiện.",
        "Withdraw a file that was landed by mistake; no fact is deleted.",
    ),
    "rebuild": (
        "Ghi lại kho từ những gì kho đang giữ, hoặc đọc lại từ các tệp.",
        "Write the warehouse anew from what it holds, or read the files again.",
    ),
    "backup": ("Sao kho dữ liệu ra một tệp khác.", "Copy the warehouse to another file."),
    "rules": (
        "Liệt kê các quy tắc kiểm tra, kèm độ đúng và độ đủ đo được trên các báo cáo đã gán nhãn.",
        "List the rules, with precision and recall as measured on labelled reports.",
    ),
    "indicators": ("Liệt kê các chỉ tiêu.", "List the indicators."),
    "doctor": ("Kiểm tra máy có đủ công cụ cần thiết.", "Check that this machine has what is needed."),
    # arguments and options
    "paths": ("Tệp hoặc thư mục báo cáo.", "Reports, or folders of reports."),
    "files": ("Tệp báo cáo.", "Reports."),
    "query": ("Câu lệnh SQL.", "The SQL statement."),
    "warehouse": ("Tệp kho dữ liệu DuckDB.", "The DuckDB file of the warehouse."),
    "lake": (
        "Hồ Parquet dùng thay kho: thư mục hoặc địa chỉ fsspec.",
        "A lake of Parquet instead of the warehouse: a folder or an fsspec address.",
    ),
    "compact": ("Gộp các phần nhỏ của hồ Parquet.", "Merge the small parts of a lake."),
    "json": ("In JSON Lines theo hợp đồng soat.report/1.", "Print JSON Lines, contract soat.report/1."),
    "jobs": ("Số tiến trình đọc song song.", "How many files to read at once."),
    "lang": ("Ngôn ngữ hiển thị; biến SOAT_LANG đặt mặc định.", "Language shown; SOAT_LANG sets the default."),
    "indicator_id": ("Mã chỉ tiêu, xem soat indicators.", "Id of the indicator, see soat indicators."),
    "of_province": ("Chỉ tỉnh, thành phố này.", "Only this province."),
    "of_office": ("Chỉ cơ quan có tên chứa chữ này.", "Only offices whose name holds this."),
    "of_the_time": (
        "Theo tỉnh, thành phố của thời điểm báo cáo, không cộng các đơn vị đã sáp nhập.",
        "Under the provinces of the time; units that were merged are not added up.",
    ),
    "document": (
        "Đường dẫn của tệp như khi đưa vào kho, hoặc mã băm SHA-256.",
        "Path of the file as it was landed, or its SHA-256.",
    ),
    "finding_id": ("Mã phát hiện, xem open_findings.", "Id of the finding, see open_findings."),
    "decision": (
        "accepted (đã ghi nhận), dismissed (không phải lỗi) hoặc corrected (đã yêu cầu sửa).",
        "accepted (noted), dismissed (no fault) or corrected (the office mends it).",
    ),
    "by": ("Người quyết định.", "Who decides."),
    "with_note": ("Ghi chú.", "A note."),
    "reason": ("Lý do, không để trống.", "The reason; not empty."),
    "undo": ("Đưa lại tệp đã rút.", "Put back what was withdrawn."),
    "from_files": (
        "Đọc lại mọi tệp còn trên đĩa bằng bản Soát này trước khi ghi lại.",
        "First read every file that still stands again, with this Soát.",
    ),
    "copy": ("Tệp sẽ ghi; chưa được có.", "The file to write; it must not exist."),
    "format": ("Dạng kết quả: table, csv hoặc json.", "Shape of the result: table, csv or json."),
    "exit_zero": (
        "Trả mã 0 cả khi có lỗi trong báo cáo hoặc tệp không đọc được.",
        "Exit 0 even where errors are found or a file cannot be read.",
    ),
    "help": ("Hiện trợ giúp này.", "Show this help."),
    "version": ("In phiên bản.", "Print the version."),
    # reports
    "report": ("Báo cáo", "Report"),
    "office": ("Cơ quan", "Office"),
    "period": ("Kỳ", "Period"),
    "figures": ("Số liệu", "Figures"),
    "unread": ("Chưa đọc", "Unread"),
    "errors": ("Lỗi", "Errors"),
    "warnings": ("Cảnh báo", "Warn."),
    "file": ("Tệp", "File"),
    "unknown": ("(không rõ)", "(unknown)"),
    "kind": ("Loại văn bản", "Type"),
    "number": ("Số, ký hiệu", "Number"),
    "blank": ("…", "…"),
    "issued": ("Ngày", "Date"),
    "title": ("Trích yếu", "Title"),
    "signer": ("Người ký", "Signer"),
    "source": ("Tệp nguồn", "Source"),
    "ocr": ("nhận dạng từ ảnh", "recognised from images"),
    "pages": ("{n} trang", "{n} pages"),
    "coverage": ("Cụm chữ số", "Runs of digits"),
    "coverage_line": (
        "đọc được {read}/{total} số: {observation} số liệu, {citation} viện dẫn, {date} ngày tháng, {numbering} đánh số, "
        "{ignored} bỏ qua, {unread} chưa đọc",
        "{read} of {total} numbers read: {observation} figures, {citation} citations, {date} dates, {numbering} numbering, "
        "{ignored} ignored, {unread} unread",
    ),
    "unread_list": ("Chưa đọc được", "Not read"),
    "figure": ("Số", "Figure"),
    "meaning": ("Chỉ tiêu · đoạn trích", "Indicator · quote"),
    "place": ("Chỗ", "Place"),
    "citations": ("Văn bản viện dẫn", "Documents cited"),
    "key": ("Số hiệu", "Key"),
    "checks": ("Phép kiểm", "Checks"),
    "checks_line": (
        "{total} phép kiểm: {ok} đúng, {rounding} lệch do làm tròn, {error} sai, {cannot_tell} không đủ căn cứ",
        "{total} checks: {ok} hold, {rounding} rounding, {error} fail, {cannot_tell} cannot tell",
    ),
    "approx": ("khoảng", "about"),
    "signature": ("Chữ ký số", "Digital signature"),
    "signature_intact": ("nội dung còn nguyên từ khi ký", "what was signed is unchanged"),
    "signature_broken": ("nội dung đã bị thay đổi sau khi ký", "what was signed was changed afterwards"),
    "signature_changed": ("tệp bị sửa thêm sau khi ký", "the file was changed after signing"),
    "signature_unclear": ("chưa kiểm tra được", "could not be checked"),
    "warning_of_reader": ("Lưu ý khi đọc", "Notes of the reader"),
    # findings
    "findings": ("Cần xem lại", "To look at"),
    "no_findings": ("Không phát hiện gì cần xem lại.", "Nothing to look at."),
    "error": ("LỖI", "ERROR"),
    "warning": ("CẢNH BÁO", "WARNING"),
    "info": ("LƯU Ý", "NOTE"),
    "at": ("Chỗ", "Place"),
    "quote": ("Trích", "Quote"),
    "arithmetic": ("Phép tính", "Arithmetic"),
    "suggestion": ("Đề nghị", "Suggestion"),
    "change": ("sửa {old} thành {new}", "change {old} to {new}"),
    "see": ("So với", "Compare"),
    "history": ("Đối chiếu với các báo cáo trong kho", "Against the reports in the warehouse"),
    "refused": ("Không đọc được", "Could not be read"),
    "summary": (
        "{files} tệp: {new} mới, {reread} đọc lại khác trước, {known} đã có, {refused} không đọc được · "
        "{errors} lỗi, {warnings} cảnh báo, {infos} lưu ý",
        "{files} files: {new} new, {reread} read anew, {known} known, {refused} not read · "
        "{errors} errors, {warnings} warnings, {infos} notes",
    ),
    "waiting": (
        "Đang chờ kho {path}: tiến trình {program} (PID {pid}) đang mở.",
        "Waiting for the warehouse {path}: process {program} (PID {pid}) has it open.",
    ),
    "export_where": (
        "Cho biết xuất ra đâu: --parquet, --csv hoặc --xlsx.",
        "Say where to: --parquet, --csv or --xlsx.",
    ),
    "compacted": (
        "Hồ: {parts} phần; đã gộp {merged} phần thành {written}, xóa {deleted} phần cũ.",
        "The lake: {parts} parts; {merged} merged into {written}, {deleted} old ones deleted.",
    ),
    "decided": ("{document}: phát hiện {finding} — {decision}.", "{document}: finding {finding}: {decision}."),
    "retracted": ("Đã rút {document}.", "{document} is withdrawn."),
    "restored": ("Đã đưa lại {document}.", "{document} is back."),
    "rebuilt": (
        "Kho đã ghi lại: {rows} dòng, {before} MB còn {after} MB.",
        "Written anew: {rows} rows, {before} MB before and {after} MB now.",
    ),
    "files_gone": (
        "{files} tệp không còn trên đĩa: giữ dữ kiện đã có.",
        "{files} files are gone: their facts are kept.",
    ),
    "landed": ("Kho: {warehouse}", "Warehouse: {warehouse}"),
    "reading": ("Đang đọc", "Reading"),
    "nothing": ("Không có tệp nào để đọc.", "There is no file to read."),
    "rows": ("{n} dòng", "{n} rows"),
    "rule": ("Quy tắc", "Rule"),
    "family": ("Nhóm", "Family"),
    "severity": ("Mức", "Severity"),
    "says": ("Nội dung", "What it says"),
    "example": ("Ví dụ", "Example"),
    "tested": ("Số lần kiểm", "Tested"),
    "precision": ("Độ đúng", "Precision"),
    "recall": ("Độ đủ", "Recall"),
    "id": ("Mã", "Id"),
    "name_vi": ("Tên", "Name"),
    "name_en": ("Tên", "Name"),
    "reference": ("Căn cứ", "Reference"),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "name": ("Tên", "Name"),
    "unit": ("Đơn vị", "Unit"),
    "hint": ("Xem cách dùng: {command} --help", "Usage: {command} --help"),
    "interrupted": ("Đã dừng.", "Interrupted."),
    # history of an indicator
    "province": ("Tỉnh, thành phố", "Province"),
    "value": ("Giá trị", "Value"),
    "difference": ("Tăng, giảm", "Change"),
    "trend": ("Diễn biến", "Trend"),
    "note": ("Ghi chú", "Note"),
    "of_year": ("năm {year}", "{year}"),
    "of_quarter": ("quý {index}/{year}", "Q {index}/{year}"),
    "of_month": ("tháng {index}/{year}", "month {index}/{year}"),
    "of_half": ("6 tháng {index}/{year}", "half {index}/{year}"),
    "of_nine_months": ("9 tháng/{year}", "nine months/{year}"),
    "parts_missing": ("mới có {parts}/{expected} đơn vị", "{parts} of {expected} units"),
    "disputed": ("báo cáo nêu nhiều giá trị", "stated with several values"),
    # verify and backup
    "probe": ("Phép kiểm", "Check"),
    "examined": ("Đã kiểm", "Examined"),
    "wrong": ("Sai", "Wrong"),
    "probe_keys": ("khóa: {table}", "key: {table}"),
    "probe_links": ("liên kết: {table} → {other}", "link: {table} → {other}"),
    "probe_order": ("thứ tự không hụt: {table}", "order without gaps: {table}"),
    "probe_readings": ("văn bản đã có lần đọc", "documents have a reading"),
    "probe_digits": ("tổng các cụm chữ số của lần đọc", "runs of digits of a reading add up"),
    "probe_values": ("giá trị khớp chữ số đã in", "values are the digits as printed"),
    "probe_dossiers": ("số hồ sơ của cơ quan khớp số liệu", "an office's own counts are those of its figures"),
    "probe_parts": ("phần của hồ còn đủ tệp", "parts of the lake have all their files"),
    "probe_strays": ("tệp không thuộc phần nào", "files of no part"),
    "probe_duplicates": ("lần đọc có ở nhiều phần", "readings in several parts"),
    "probe_bytes": ("tệp trên đĩa đúng mã băm", "files on disk have their hash"),
    "gone": ("{n} tệp không còn ở chỗ cũ", "{n} files are no longer where they were"),
    "whole": ("Kho nguyên vẹn.", "The warehouse is whole."),
    "copied": ("Đã sao {rows} dòng sang {path}.", "{rows} rows were copied to {path}."),
    # doctor
    "component": ("Thành phần", "Component"),
    "state": ("Tình trạng", "State"),
    "detail": ("Chi tiết", "Detail"),
    "present": ("có", "present"),
    "missing": ("thiếu", "missing"),
    "install_with": ("cài bằng: {command}", "install with: {command}"),
    "needed_for": ("cần cho {purpose}", "needed for {purpose}"),
    "doctor_ocr": ("đọc bản quét", "reading scans"),
    "doctor_archives": ("đọc tệp .7z, .rar", "reading .7z and .rar files"),
    "doctor_signatures": ("đọc chữ ký số của PDF", "reading the signatures of PDFs"),
    "doctor_doc": ("đọc tệp .doc, .rtf, .odt", "reading .doc, .rtf and .odt files"),
    "doctor_browser": ("kiểm thử giao diện", "testing the web page"),
    "doctor_readable": ("đọc được", "readable"),
    "doctor_absent": ("chưa có, lần chạy đầu sẽ tạo", "not there yet, the first run makes it"),
}

_PARTS: Final = {
    "p": ("đoạn", "paragraph"),
    "t": ("bảng", "table"),
    "r": ("dòng", "row"),
    "c": ("cột", "column"),
    "h": ("đầu trang, đoạn", "page header, paragraph"),
    "f": ("chân trang, đoạn", "page footer, paragraph"),
    "n": ("chú thích", "footnote"),
    "x": ("khung chữ", "text box"),
    "s": ("trang tính", "sheet"),
}
_LOCATOR_PART = re.compile(r"([a-z])(\d+)")
_DECIMAL = re.compile(r"(-?)(\d+)(?:\.(\d+))?")


class Told(Exception):
    """A failure that people are told in both languages, without a stack trace; `exit_code` is the program's."""

    def __init__(self, vi: str, en: str, exit_code: int = 3) -> None:
        super().__init__(en)
        self.vi, self.en, self.exit_code = vi, en, exit_code

    def said(self, language: Language) -> str:
        """The text in one language."""
        return self.vi if language == "vi" else self.en


class Texts:
    """The texts of one language: `texts("pages", n=3)`."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._side = 0 if language == "vi" else 1

    def __call__(self, key: str, **values: object) -> str:
        text = _TEXTS[key][self._side]
        return text.format(**values) if values else text

    def number(self, text: str | None) -> str:
        """A decimal string as people write it: "33451.5" is 33.451,5 in Vietnamese; other text stays as it is."""
        found = _DECIMAL.fullmatch(text or "")
        if found is None:
            return text or ""
        sign, whole, decimals = found.groups()
        thousands, point = (".", ",") if self.language == "vi" else (",", ".")
        grouped = f"{int(whole):,}".replace(",", thousands)
        return sign + grouped + (point + decimals if decimals else "")

    def day(self, iso: str | None) -> str:
        """An ISO date as dd/mm/yyyy (both languages: the documents are Vietnamese)."""
        return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else ""

    def share(self, part: int, whole: int) -> str:
        """A share in per cent with one decimal; a dash of nothing."""
        if not whole:
            return "–"
        tenths = (2000 * part + whole) // (2 * whole)
        return self.number(f"{tenths // 10}.{tenths % 10}") + "%"

    def place(self, page: int | None, locator: str) -> str:
        """An address in words: "trang 3, bảng 2, dòng 5, cột 4"."""
        named = [f"{self._part('page')} {page}"] if page else []
        found = [_LOCATOR_PART.fullmatch(part) for part in locator.split("/")]
        for part, match in zip(locator.split("/"), found, strict=True):
            named.append(f"{self._part(match[1])} {match[2]}" if match and match[1] in _PARTS else part)
        return ", ".join(name for name in named if name)

    def _part(self, letter: str) -> str:
        return ("trang", "page")[self._side] if letter == "page" else _PARTS[letter][self._side]


def translator(language: Language) -> Callable[[str], str]:
    """The text of a key, or the key itself where it is none: for help texts that are declared by key."""
    side = 0 if language == "vi" else 1
    return lambda key: _TEXTS[key][side] if key in _TEXTS else key
