-- What only the history can tell, first part: what offices stated, window by window, ready to be compared. Views and
-- macros, not stored findings: they are right whatever the order in which reports come in, and a report that arrives late
-- changes them by itself. The rules follow in 002_history_checks.sql, the public views in 002_history_public.sql.
-- Each macro takes `asked`, units of today (NULL: all): a run asks for those of its own files and nothing else is read.

CREATE OR REPLACE MACRO said_vi(figure) AS
    replace(format('{:,}', CAST(trunc(figure) AS HUGEINT)), ',', '.')
    || CASE WHEN figure = trunc(figure) THEN '' ELSE ',' || rtrim(split_part(CAST(figure AS VARCHAR), '.', 2), '0') END;
COMMENT ON MACRO said_vi IS 'Số viết theo lối Việt Nam: 33.451,5';

CREATE OR REPLACE MACRO said_en(figure) AS
    format('{:,}', CAST(trunc(figure) AS HUGEINT))
    || CASE WHEN figure = trunc(figure) THEN '' ELSE '.' || rtrim(split_part(CAST(figure AS VARCHAR), '.', 2), '0') END;
COMMENT ON MACRO said_en IS 'Số viết theo lối Anh: 33,451.5';

CREATE OR REPLACE MACRO said_window(starts, ends) AS strftime(starts, '%d/%m/%Y') || '–' || strftime(ends, '%d/%m/%Y');
COMMENT ON MACRO said_window IS 'Khoảng ngày: 15/12/2023–14/03/2024';

CREATE OR REPLACE MACRO plain_words(words) AS
    replace(trim(regexp_replace(lower(nfc_normalize(words)), '[^\p{L}\p{N}]+', ' ', 'g')), 'phát triển nông thôn', 'ptnt');
COMMENT ON MACRO plain_words IS 'Chữ thường, không dấu câu: để so tên cơ quan';

CREATE OR REPLACE MACRO history_office(body, parent, province, kind) AS
    -- without the province's own name (the offices of merged provinces are one series), with the commune or district that an
    -- office belongs to (every district had a Phòng Tư pháp); UBND thành phố X is the province only where X is a city of that rank
    plain_words(
        replace(
            CASE WHEN kind = 'thành phố' THEN replace(body, ' thành phố ' || province, ' tỉnh') ELSE body END,
            ' tỉnh ' || coalesce(province, '?'), ' tỉnh'
        )
    )
    || CASE
        WHEN regexp_matches(lower(parent), 'huyện|quận|thị xã|xã |phường|thị trấn|đặc khu') THEN ' · ' || plain_words(parent)
        ELSE ''
    END;
COMMENT ON MACRO history_office IS 'Tên cơ quan để nối chuỗi: bỏ tên tỉnh, thêm cấp trên khi là huyện, xã';

CREATE OR REPLACE MACRO alias_words(said) AS
    regexp_replace(
        replace(strip_accents(lower(nfc_normalize(replace(said, '&', ' và ')))), 'đ', 'd'), '\bva\b|[^a-z0-9]+', '', 'g'
    );
COMMENT ON MACRO alias_words IS 'Khóa so cách viết tên: bỏ dấu, dấu cách, "và", "&"';

CREATE OR REPLACE MACRO history_names() AS TABLE
-- Sở GD&ĐT, Sở GDĐT and Sở Giáo dục và Đào tạo are one office; a way to write two of them tells neither
SELECT alias_words(a.alias) AS written, min(plain_words(o.name)) AS office
FROM organisation_aliases a
JOIN organisations o ON o.id = a.organisation
WHERE o.level = 'province' AND o.kind IN ('so', 'khac')
GROUP BY 1
HAVING min(o.name) = max(o.name);
COMMENT ON MACRO TABLE history_names IS 'Cách viết tên Sở, Ban cấp tỉnh và tên để nối chuỗi';

CREATE OR REPLACE MACRO of_the_province(office) AS regexp_matches(office, '^(sở|ban quản lý( các)? khu|ban dân tộc)( |$)');
COMMENT ON MACRO of_the_province IS 'Cơ quan chuyên môn cấp tỉnh, tự báo cáo số hồ sơ của mình';

-- Windows in whole months, whatever day they close on: 15/12–14/3, 01/01–31/3 and 01/01–06/3 open after month 12 and
-- close with month 3. What is shorter than 20 days (a week) has no span.
CREATE OR REPLACE MACRO opens_after(starts) AS
    year(CAST(starts + INTERVAL 17 DAY AS DATE)) * 12 + month(CAST(starts + INTERVAL 17 DAY AS DATE)) - 1;
COMMENT ON MACRO opens_after IS 'Tháng liền trước kỳ, đếm liên tục';

CREATE OR REPLACE MACRO closes_with(ends) AS
    year(CAST(ends - INTERVAL 2 DAY AS DATE)) * 12 + month(CAST(ends - INTERVAL 2 DAY AS DATE));
COMMENT ON MACRO closes_with IS 'Tháng cuối kỳ, đếm liên tục';

CREATE OR REPLACE MACRO by_calendar(starts, ends) AS day(starts) = 1 AND ends = last_day(ends);
COMMENT ON MACRO by_calendar IS 'Kỳ tính theo lịch, không theo mốc chốt số liệu';

CREATE OR REPLACE MACRO windows_apart(starts, ends, earlier_starts, earlier_ends) AS
    CASE
        WHEN by_calendar(starts, ends) <> by_calendar(earlier_starts, earlier_ends)
            AND abs(date_diff('day', earlier_ends, starts)) <= 31
            THEN 'cửa sổ kỳ không bằng nhau: một kỳ theo mốc chốt, một kỳ theo lịch'
        WHEN earlier_ends > starts THEN 'hai kỳ chồng lên nhau'
        ELSE 'có khoảng trống giữa hai kỳ'
    END;
COMMENT ON MACRO windows_apart IS 'Vì sao hai kỳ không nối nhau';

CREATE OR REPLACE MACRO may_have_grown(office, earlier_ends, ends) AS
    -- The Sở that took in others in February and March 2025 under a name that went on (Nghị định 45/2025/NĐ-CP): the day
    -- differs by province and is not known here, so a rise over it proves nothing
    ends >= DATE '2025-02-01' AND earlier_ends BETWEEN DATE '2024-02-01' AND DATE '2025-03-31'
    AND office IN (
        'sở tài chính', 'sở xây dựng', 'sở khoa học và công nghệ', 'sở nội vụ', 'sở giáo dục và đào tạo', 'sở y tế'
    );
COMMENT ON MACRO may_have_grown IS 'Sở có thể đã nhận thêm việc của Sở khác đầu năm 2025';

CREATE OR REPLACE MACRO history_reports(asked) AS TABLE
-- the latest reports whose window is known; `names`: how many provinces the unit of today was on the last day of the window
WITH latest AS (
    SELECT
        v.reading, v.path, v.province, v.issuing_body, v.period_start AS starts, v.period_end AS ends, v.reader,
        coalesce(v.province_today, '') AS today,
        coalesce(n.office, history_office(v.issuing_body, v.parent_body, v.province, p.kind)) AS office
    FROM report_versions_of(asked) v
    LEFT JOIN provinces p ON p.name = v.province
    LEFT JOIN history_names() n ON n.written = alias_words(history_office(v.issuing_body, v.parent_body, v.province, p.kind))
    WHERE v.is_latest AND v.issuing_body IS NOT NULL AND v.period_start < v.period_end
        AND (asked IS NULL OR list_contains(asked, coalesce(v.province_today, '')))
),
units AS (
    SELECT e.today, e.ends, count(*) AS names
    FROM (SELECT DISTINCT today, ends FROM latest) e
    JOIN provinces p
        ON p.name_today = e.today
        AND coalesce(p.valid_from, DATE '1900-01-01') <= e.ends AND coalesce(p.valid_to, DATE '9999-12-31') >= e.ends
    GROUP BY e.today, e.ends
)
SELECT
    l.*, coalesce(u.names, 1) AS names,
    CASE WHEN coalesce(u.names, 1) > 1 THEN l.province || ' (cũ)' ELSE l.today END || '|' || l.office AS who
FROM latest l
LEFT JOIN units u ON u.today = l.today AND u.ends = l.ends;
COMMENT ON MACRO TABLE history_reports IS 'Báo cáo mới nhất có kỳ rõ ràng, với khóa cơ quan để nối chuỗi';

CREATE OR REPLACE MACRO history_points(asked) AS TABLE
-- One row per office, dossier indicator and window. `doubt`: why the value must not be compared. Figures of other windows
-- count where they end with the report (lũy kế); what a report says of the past is not its own statement. Of several reports
-- on a window the ones about it count. Before a merger a unit of today has the sum of those that made it (`summed`).
WITH reports AS (SELECT * FROM history_reports(asked)),
own AS (
    SELECT r.who, r.today, r.office, r.names, d.indicator, d.period_start AS starts, r.ends, d.value, d.disputed, d.approx,
        r.province, r.issuing_body, r.reading, r.path, d.quote
    FROM own_dossiers d
    JOIN reports r ON r.reading = d.reading
    WHERE d.period_start < d.period_end AND d.period_end = r.ends
    QUALIFY min(d.period_start <> r.starts) OVER (PARTITION BY r.who, d.indicator, d.period_start, r.ends)
        = (d.period_start <> r.starts)
),
stated AS (
    SELECT
        who, today, office, names, indicator, starts, ends, arg_min(value, path) AS value,
        CASE
            WHEN bool_or(disputed) OR min(value) FILTER (NOT approx) <> max(value) FILTER (NOT approx)
                THEN 'báo cáo nêu nhiều giá trị'
            WHEN bool_or(approx) THEN 'chỉ nêu số gần đúng'
        END AS doubt,
        arg_min(province, path) AS province, arg_min(issuing_body, path) AS issuing_body, arg_min(reading, path) AS reading,
        arg_min(quote, path) AS quote, min(path) AS path, false AS summed, list(path) AS paths
    FROM own
    GROUP BY who, today, office, names, indicator, starts, ends
),
summed AS (
    SELECT
        today || '|' || office AS who, today, office, names, indicator, starts, ends, sum(value) AS value,
        CASE
            WHEN count(*) < names THEN 'thiếu đơn vị: mới có ' || count(*) || '/' || names || ' đơn vị trước sáp nhập'
            ELSE min(doubt)
        END AS doubt,
        today AS province, arg_min(issuing_body, path) AS issuing_body, arg_min(reading, path) AS reading,
        string_agg(province || ': ' || quote, ' | ' ORDER BY province) AS quote, min(path) AS path, true AS summed,
        flatten(list(paths)) AS paths
    FROM stated
    WHERE names > 1
    GROUP BY today, office, names, indicator, starts, ends
)
SELECT
    who, office, indicator, starts, ends, opens_after(starts) AS opens, closes_with(ends) AS closes,
    CASE WHEN date_diff('day', starts, ends) < 20 THEN 0 ELSE closes_with(ends) - opens_after(starts) END AS span,
    CAST(value AS DECIMAL(38, 10)) AS value, doubt, province, issuing_body, reading, path, quote, summed, paths
FROM (FROM stated UNION ALL BY NAME FROM summed);
COMMENT ON MACRO TABLE history_points IS 'Số hồ sơ theo cơ quan, chỉ tiêu và khoảng ngày, mỗi khoảng một giá trị';
