-- What only the history can tell, third part: a figure against the past of its own office, a province's report against
-- those of its Sở, a version against the one before it, a citation against others. Columns as in 002_history_checks.sql.

CREATE OR REPLACE MACRO history_of_unusual(asked) AS TABLE
-- A robust z on logarithms (a flow as its rate a day): the distance to the median of the last twelve windows of one length, in
-- their median absolute deviations; where seasons are strong, the same of the change on the year before. A warning needs
-- all of: six earlier points, a distance that chance gives no office (with floors for quiet series and for the noise of
-- counting), a factor of 2.5 on that median, on the same months of other years and on the window just before, in one
-- direction. Where no other year shows the season, a factor of five.
WITH points AS (
    SELECT *,
        ln(greatest(value, 0.5) / CASE
            WHEN indicator LIKE 'dossiers\_pending%' ESCAPE '\' THEN 1 ELSE date_diff('day', starts, ends) + 1
        END) AS level
    FROM history_points(asked)
    WHERE span IN (1, 3, 6, 9, 12) AND indicator <> 'dossiers_carried_over'
),
seasonal AS (
    SELECT *,
        level - lag(CASE WHEN doubt IS NULL THEN level END) OVER (
            PARTITION BY who, indicator, span, closes % 12 ORDER BY ends, starts
        ) AS on_year
    FROM points
),
past AS (
    SELECT seasonal AS p, level, on_year,
        count(on_year) FILTER (doubt IS NULL) OVER near AS n_on_year,
        median(on_year) FILTER (doubt IS NULL) OVER near AS middle_on_year,
        1.4826 * mad(on_year) FILTER (doubt IS NULL) OVER near AS spread_on_year,
        count(*) FILTER (doubt IS NULL) OVER near AS n,
        median(level) FILTER (doubt IS NULL) OVER near AS middle,
        1.4826 * mad(level) FILTER (doubt IS NULL) OVER near AS spread,
        median(value) FILTER (doubt IS NULL) OVER near AS usual,
        median(level) FILTER (doubt IS NULL) OVER season AS season,
        arg_max(level, ends) FILTER (doubt IS NULL) OVER near AS before,
        list(value) FILTER (doubt IS NULL) OVER near AS series,
        max(ends) OVER near AS last_ends,
        lag(reading) OVER every AS earlier_reading, lag(path) OVER every AS earlier_path,
        lag(quote) OVER every AS earlier_quote
    FROM seasonal
    WINDOW
        every AS (PARTITION BY who, indicator, span ORDER BY ends, starts),
        near AS (PARTITION BY who, indicator, span ORDER BY ends, starts ROWS BETWEEN 12 PRECEDING AND 1 PRECEDING),
        season AS (
            PARTITION BY who, indicator, span, closes % 12 ORDER BY ends, starts ROWS BETWEEN 6 PRECEDING AND 1 PRECEDING
        )
),
measured AS (
    SELECT *,
        greatest(0.15, 1.5 / sqrt(greatest(usual, 1))) AS floor,
        abs(level - middle) / greatest(spread, floor) / (1 + 2.0 / n) AS z,
        CASE WHEN n_on_year >= 6
            THEN abs(on_year - middle_on_year) / greatest(spread_on_year, floor) / (1 + 2.0 / n_on_year)
        END AS z_on_year,
        CASE WHEN level > middle THEN least(level - middle, level - before, level - coalesce(season, middle))
            ELSE least(middle - level, before - level, coalesce(season, middle) - level) END AS least_change
    FROM past
    WHERE n > 0 AND NOT p.summed
),
judged AS (
    SELECT *,
        greatest(z, z_on_year) >= 5 AND least_change >= ln(CASE WHEN season IS NULL THEN 5 ELSE 2.5 END) AS apart,
        CASE
            WHEN p.doubt IS NOT NULL THEN p.doubt
            WHEN n < 6 THEN 'chuỗi quá ngắn: mới có ' || n || ' kỳ trước'
            WHEN level > middle AND may_have_grown(p.office, last_ends, p.ends) THEN 'Sở có thể đã sáp nhập giữa hai kỳ'
        END AS reason
    FROM measured
)
SELECT
    'history.unusual' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN apart THEN 'error' ELSE 'ok' END AS verdict,
    reason, p.province, p.issuing_body, p.indicator, p.value AS stated, CAST(usual AS DECIMAL(38, 10)) AS expected,
    list_aggregate([said_vi(v) FOR v IN series], 'string_agg', '; ') || '; ' || said_vi(p.value) AS arithmetic,
    p.quote, earlier_quote, p.reading, earlier_reading, p.path, earlier_path, NULL AS about, p.paths
FROM judged;
COMMENT ON MACRO TABLE history_of_unusual IS 'Số liệu so với các kỳ trước của chính cơ quan';

CREATE OR REPLACE MACRO history_scoped(asked) AS TABLE
-- what a report on a whole province states of its Sở and levels: one row per report, scope, indicator and window
WITH reports AS (
    SELECT * FROM history_reports(asked)
    WHERE regexp_matches(office, '^((văn phòng )?ubnd tỉnh|văn phòng ubnd|sở nội vụ|trung tâm phục vụ hành chính công( tỉnh)?)$')
),
said AS (
    SELECT
        o.reading, o.indicator, o.scope, CASE WHEN o.period_kind IS NULL THEN r.starts ELSE o.period_start END AS starts,
        min(o.value) AS low, max(o.value) AS high, bool_or(o.approx OR o.qualifier IS NOT NULL) AS rough,
        arg_min(o.value, o.seq) AS value, arg_min(o.quote, o.seq) AS quote
    FROM observations o
    JOIN reports r ON r.reading = o.reading
    WHERE o.indicator LIKE 'dossiers\_%' ESCAPE '\' AND o.scope IS NOT NULL AND o.role = 'value' AND o.value IS NOT NULL
        AND (o.period_kind IS NULL OR (o.period_start < o.period_end AND o.period_end = r.ends))
    GROUP BY ALL
)
SELECT
    r.reading, r.path, r.province, r.issuing_body, r.office, s.indicator, s.scope, plain_words(s.scope) AS named, s.starts, r.ends,
    opens_after(s.starts) AS opens, closes_with(r.ends) AS closes, s.value, s.quote,
    CASE WHEN s.low <> s.high THEN 'báo cáo nêu nhiều giá trị' WHEN s.rough THEN 'chỉ nêu số gần đúng' END AS doubt
FROM said s
JOIN reports r ON r.reading = s.reading;
COMMENT ON MACRO TABLE history_scoped IS 'Số liệu mà báo cáo của tỉnh nêu cho từng Sở, từng cấp';

CREATE OR REPLACE MACRO history_of_province_part(asked) AS TABLE
-- what the province's report states of a Sở is what that Sở states itself for the same window
WITH pairs AS (
    SELECT s, p, s.starts = p.starts AND s.ends = p.ends AS same_window
    FROM history_scoped(asked) s
    JOIN history_points(asked) p
        ON p.province = s.province AND p.office = s.named AND p.indicator = s.indicator
        AND p.opens = s.opens AND p.closes = s.closes AND NOT p.summed AND p.reading <> s.reading
    WHERE s.named LIKE 'sở %' AND s.named <> s.office
    QUALIFY 1 = row_number() OVER (
        PARTITION BY s.reading, s.scope, s.indicator, s.starts ORDER BY same_window DESC, p.ends, p.starts, p.path
    )
),
judged AS (
    SELECT *,
        CASE
            WHEN NOT same_window THEN 'cửa sổ kỳ không bằng nhau: Sở báo cáo ' || said_window(p.starts, p.ends)
            ELSE coalesce(s.doubt, p.doubt)
        END AS reason
    FROM pairs
)
SELECT
    'history.province_part' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN s.value = p.value THEN 'ok' ELSE 'error' END AS verdict,
    reason, s.province, s.issuing_body, s.indicator, s.value AS stated, p.value AS expected,
    s.scope || ': ' || said_vi(s.value) || '; Sở báo cáo ' || said_vi(p.value) AS arithmetic,
    s.quote, p.quote AS earlier_quote, s.reading, p.reading AS earlier_reading, s.path, p.path AS earlier_path,
    s.scope AS about, [s.path] || p.paths AS paths
FROM judged;
COMMENT ON MACRO TABLE history_of_province_part IS 'Số của một Sở trong báo cáo của tỉnh so với báo cáo của chính Sở đó';

CREATE OR REPLACE MACRO history_of_province_total(asked) AS TABLE
-- The Sở that reported a window cannot sum to more than the province's total; they sum to it where the province's report
-- names the same Sở and nothing beside them (a total of the provincial level may have districts and communes beside it).
WITH points AS (SELECT * FROM history_points(asked) WHERE NOT summed AND (office = 'ubnd tỉnh' OR office LIKE 'sở %')),
scoped AS (SELECT * FROM history_scoped(asked)),
totals AS (
    SELECT reading, path, province, issuing_body, office, indicator, NULL AS level, starts, ends, opens, closes, value, quote, doubt
    FROM points
    WHERE office = 'ubnd tỉnh'
    UNION ALL
    SELECT reading, path, province, issuing_body, office, indicator, scope, starts, ends, opens, closes, value, quote, doubt
    FROM scoped
    WHERE named = 'cấp tỉnh'
),
sums AS (
    SELECT
        province, indicator, starts, ends, opens, closes, sum(value) AS value, min(doubt) AS doubt, count(*) AS n,
        list_sort(list(office)) AS offices, arg_min(reading, path) AS reading, flatten(list(paths)) AS paths,
        min(path) AS path, string_agg(said_vi(value), ' + ' ORDER BY office) AS terms,
        string_agg(issuing_body || ': ' || quote, ' | ' ORDER BY office) AS quote
    FROM points
    WHERE office LIKE 'sở %'
    GROUP BY province, indicator, starts, ends, opens, closes
),
named AS (
    SELECT reading, indicator, starts, list_sort(list(DISTINCT named) FILTER (named LIKE 'sở %')) AS offices,
        count(*) FILTER (named NOT LIKE 'sở %' AND named <> 'cấp tỉnh') AS others
    FROM scoped
    GROUP BY reading, indicator, starts
),
pairs AS (
    SELECT t, s, s.starts = t.starts AND s.ends = t.ends AS same_window,
        coalesce(s.n >= 2 AND s.offices = n.offices AND (n.others = 0 OR t.level IS NOT NULL), false) AS whole
    FROM totals t
    JOIN sums s ON s.province = t.province AND s.indicator = t.indicator AND s.opens = t.opens AND s.closes = t.closes
    LEFT JOIN named n ON n.reading = t.reading AND n.indicator = t.indicator AND n.starts = t.starts
    WHERE NOT list_contains(s.paths, t.path) -- Sở Nội vụ may report for the province
    QUALIFY 1 = row_number() OVER (
        PARTITION BY t.reading, t.level, t.indicator, t.starts ORDER BY same_window DESC, s.n DESC, s.starts, s.ends
    )
),
judged AS (
    SELECT *,
        CASE
            WHEN NOT same_window THEN 'cửa sổ kỳ không bằng nhau: các Sở báo cáo ' || said_window(s.starts, s.ends)
            WHEN coalesce(t.doubt, s.doubt) IS NOT NULL THEN coalesce(t.doubt, s.doubt)
            WHEN s.value <= t.value AND NOT whole THEN 'chưa đủ báo cáo của các đơn vị: mới có ' || s.n || ' Sở'
        END AS reason
    FROM pairs
)
SELECT
    'history.province_total' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN s.value = t.value THEN 'ok' ELSE 'error' END AS verdict,
    reason, t.province, t.issuing_body, t.indicator, t.value AS stated, CAST(s.value AS DECIMAL(38, 10)) AS expected,
    s.terms || ' = ' || said_vi(s.value) || CASE
        WHEN s.value = t.value THEN '' WHEN s.value > t.value THEN ' > ' || said_vi(t.value) ELSE ' < ' || said_vi(t.value)
    END AS arithmetic,
    t.quote, s.quote AS earlier_quote, t.reading, s.reading AS earlier_reading, t.path, s.path AS earlier_path,
    CAST(s.n AS VARCHAR) AS about, [t.path] || s.paths AS paths
FROM judged;
COMMENT ON MACRO TABLE history_of_province_total IS 'Tổng của tỉnh so với tổng các Sở đã báo cáo cùng kỳ';

CREATE OR REPLACE MACRO history_of_resent(asked) AS TABLE
-- a version against the one before it, figure by figure; a scan may have been misread
WITH versions AS (
    SELECT * FROM report_versions
    WHERE versions > 1 AND reader = 'text' AND (asked IS NULL OR list_contains(asked, coalesce(province_today, '')))
),
said AS (
    SELECT v.series, v.version, v.reading, v.path, v.province, v.issuing_body, o.indicator, o.scope,
           CASE WHEN o.period_kind IS NULL THEN v.period_start ELSE o.period_start END AS starts,
           CASE WHEN o.period_kind IS NULL THEN v.period_end ELSE o.period_end END AS ends,
           arg_min(o.value, o.seq) AS value, arg_min(o.quote, o.seq) AS quote,
           CASE WHEN min(o.value) <> max(o.value) THEN 'báo cáo nêu nhiều giá trị' END AS doubt
    FROM versions v
    JOIN observations o ON o.reading = v.reading
    WHERE o.indicator IS NOT NULL AND o.role = 'value' AND o.value IS NOT NULL
    GROUP BY ALL
)
SELECT
    'history.resent' AS rule,
    CASE
        WHEN coalesce(later.doubt, earlier.doubt) IS NOT NULL THEN 'cannot_tell' WHEN later.value = earlier.value THEN 'ok'
        ELSE 'error'
    END AS verdict,
    coalesce(later.doubt, earlier.doubt) AS reason, later.province, later.issuing_body, later.indicator,
    later.value AS stated, earlier.value AS expected,
    'bản trước ' || said_vi(earlier.value) || '; bản gửi lại ' || said_vi(later.value) AS arithmetic,
    later.quote, earlier.quote AS earlier_quote, later.reading, earlier.reading AS earlier_reading,
    later.path, earlier.path AS earlier_path, later.scope AS about, [later.path, earlier.path] AS paths
FROM said later
JOIN said earlier
    ON earlier.series = later.series AND earlier.version = later.version - 1
    AND earlier.indicator = later.indicator AND earlier.scope IS NOT DISTINCT FROM later.scope
    AND earlier.starts IS NOT DISTINCT FROM later.starts AND earlier.ends IS NOT DISTINCT FROM later.ends;
COMMENT ON MACRO TABLE history_of_resent IS 'Số liệu của bản gửi lại so với bản trước';

CREATE OR REPLACE MACRO history_of_cited_dates(asked) AS TABLE
-- A number is given anew each year and by each province: the same key, year and province is the same document. Each report
-- is held against the first that gave each date, so that a plan cited by a thousand reports makes a thousand rows.
WITH said AS (
    SELECT
        v.province, v.issuing_body, v.reading, v.path, v.landed_at, c.key, c.cited_date, year(c.cited_date) AS of_year,
        arg_min(c.quote, c.seq) AS quote
    FROM citations c
    JOIN report_versions v ON v.reading = c.reading AND v.is_latest
    WHERE c.key IS NOT NULL AND c.cited_date IS NOT NULL
        AND (asked IS NULL OR list_contains(asked, coalesce(v.province_today, '')))
    GROUP BY ALL
),
firsts AS (
    SELECT * FROM said
    QUALIFY 1 = row_number() OVER (PARTITION BY province, key, cited_date ORDER BY landed_at, path, reading)
)
SELECT
    'history.cited_dates' AS rule,
    CASE WHEN earlier.cited_date = later.cited_date THEN 'ok' ELSE 'error' END AS verdict,
    NULL AS reason, later.province, later.issuing_body, NULL AS indicator, later.cited_date AS stated, earlier.cited_date AS expected,
    later.key || ': ' || strftime(later.cited_date, '%d/%m/%Y') || '; ' || strftime(earlier.cited_date, '%d/%m/%Y') AS arithmetic,
    later.quote, earlier.quote AS earlier_quote,
    later.reading, earlier.reading AS earlier_reading, later.path, earlier.path AS earlier_path,
    later.key AS about, [later.path, earlier.path] AS paths
FROM said later
JOIN firsts earlier
    ON earlier.key = later.key AND earlier.province = later.province AND earlier.of_year = later.of_year
    AND (earlier.landed_at, earlier.path) < (later.landed_at, later.path)
WHERE earlier.reading <> later.reading;
COMMENT ON MACRO TABLE history_of_cited_dates IS 'Ngày của một văn bản theo các báo cáo viện dẫn';
