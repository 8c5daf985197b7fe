-- What only the history can tell, third part: a figure against the past of its own office, a province's report against
-- those of its Sở, a version against the one before it, a citation against others. Columns as in 002_history_checks.sql.

CREATE OR REPLACE MACRO history_unusual_among(all_points) AS TABLE
-- A robust z on logarithms (a flow as its rate a day, so that a quarter stands beside nine months): the distance to the median
-- of the last sixteen windows, in their median absolute deviations; where seasons are strong, the same of the change on the year
-- before. A warning needs all of: earlier points that end on six days, a distance that chance gives no office (with floors for
-- quiet series and for the noise of counting), a factor of 2.5 on that median, on the same window of other years and on the
-- window just before, in one direction; where no other year shows the season, a factor of five. Where most other indicators of
-- the report are as ever it is this figure and not the office that changed: four days and a factor of four do.
WITH points AS (
    SELECT *,
        ln(greatest(value, 0.5) / CASE WHEN stock THEN 1 ELSE days END) AS level
    FROM (
        SELECT * EXCLUDE (opens, paths), indicator LIKE 'dossiers\_pending%' ESCAPE '\' AS stock,
            date_diff('day', starts, ends) + 1 AS days,
            -- one cause delays many dossiers at once; a new rule or a lockdown moves them to another channel
            regexp_matches(indicator, '_(late|overdue|online|in_person|postal)$') AS loose
        FROM query_table(all_points)
        WHERE span IN (1, 3, 6, 9, 12) AND indicator <> 'dossiers_carried_over'
    )
),
seasonal AS (
    SELECT *,
        level - lag(CASE WHEN doubt IS NULL THEN level END) OVER (
            PARTITION BY who, indicator, span, closes % 12 ORDER BY ends, starts
        ) AS on_year
    FROM points
),
past AS (
    SELECT *,
        count(on_year) FILTER (doubt IS NULL) OVER near AS n_on_year,
        median(on_year) FILTER (doubt IS NULL) OVER near AS middle_on_year,
        1.4826 * mad(on_year) FILTER (doubt IS NULL) OVER near AS spread_on_year,
        list({'ends': ends, 'span': span, 'value': value}) FILTER (doubt IS NULL) OVER near AS series,
        median(level) FILTER (doubt IS NULL) OVER near AS middle,
        1.4826 * mad(level) FILTER (doubt IS NULL) OVER near AS spread,
        min(level) FILTER (doubt IS NULL) OVER near AS lowest, max(level) FILTER (doubt IS NULL) OVER near AS highest,
        median(level) FILTER (doubt IS NULL) OVER season AS season,
        last_value(CASE WHEN doubt IS NULL THEN level END IGNORE NULLS) OVER near AS before,
        min(ends) OVER near AS first_ends, max(ends) OVER near AS last_ends,
        lag(reading) OVER every AS earlier_reading, lag(path) OVER every AS earlier_path,
        lag(quote) OVER every AS earlier_quote
    FROM seasonal
    WINDOW
        every AS (PARTITION BY who, indicator ORDER BY ends, starts DESC),
        near AS (PARTITION BY who, indicator ORDER BY ends, starts DESC ROWS BETWEEN 16 PRECEDING AND 1 PRECEDING),
        season AS (
            PARTITION BY who, indicator, span, closes % 12 ORDER BY ends, starts ROWS BETWEEN 6 PRECEDING AND 1 PRECEDING
        )
),
measured AS (
    SELECT *,
        len(list_distinct([s.ends FOR s IN series])) AS n, exp(middle) * CASE WHEN stock THEN 1 ELSE days END AS usual,
        greatest(CASE WHEN loose THEN 0.3 ELSE 0.15 END, 1.5 / sqrt(greatest(exp(middle) * CASE WHEN stock THEN 1 ELSE days END, 1))) AS floor,
        sign(level - middle) * (level - middle) AS change,
        sign(level - middle) * (level - before) AS last_change,
        sign(level - middle) * (level - season) AS season_change
    FROM past
    WHERE len(series) > 0
),
held AS (
    SELECT *,
        abs(level - middle) / greatest(spread, floor) / (1 + 2.0 / n) AS z,
        CASE WHEN n_on_year >= 6
            THEN abs(on_year - middle_on_year) / greatest(spread_on_year, floor) / (1 + 2.0 / n_on_year) ELSE 0
        END AS z_on_year,
        -- of the other indicators of the report
        count(*) FILTER (n >= 4) OVER of_report - 1 AS others,
        count(*) FILTER (n >= 4 AND abs(level - middle) < greatest(ln(2), 3 * floor)) OVER of_report AS calm
    FROM measured
    WHERE NOT summed
    WINDOW of_report AS (PARTITION BY reading, starts)
),
known AS (SELECT *, NOT loose AND others >= 3 AND calm * 2 >= others AS of_its_own FROM held),
judged AS (
    SELECT *,
        CASE
            WHEN doubt IS NOT NULL THEN doubt
            WHEN n < CASE WHEN of_its_own THEN 4 ELSE 6 END THEN 'chuỗi quá ngắn: mới có ' || n || ' kỳ trước'
            WHEN level > middle AND (
                may_have_grown(office, last_ends, ends)
                -- all of the report is larger, and most of the past may be of before
                OR (NOT of_its_own AND first_ends <= DATE '2025-03-31' AND may_have_grown(office, DATE '2025-03-31', ends))
            ) THEN 'Sở có thể đã sáp nhập giữa hai kỳ'
        END AS reason,
        NOT (loose AND value = 0) AND CASE
            -- a past that is in part of before it took in another tells only together with the window just before
            WHEN of_its_own AND least(
                change, season_change,
                CASE WHEN first_ends <= DATE '2025-03-31' AND may_have_grown(office, DATE '2025-03-31', ends) THEN last_change END
            ) >= ln(4) THEN greatest(z, z_on_year) >= 3.5
            -- beyond all that was, or against the season
            ELSE ((z >= 5 AND (level > highest + ln(1.5) OR level < lowest - ln(1.5))) OR (z_on_year >= 5 AND NOT loose))
                AND least(change, last_change, season_change) >= ln(CASE WHEN season IS NULL THEN 5 ELSE 2.5 END)
        END AS apart
    FROM known
)
SELECT
    'history.unusual' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN apart THEN 'error' ELSE 'ok' END AS verdict,
    reason, province, issuing_body, indicator, value AS stated,
    CAST(
        CASE WHEN len([s FOR s IN series IF s.span <> span]) = 0 THEN list_aggregate([s.value FOR s IN series], 'median')
            ELSE round(usual) END AS DECIMAL(38, 10)
    ) AS expected,
    list_aggregate(
        [said_vi(s.value) || CASE WHEN s.span = span THEN '' ELSE ' (' || s.span || ' tháng)' END FOR s IN series],
        'string_agg', '; '
    ) || '; ' || said_vi(value) AS arithmetic,
    quote, earlier_quote, reading, earlier_reading, path, earlier_path, NULL AS about, [path] AS paths
FROM judged
-- a report may state several windows: one warning an indicator
QUALIFY reason IS NOT NULL OR NOT apart
    OR 1 = row_number() OVER (PARTITION BY reading, indicator, apart AND reason IS NULL ORDER BY change DESC, starts);
COMMENT ON MACRO TABLE history_unusual_among IS 'Số liệu so với các kỳ trước của chính cơ quan';

CREATE OR REPLACE MACRO history_of_unusual(asked) AS TABLE
WITH every_point AS MATERIALIZED (FROM history_points(asked))
FROM history_unusual_among('every_point');
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
    r.reading, r.path, r.province, r.issuing_body, r.office, s.indicator, s.scope, coalesce(n.office, plain_words(s.scope)) AS named,
    s.starts, r.ends,
    opens_after(s.starts) AS opens, closes_with(r.ends) AS closes, s.value, s.quote,
    CASE WHEN s.low <> s.high THEN 'báo cáo nêu nhiều giá trị' WHEN s.rough THEN 'chỉ nêu số gần đúng' END AS doubt
FROM said s
JOIN reports r ON r.reading = s.reading
LEFT JOIN history_names() n ON n.written = alias_words(s.scope);
COMMENT ON MACRO TABLE history_scoped IS 'Số liệu mà báo cáo của tỉnh nêu cho từng Sở, từng cấp';

CREATE OR REPLACE MACRO history_province_part_among(all_points, all_scoped) AS TABLE
-- what the province's report states of a Sở is what that Sở states itself for the same window
WITH pairs AS (
    SELECT s, p, s.starts = p.starts AND s.ends = p.ends AS same_window
    FROM query_table(all_scoped) s
    JOIN query_table(all_points) p
        ON p.province = s.province AND p.office = s.named AND p.indicator = s.indicator
        AND p.opens = s.opens AND p.closes = s.closes AND NOT p.summed AND p.reading <> s.reading
    WHERE of_the_province(s.named) AND s.named <> s.office
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
COMMENT ON MACRO TABLE history_province_part_among IS 'Số của một Sở trong báo cáo của tỉnh so với báo cáo của chính Sở đó';

CREATE OR REPLACE MACRO history_of_province_part(asked) AS TABLE
WITH every_point AS MATERIALIZED (FROM history_points(asked)), every_scoped AS MATERIALIZED (FROM history_scoped(asked))
FROM history_province_part_among('every_point', 'every_scoped');
COMMENT ON MACRO TABLE history_of_province_part IS 'Số của một Sở trong báo cáo của tỉnh so với báo cáo của chính Sở đó';

CREATE OR REPLACE MACRO history_province_total_among(all_points, all_scoped) AS TABLE
-- The Sở that reported a window cannot sum to more than the province's total. A total that is larger says nothing: districts,
-- communes and Sở that never report are in it. They sum to it only where the province's report names every one of them and
-- the total is of their level: scope "cấp tỉnh" with no other office of that level, or a total that is the sum of those rows.
WITH points AS (SELECT * FROM query_table(all_points) WHERE NOT summed AND (office = 'ubnd tỉnh' OR of_the_province(office))),
scoped AS (SELECT * FROM query_table(all_scoped)),
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
    WHERE of_the_province(office)
    GROUP BY province, indicator, starts, ends, opens, closes
),
named AS (
    SELECT reading, indicator, starts, list_sort(list(DISTINCT named) FILTER (of_the_province(named))) AS offices,
        sum(value) FILTER (of_the_province(named)) AS value,
        count(*) FILTER (
            NOT of_the_province(named)
            AND NOT regexp_matches(named, '^cấp |huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu')
        ) AS others
    FROM scoped
    GROUP BY reading, indicator, starts
),
pairs AS (
    SELECT t, s, s.starts = t.starts AND s.ends = t.ends AS same_window,
        coalesce(
            s.n >= 2 AND s.offices = n.offices AND CASE WHEN t.level IS NULL THEN n.value = t.value ELSE n.others = 0 END, false
        ) AS whole
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
COMMENT ON MACRO TABLE history_province_total_among IS 'Tổng của tỉnh so với tổng các Sở đã báo cáo cùng kỳ';

CREATE OR REPLACE MACRO history_of_province_total(asked) AS TABLE
WITH every_point AS MATERIALIZED (FROM history_points(asked)), every_scoped AS MATERIALIZED (FROM history_scoped(asked))
FROM history_province_total_among('every_point', 'every_scoped');
COMMENT ON MACRO TABLE history_of_province_total IS 'Tổng của tỉnh so với tổng các Sở đã báo cáo cùng kỳ';

CREATE OR REPLACE MACRO history_of_resent(asked) AS TABLE
-- a version against the one before it, figure by figure; a scan may have been misread
WITH versions AS (
    SELECT * FROM report_versions_of(asked)
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

CREATE OR REPLACE MACRO of_the_state(key) AS
    regexp_matches(key, '-(CP|TTg|TW|VPCP|UBTVQH\d*|B[A-ZĐ]+)$|/QH\d+$') AND NOT regexp_matches(key, '-BQL');
COMMENT ON MACRO of_the_state IS 'Số hiệu của văn bản trung ương: một số cho cả nước';

CREATE OR REPLACE MACRO issuer_below(issuer, province) AS
    -- an issuer that is not the province of the report: a district, a commune, another province
    CASE
        WHEN regexp_matches(lower(issuer), 'huyện|quận|thị xã|xã |phường|thị trấn|đặc khu')
            OR (regexp_matches(issuer, '(tỉnh|thành phố) \p{Lu}') AND NOT contains(issuer, province))
            THEN plain_words(issuer)
        ELSE ''
    END;
COMMENT ON MACRO issuer_below IS 'Cơ quan ban hành khi không phải của chính tỉnh: huyện, xã hoặc tỉnh khác';

CREATE OR REPLACE MACRO history_of_cited_dates(asked) AS TABLE
-- A number is given anew each year by each issuer: the same key, year and issuer is the same document, whose date is the one that
-- most reports give, and of dates given equally often the one that came first. Each report is held against it, so that a plan
-- cited by a thousand reports makes a thousand rows. `side`: a province that was merged began its numbers anew on 1 July 2025
-- (2 from then on), a Sở that took in others in February or March 2025 (1 from February, 2 from April on); what was cited
-- before the merger is of before it, whatever its date says.
WITH merged AS (
    SELECT name_today AS today
    FROM provinces
    WHERE coalesce(valid_from, DATE '1900-01-01') <= DATE '2025-06-30' AND coalesce(valid_to, DATE '9999-12-31') >= DATE '2025-06-30'
    GROUP BY name_today
    HAVING count(*) > 1
),
said AS (
    SELECT
        v.province, v.issuing_body, v.reading, v.path, v.landed_at, c.key, c.cited_date, year(c.cited_date) AS of_year,
        issuer_below(coalesce(c.issuer, v.issuing_body), v.province) AS issuer,
        CASE
            WHEN year(c.cited_date) <> 2025 OR of_the_state(c.key) THEN 0
            WHEN m.today IS NOT NULL AND c.cited_date >= DATE '2025-07-01'
                AND coalesce(v.issued_on, v.period_end, DATE '9999-12-31') >= DATE '2025-07-01' THEN 3
            WHEN NOT regexp_matches(c.key, '-S[A-ZĐ&]+$') OR c.cited_date < DATE '2025-02-01' THEN 0
            WHEN c.cited_date < DATE '2025-04-01' THEN 1
            ELSE 2
        END AS side,
        arg_min(c.quote, c.seq) AS quote
    FROM citations c
    JOIN report_versions_of(asked) v ON v.reading = c.reading AND v.is_latest
    LEFT JOIN merged m ON m.today = v.province_today
    WHERE c.key IS NOT NULL AND c.cited_date IS NOT NULL
        AND (asked IS NULL OR list_contains(asked, coalesce(v.province_today, '')))
    GROUP BY ALL
),
dates AS (
    -- the first two, so that the first has another to be held against
    SELECT province, key, of_year, issuer, side, cited_date,
        arg_min({'reading': reading, 'path': path, 'quote': quote}, (landed_at, path), 2) AS firsts
    FROM said
    GROUP BY province, key, of_year, issuer, side, cited_date
    QUALIFY 1 = row_number() OVER (
        PARTITION BY province, key, of_year, issuer, side ORDER BY count(*) DESC, min((landed_at, path))
    )
),
pairs AS (
    SELECT s.*, d.side AS other_side, d.cited_date AS other_date,
        CASE WHEN d.firsts[1].reading <> s.reading THEN d.firsts[1] ELSE d.firsts[2] END AS other
    FROM said s
    JOIN dates d
        ON d.key = s.key AND d.province = s.province AND d.of_year = s.of_year AND d.issuer = s.issuer
        AND (d.side = s.side OR (d.side < s.side AND d.cited_date <> s.cited_date))
),
judged AS (
    SELECT *,
        CASE WHEN cited_date <> other_date AND (other_side <> side OR side = 1)
            THEN 'đánh số văn bản lại khi sáp nhập: có thể là hai văn bản'
        END AS reason
    FROM pairs
    WHERE other IS NOT NULL
)
SELECT
    'history.cited_dates' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN cited_date = other_date THEN 'ok' ELSE 'error' END AS verdict,
    reason, province, issuing_body, NULL AS indicator, cited_date AS stated, other_date AS expected,
    key || ': ' || strftime(cited_date, '%d/%m/%Y') || '; ' || strftime(other_date, '%d/%m/%Y') AS arithmetic,
    quote, other.quote AS earlier_quote, reading, other.reading AS earlier_reading, path, other.path AS earlier_path,
    key AS about, [path, other.path] AS paths
FROM judged;
COMMENT ON MACRO TABLE history_of_cited_dates IS 'Ngày của một văn bản theo các báo cáo viện dẫn';
