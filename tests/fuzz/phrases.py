"""What texts of each target are put together from: the words that its patterns look for, and what disturbs them."""

from __future__ import annotations

_DIGITS = tuple("0123456789")
_MARKS = (
    " ",
    "  ",
    "\n",
    ".",
    ",",
    ";",
    ":",
    "-",
    "–",
    "/",
    "(",
    ")",
    "%",
    "=",
    "+",
    "…",
    "_",
    "\u00a0",
    "\u00ad",
    "²",
    "٣",
    "İ",
    "ẞ",
    "\u0301",
)

NUMBERS = (
    *_DIGITS, *_MARKS, "000", "123", "1.234", "12,5", "0,000", "18 000", "x", "×", "X", "*", "\\times", "≈", "H23", "3D", "13h30", "m2",
    "nghìn", "ngàn", "triệu", "tỷ", "tỉ lệ", "phần trăm", "hồ sơ", "TTHC", "điểm", "người", "văn bản", "năm", "tháng", "ngày", "quý", "gần",
    "khoảng", "hơn", "trên", "đạt", "là", "giảm", "tăng trưởng", "cùng kỳ", "không có", "chưa phát sinh", "không để xảy ra", "trễ hạn",
    "quá hạn", "trả lại", "phấn đấu", "một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười", "mươi", "mốt", "tư", "lăm", "trăm",
    "linh", "lẻ", "không", "thứ", "trong", "nửa",
)  # fmt: skip
DATES = (
    *_DIGITS, *_MARKS, "ngày", "tháng", "năm", "từ", "đến", "tới", "hết", "hết ngày", "và", "hàng", "hằng", "mỗi", "quý", "trước", "vào", "T",
    "AM", "PM", "lúc", "giờ", "h", ":30", "2024", "2025", "1999", "0000", "0001", "9999", "19", "20", "31/6/2024", "1/2/2024", "29/2/2023",
    "15/12", "12/2024", "giai đoạn", "nhiệm kỳ", "hồ sơ", "điểm", "...",
)  # fmt: skip
PERIODS = (
    *_DIGITS, *_MARKS, "tuần", "tuần thứ", "tháng", "quý", "Quý", "I", "II", "III", "IV", "iv", "đầu", "cuối", "năm", "đầu năm", "cuối năm",
    "sáu", "chín", "ba", "mười", "06", "53", "2024", "2025", "1999", "0000", "0001", "9999", "giai đoạn", "ngày", "báo cáo", "kết quả",
    "tiếp nhận", "giải quyết", "trong kỳ", "so với", "cùng kỳ", "kế hoạch", "phương hướng", "từ ngày", "đến ngày", "đến hết ngày", "số", "của",
    "15/12/2023", "14/12/2024", "15/5/2024", "14/6/2024", "01/01/2024", "31/12/2024", "30/6/2024", "1/1/0001", "31/12/9999", "tập huấn",
)  # fmt: skip
CITATIONS = (
    *_DIGITS, *_MARKS, "số", "Số", "ngày", "tháng", "năm", "của", "Quyết định", "Kế hoạch", "Nghị định", "Nghị quyết", "Công văn", "Luật",
    "Thông tư", "Kết luận", "Văn bản", "Bộ chỉ số", "văn bản số", "QĐ", "QÐ", "QD", "KH", "BC", "NĐ", "NQ", "KL", "CTr", "TT", "TTLT", "L", "UBND",
    "HĐND", "HDND", "CP", "TTg", "TU", "TW", "SCT", "SNV", "VP", "BNV", "CTN", "QH15", "UBTVQH14", "VBHN", "NĐ-CP", "QĐ-UBND", "QĐUBND",
    "/2023/", "2023", "61", "707", "66.25", "30c", "1.578", "Sở Công Thương", "UBND tỉnh", "Chính phủ", "Thủ tướng Chính phủ", "về", "và", "hồ sơ",
    "15/6", "28/9/2023", "31/02/2023", "ban hành", "H23.02-200922-0005", "1.004616", "TCVN ISO 9001:2015", "II.06a/VPCP/KSTT", "Mẫu số",
    "Điều", "khoản", "24/7", "www.", ".gov.vn", "a@b.vn", "0912 345 678", "ĐT",
)  # fmt: skip
LETTERS = (
    *_MARKS, "hồ sơ", "33.451", "hoà", "hòa", "quý", "quỳ", "uỳ", "oÀ", "OÀ", "thuỷ", "khoẻ", "Ð", "ð", "đ", "\r\n", "\r", "\t", "\x00", "\u2028",
    "\u200b", "\ufeff", "\ufffe", "\uf0b7", "\u0300", "\u0323", "\u0302", "\u0309", "\u0345", "e\u0323\u0302", "a\u0300\u0323b", "o", "a", "u", "y", "q",
    "à", "ẹ", "ỹ", "½", "ﬁ", "가", "\u1100\u1161", "😀", "\u2044", "％", "\u0344", "\u0f73", "\U0001d15e", "Å",
)  # fmt: skip
