"""The sample reports, one function each; `ALL` lists them in the order of their files."""

from __future__ import annotations

from collections.abc import Callable

from tests.reports.report import Report
from tests.reports.samples.bac_kan_2024 import bac_kan_2024
from tests.reports.samples.so_xay_dung import nam_dinh_2024_q2

ALL: tuple[Callable[[], Report], ...] = (nam_dinh_2024_q2, bac_kan_2024)
