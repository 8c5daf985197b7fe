"""The sample reports, one function each; `ALL` lists them all."""

from __future__ import annotations

from collections.abc import Callable

from tests.reports.report import Report
from tests.reports.samples.bac_kan_2024 import bac_kan_2024
from tests.reports.samples.cao_bang_par_2024 import cao_bang_par_2024
from tests.reports.samples.dien_bien_2025_q1 import dien_bien_2025_q1
from tests.reports.samples.ha_giang_2022_6t import ha_giang_2022_6t
from tests.reports.samples.hau_giang_2022_t10 import hau_giang_2022_t10
from tests.reports.samples.kon_tum_2024_6t import kon_tum_2024_6t
from tests.reports.samples.ky_anh_2024_q3 import ky_anh_2024_q3
from tests.reports.samples.phu_quy_2025 import phu_quy_2025
from tests.reports.samples.phu_yen_2023_9t import phu_yen_2023_9t
from tests.reports.samples.quang_ngai_2021 import quang_ngai_2021
from tests.reports.samples.sam_son_2026_q1 import sam_son_2026_q1
from tests.reports.samples.so_xay_dung import nam_dinh_2024_q2
from tests.reports.samples.soc_trang_2022_6t import soc_trang_2022_6t
from tests.reports.samples.tuyen_quang_2023 import tuyen_quang_2023

ALL: tuple[Callable[[], Report], ...] = (
    nam_dinh_2024_q2,
    bac_kan_2024,
    quang_ngai_2021,
    ha_giang_2022_6t,
    phu_yen_2023_9t,
    tuyen_quang_2023,
    soc_trang_2022_6t,
    kon_tum_2024_6t,
    dien_bien_2025_q1,
    cao_bang_par_2024,
    phu_quy_2025,
    ky_anh_2024_q3,
    sam_son_2026_q1,
    hau_giang_2022_t10,
)
