"""The letterhead of a sample report and its label."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.reports.truth import Json

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NAMES = {"BC": "BÁO CÁO", "TB": "THÔNG BÁO"}


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead; `printed_parent` and `printed_body` are the lines in capitals, `accept` other right labels."""

    number: str
    symbol: str
    body: str
    parent: str
    printed_body: str
    printed_parent: str
    province: str
    place: str
    issued: tuple[int, int, int]
    title: str
    post: tuple[str, ...]
    signer: str
    kind: str = "BC"
    accept: dict[str, list[str | None]] = field(default_factory=dict)

    def date(self) -> str:
        """The day in words, with the noughts that Nghị định 30/2020/NĐ-CP asks for."""
        year, month, day = self.issued
        return f"ngày {day:02d} tháng {month if month > 2 else f'{month:02d}'} năm {year}"

    def short(self) -> str:
        """The day in figures: "05/3/2024", "12/01/2024"."""
        year, month, day = self.issued
        return f"{day:02d}/{month if month > 2 else f'{month:02d}'}/{year}"

    def iso(self) -> str:
        """The day as yyyy-mm-dd."""
        year, month, day = self.issued
        return f"{year}-{month:02d}-{day:02d}"

    def label(self) -> Json:
        """The header as the labels hold it."""
        year, month, day = self.issued
        return {
            "doc_type": self.kind,
            "number": self.number,
            "symbol": self.symbol,
            "issuing_body": self.body,
            "parent_body": self.parent,
            "province": self.province,
            "place": self.place,
            "issued": {"year": year, "month": month, "day": day},
            "title": self.title,
            "signer": self.signer,
            **{f"{key}_accept": answers for key, answers in self.accept.items()},
        }
