"""The Sở of a province before and after the mergers of February–March 2025, with what a quarter brings them.

Names, abbreviations and the note which Sở absorbed which are those of extractors/vocabulary/agencies.csv.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Office:
    """A Sở: `base` dossiers in a quarter of an ordinary province, `today` the name after 2025, `fields` its lĩnh vực."""

    name: str
    short: str
    code: str
    base: int
    today: str
    fields: tuple[str, ...]


_OF_THE_TIME: Final = (
    Office("Sở Giao thông vận tải", "Sở GTVT", "SGTVT", 9000, "Sở Xây dựng", ("đường bộ", "đường thủy nội địa", "đăng kiểm")),
    Office("Sở Tài nguyên và Môi trường", "Sở TN&MT", "STNMT", 5200, "Sở Nông nghiệp và Môi trường", ("đất đai", "môi trường", "khoáng sản")),
    Office("Sở Tư pháp", "Sở Tư pháp", "STP", 2600, "Sở Tư pháp", ("lý lịch tư pháp", "hộ tịch", "công chứng")),
    Office("Sở Công Thương", "Sở Công Thương", "SCT", 3800, "Sở Công Thương", ("xúc tiến thương mại", "hóa chất", "điện")),
    Office("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", "SKHĐT", 1500, "Sở Tài chính", ("đăng ký doanh nghiệp", "đấu thầu", "đầu tư tại Việt Nam")),
    Office("Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TBXH", "SLĐTBXH", 1100, "Sở Nội vụ", ("người có công", "việc làm", "bảo trợ xã hội")),
    Office("Sở Y tế", "Sở Y tế", "SYT", 700, "Sở Y tế", ("khám bệnh, chữa bệnh", "dược phẩm", "an toàn thực phẩm")),
    Office("Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT", "SNN", 380, "Sở Nông nghiệp và Môi trường", ("trồng trọt", "thú y", "lâm nghiệp")),
    Office("Sở Xây dựng", "Sở Xây dựng", "SXD", 260, "Sở Xây dựng", ("hoạt động xây dựng", "nhà ở", "quy hoạch")),
    Office("Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "SGDĐT", 160, "Sở Giáo dục và Đào tạo", ("văn bằng, chứng chỉ", "giáo dục trung học", "thi, tuyển sinh")),
    Office("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", "SVHTTDL", 130, "Sở Văn hóa, Thể thao và Du lịch", ("văn hóa", "thể dục thể thao", "du lịch")),
    Office("Sở Nội vụ", "Sở Nội vụ", "SNV", 110, "Sở Nội vụ", ("thi đua, khen thưởng", "tổ chức phi chính phủ", "công chức, viên chức")),
    Office("Sở Thông tin và Truyền thông", "Sở TT&TT", "STTTT", 60, "Sở Khoa học và Công nghệ", ("báo chí", "xuất bản, in", "bưu chính")),
    Office("Sở Khoa học và Công nghệ", "Sở KH&CN", "SKHCN", 45, "Sở Khoa học và Công nghệ", ("tiêu chuẩn đo lường", "an toàn bức xạ", "sở hữu trí tuệ")),
    Office("Sở Tài chính", "Sở Tài chính", "STC", 30, "Sở Tài chính", ("quản lý giá", "quản lý công sản", "tin học, thống kê")),
)  # fmt: skip
_NEW: Final = (
    Office("Ban Quản lý khu kinh tế", "BQL Khu kinh tế", "BQLKKT", 90, "Ban Quản lý khu kinh tế", ("đầu tư", "lao động", "xây dựng")),
    Office("Sở Dân tộc và Tôn giáo", "Sở DT&TG", "SDTTG", 40, "Sở Dân tộc và Tôn giáo", ("tín ngưỡng, tôn giáo", "công tác dân tộc", "thi đua")),
    Office("Sở Nông nghiệp và Môi trường", "Sở NN&MT", "SNNMT", 5500, "Sở Nông nghiệp và Môi trường", ("đất đai", "trồng trọt", "thú y")),
)  # fmt: skip
ECONOMIC_ZONE, ETHNIC = (office.name for office in _NEW[:2])
OFFICES: Final = {office.name: office for office in (*_OF_THE_TIME, *_NEW)}
NAMES: Final = tuple(office.name for office in _OF_THE_TIME)


def fields(office: str, count: int) -> tuple[str, ...]:
    """`count` names of lĩnh vực of an office; beyond those that it has by name, numbered groups."""
    own = [f"lĩnh vực {name}" for name in OFFICES[office].fields] if office in OFFICES else []
    return tuple((own + [f"lĩnh vực khác, nhóm {n}" for n in range(1, count + 1)])[:count])
