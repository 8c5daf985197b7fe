-- The history of the provinces as they are today and as they were. A unit that was merged is not renamed backwards: before
-- the merger today's unit is the sum of those that made it, and the sum says whether all of them are there.

CREATE OR REPLACE VIEW dossiers_of_the_time AS
-- several reports of one office may state a period: the one that is about that period counts, and of those the last landed
SELECT
    v.province, v.province_today, v.issuing_body, d.indicator, d.period_kind, d.period_year, d.period_index, d.period_start,
    d.period_end, d.value, d.disputed, d.quote, d.reading, v.path
FROM own_dossiers d
JOIN report_versions v ON v.reading = d.reading AND v.is_latest
WHERE v.province IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY d.point
    ORDER BY
        v.period_start IS NOT DISTINCT FROM d.period_start AND v.period_end IS NOT DISTINCT FROM d.period_end DESC,
        v.landed_at DESC, v.path DESC, d.reading
) = 1;
COMMENT ON VIEW dossiers_of_the_time IS 'Số hồ sơ theo tỉnh, thành phố của thời điểm báo cáo';
COMMENT ON COLUMN dossiers_of_the_time.province IS 'Tỉnh, thành phố như khi báo cáo';
COMMENT ON COLUMN dossiers_of_the_time.province_today IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN dossiers_of_the_time.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN dossiers_of_the_time.indicator IS 'Chỉ tiêu';
COMMENT ON COLUMN dossiers_of_the_time.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN dossiers_of_the_time.period_year IS 'Năm';
COMMENT ON COLUMN dossiers_of_the_time.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN dossiers_of_the_time.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN dossiers_of_the_time.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN dossiers_of_the_time.value IS 'Giá trị nêu lần đầu';
COMMENT ON COLUMN dossiers_of_the_time.disputed IS 'Báo cáo nêu nhiều giá trị khác nhau';
COMMENT ON COLUMN dossiers_of_the_time.quote IS 'Đoạn chữ quanh giá trị';
COMMENT ON COLUMN dossiers_of_the_time.reading IS 'Lần đọc';
COMMENT ON COLUMN dossiers_of_the_time.path IS 'Đường dẫn';

CREATE OR REPLACE VIEW dossiers_today AS
WITH summed AS (
    SELECT
        province_today AS province, issuing_body, indicator, period_kind, period_year, period_index, period_start, period_end,
        sum(value) AS value, bool_or(disputed) AS disputed, count(*) AS parts, list_sort(list(province)) AS provinces
    FROM dossiers_of_the_time
    WHERE province_today IS NOT NULL
    GROUP BY ALL
),
expected AS (
    -- names that were in force on the last day of a period and belong to today's unit
    SELECT s.province, s.period_end, count(p.name) AS units
    FROM (SELECT DISTINCT province, period_end FROM summed) s
    LEFT JOIN provinces p
        ON p.name_today = s.province
        AND (p.valid_from IS NULL OR p.valid_from <= coalesce(s.period_end, current_date))
        AND (p.valid_to IS NULL OR p.valid_to >= coalesce(s.period_end, current_date))
    GROUP BY s.province, s.period_end
)
SELECT s.*, greatest(s.parts, e.units) AS parts_expected, s.parts < e.units AS incomplete
FROM summed s
JOIN expected e ON e.province = s.province AND e.period_end IS NOT DISTINCT FROM s.period_end;
COMMENT ON VIEW dossiers_today IS 'Số hồ sơ theo tỉnh, thành phố ngày nay: trước sáp nhập là tổng của các đơn vị cũ, có ghi khi còn thiếu đơn vị';
COMMENT ON COLUMN dossiers_today.province IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN dossiers_today.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN dossiers_today.indicator IS 'Chỉ tiêu';
COMMENT ON COLUMN dossiers_today.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN dossiers_today.period_year IS 'Năm';
COMMENT ON COLUMN dossiers_today.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN dossiers_today.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN dossiers_today.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN dossiers_today.value IS 'Tổng của các đơn vị đã có báo cáo';
COMMENT ON COLUMN dossiers_today.disputed IS 'Có báo cáo nêu nhiều giá trị khác nhau';
COMMENT ON COLUMN dossiers_today.parts IS 'Số đơn vị của thời điểm đó đã có báo cáo';
COMMENT ON COLUMN dossiers_today.provinces IS 'Tên các đơn vị đó';
COMMENT ON COLUMN dossiers_today.parts_expected IS 'Số đơn vị của thời điểm đó nay thuộc tỉnh, thành phố này';
COMMENT ON COLUMN dossiers_today.incomplete IS 'Tổng còn thiếu đơn vị';
