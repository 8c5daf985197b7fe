-- What a report says of its own office's hồ sơ, one row an indicator and period. It follows from the report's observations and
-- never changes, so it is kept beside them: every question about the history of offices begins here, and must not group
-- eight million figures anew.

CREATE TABLE own_dossiers (
    reading VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    point UUID NOT NULL,
    indicator VARCHAR NOT NULL,
    period_kind VARCHAR,
    period_year INTEGER,
    period_index INTEGER,
    period_start DATE,
    period_end DATE,
    value DECIMAL(38, 10) NOT NULL,
    disputed BOOLEAN NOT NULL,
    approx BOOLEAN NOT NULL,
    quote VARCHAR NOT NULL
);
INSERT INTO own_dossiers
SELECT
    reading, row_number() OVER (PARTITION BY reading ORDER BY first) - 1,
    CAST(md5(concat_ws(
        '|', coalesce(province, ''), coalesce(issuing_body, ''), indicator, coalesce(period_kind, ''),
        coalesce(CAST(period_year AS VARCHAR), ''), coalesce(CAST(period_index AS VARCHAR), ''),
        coalesce(CAST(period_start AS VARCHAR), ''), coalesce(CAST(period_end AS VARCHAR), '')
    )) AS UUID),
    indicator, period_kind, period_year, period_index, period_start, period_end, value, disputed, approx, quote
FROM (
    SELECT
        o.reading, o.indicator, r.province, r.issuing_body,
        coalesce(o.period_kind, r.period_kind) AS period_kind,
        CASE WHEN o.period_kind IS NULL THEN r.period_year ELSE o.period_year END AS period_year,
        CASE WHEN o.period_kind IS NULL THEN r.period_index ELSE o.period_index END AS period_index,
        CASE WHEN o.period_kind IS NULL THEN r.period_start ELSE o.period_start END AS period_start,
        CASE WHEN o.period_kind IS NULL THEN r.period_end ELSE o.period_end END AS period_end,
        min(o.seq) AS first, bool_and(o.approx OR o.qualifier IS NOT NULL) AS approx,
        coalesce(arg_min(o.value, o.seq) FILTER (NOT o.approx AND o.qualifier IS NULL), arg_min(o.value, o.seq)) AS value,
        coalesce(arg_min(o.quote, o.seq) FILTER (NOT o.approx AND o.qualifier IS NULL), arg_min(o.quote, o.seq)) AS quote,
        coalesce(
            min(o.value) FILTER (NOT o.approx AND o.qualifier IS NULL) <> max(o.value) FILTER (NOT o.approx AND o.qualifier IS NULL),
            min(o.value) <> max(o.value)
        ) AS disputed
    FROM observations o
    JOIN readings r ON r.reading = o.reading
    WHERE starts_with(o.indicator, 'dossiers_') AND o.scope IS NULL AND o.role = 'value' AND o.value IS NOT NULL
    GROUP BY ALL
);
INSERT INTO declared_keys VALUES
    ('PRIMARY KEY', 'own_dossiers', 'reading, seq', NULL, NULL),
    ('FOREIGN KEY', 'own_dossiers', 'reading', 'readings', 'reading');
COMMENT ON TABLE own_dossiers IS 'Số hồ sơ mà báo cáo nêu cho chính cơ quan mình: mỗi chỉ tiêu, mỗi kỳ một dòng; rút từ observations khi đưa vào kho';
COMMENT ON COLUMN own_dossiers.reading IS 'Lần đọc';
COMMENT ON COLUMN own_dossiers.seq IS 'Thứ tự nêu lần đầu';
COMMENT ON COLUMN own_dossiers.point IS 'Băm của tỉnh, cơ quan, chỉ tiêu và kỳ: mọi báo cáo nói về cùng một điều mang cùng một giá trị';
COMMENT ON COLUMN own_dossiers.indicator IS 'Chỉ tiêu';
COMMENT ON COLUMN own_dossiers.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN own_dossiers.period_year IS 'Năm';
COMMENT ON COLUMN own_dossiers.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN own_dossiers.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN own_dossiers.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN own_dossiers.value IS 'Giá trị chính xác nêu lần đầu; số gần đúng hoặc cận khi không có số chính xác';
COMMENT ON COLUMN own_dossiers.disputed IS 'Báo cáo nêu chỉ tiêu này với nhiều giá trị khác nhau';
COMMENT ON COLUMN own_dossiers.approx IS 'Báo cáo chỉ nêu số gần đúng hoặc cận';
COMMENT ON COLUMN own_dossiers.quote IS 'Đoạn chữ quanh giá trị';

-- The same bytes under several names are one document; which name a run met first must not show.
UPDATE readings SET path = first
FROM (SELECT sha256, min(path) AS first FROM files GROUP BY sha256) named
WHERE readings.sha256 = named.sha256 AND readings.path <> first;
COMMENT ON COLUMN readings.path IS 'Đường dẫn của tệp; khi tệp mang nhiều tên thì là tên đứng đầu theo thứ tự chữ';
