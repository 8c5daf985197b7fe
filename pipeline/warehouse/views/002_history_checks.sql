-- What only the history can tell, second part: one macro per rule, a row per comparison that was made or could not be made.
-- All have the columns of `history_checks_of`, among them `about` (the scope, number or list that a message names), `paths` (every
-- report that takes part). Joins are on the office (`who`) and the indicator; nothing pairs offices with each other.

CREATE OR REPLACE MACRO history_carried_over_among(all_points) AS TABLE
-- Dossiers carried into a window are those pending at the end of the one before, which ends on the day before or the same
-- day (reports write both). A cumulative window carries what was pending before its own first day. Where no window meets it,
-- the nearest of the year before says why nothing can be told.
WITH points AS (
    SELECT * FROM query_table(all_points) WHERE indicator IN ('dossiers_carried_over', 'dossiers_pending_total')
),
pairs AS (
    SELECT
        later, earlier,
        date_diff('day', earlier.ends, later.starts) IN (0, 1) AS meets,
        bool_or(date_diff('day', earlier.ends, later.starts) IN (0, 1)) OVER (PARTITION BY later.reading, later.starts) AS met
    FROM points later
    JOIN points earlier
        ON earlier.who = later.who AND earlier.ends >= later.starts - INTERVAL 366 DAY
        AND earlier.starts < later.starts AND earlier.ends < later.ends AND earlier.reading <> later.reading
    WHERE later.indicator = 'dossiers_carried_over' AND earlier.indicator = 'dossiers_pending_total' AND NOT later.summed
    -- several reports may end on that day: each value that they state is compared once, the same kind of window first
    QUALIFY CASE
        WHEN met THEN meets AND 1 = row_number() OVER (
            PARTITION BY later.reading, later.starts, meets, earlier.value, earlier.doubt
            ORDER BY abs(earlier.span - later.span), earlier.path
        )
        ELSE 1 = row_number() OVER (
            PARTITION BY later.reading, later.starts
            ORDER BY abs(date_diff('day', earlier.ends, later.starts)), earlier.path
        )
    END
),
judged AS (
    SELECT *,
        CASE
            WHEN NOT meets THEN windows_apart(later.starts, later.ends, earlier.starts, earlier.ends)
            WHEN coalesce(later.doubt, earlier.doubt) IS NOT NULL THEN coalesce(later.doubt, earlier.doubt)
            WHEN later.value > earlier.value AND may_have_grown(later.office, earlier.ends, later.ends)
                THEN 'Sở có thể đã sáp nhập giữa hai kỳ'
        END AS reason
    FROM pairs
)
SELECT
    'history.carried_over' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN later.value = earlier.value THEN 'ok' ELSE 'error' END AS verdict,
    reason, later.province, later.issuing_body, later.indicator, later.value AS stated, earlier.value AS expected,
    said_window(later.starts, later.ends) || ' chuyển sang ' || said_vi(later.value) || '; '
        || said_window(earlier.starts, earlier.ends) || ' còn ' || said_vi(earlier.value) AS arithmetic,
    later.quote, earlier.quote AS earlier_quote, later.reading, earlier.reading AS earlier_reading,
    later.path, earlier.path AS earlier_path, NULL AS about, later.paths || earlier.paths AS paths
FROM judged;
COMMENT ON MACRO TABLE history_carried_over_among IS 'Số kỳ trước chuyển sang so với số đang giải quyết cuối kỳ trước';

CREATE OR REPLACE MACRO history_of_carried_over(asked) AS TABLE
WITH every_point AS MATERIALIZED (FROM history_points(asked))
FROM history_carried_over_among('every_point');
COMMENT ON MACRO TABLE history_of_carried_over IS 'Số kỳ trước chuyển sang so với số đang giải quyết cuối kỳ trước';

CREATE OR REPLACE MACRO history_cumulative_among(all_points) AS TABLE
-- Counted from one day, what only grows cannot be smaller in a longer window; each is compared with the next shorter one.
-- The total received belongs here: from one first day it holds one and the same number carried over.
WITH points AS (
    SELECT * FROM query_table(all_points)
    WHERE (indicator LIKE 'dossiers\_received\_%' ESCAPE '\' OR indicator LIKE 'dossiers\_resolved\_%' ESCAPE '\')
),
ordered AS (
    SELECT points AS later, lag(points) OVER (PARTITION BY who, indicator, starts ORDER BY ends) AS earlier FROM points
),
shorter AS (
    -- windows that open with the same month and not on the same day
    SELECT l.later, arg_max(e, (e.closes, e.path)) AS earlier
    FROM ordered l
    JOIN points e
        ON e.who = l.later.who AND e.indicator = l.later.indicator AND e.opens = l.later.opens
        AND e.starts <> l.later.starts AND e.closes < l.later.closes AND e.span > 0
    WHERE l.earlier IS NULL
    GROUP BY l.later
),
judged AS (
    SELECT later, earlier, coalesce(later.doubt, earlier.doubt) AS reason FROM ordered WHERE earlier IS NOT NULL
    UNION ALL
    SELECT later, earlier, 'cửa sổ kỳ không bằng nhau: không cùng ngày đầu' FROM shorter
)
SELECT
    'history.cumulative' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN later.value >= earlier.value THEN 'ok' ELSE 'error' END AS verdict,
    reason, later.province, later.issuing_body, later.indicator, later.value AS stated, earlier.value AS expected,
    said_window(later.starts, later.ends) || ' ' || said_vi(later.value) || '; '
        || said_window(earlier.starts, earlier.ends) || ' ' || said_vi(earlier.value) AS arithmetic,
    later.quote, earlier.quote AS earlier_quote, later.reading, earlier.reading AS earlier_reading,
    later.path, earlier.path AS earlier_path, NULL AS about, later.paths || earlier.paths AS paths
FROM judged
WHERE NOT later.summed AND earlier.reading <> later.reading;
COMMENT ON MACRO TABLE history_cumulative_among IS 'Số lũy kế so với số của kỳ ngắn hơn tính từ cùng một ngày';

CREATE OR REPLACE MACRO history_of_cumulative(asked) AS TABLE
WITH every_point AS MATERIALIZED (FROM history_points(asked))
FROM history_cumulative_among('every_point');
COMMENT ON MACRO TABLE history_of_cumulative IS 'Số lũy kế so với số của kỳ ngắn hơn tính từ cùng một ngày';

CREATE OR REPLACE MACRO history_adds_up_among(all_points) AS TABLE
-- Windows that tile a longer one sum to it: a head that opens with it and a tail that closes with it (quý I + quý II, 6 tháng +
-- quý III, 9 tháng + quý IV), else equal parts (three months, three or four quarters). Only what comes in during the window adds
-- up: the stock carried over is in every window's total.
WITH points AS (
    SELECT * FROM query_table(all_points)
    WHERE indicator <> 'dossiers_received_total' AND span BETWEEN 1 AND 12
        AND (indicator LIKE 'dossiers\_received\_%' ESCAPE '\' OR indicator LIKE 'dossiers\_resolved\_%' ESCAPE '\')
),
wholes AS (SELECT * FROM points WHERE span >= 2 AND NOT summed),
two AS (
    SELECT w, h.span AS head, [h, t] AS parts,
        h.starts = w.starts AND t.ends = w.ends AND date_diff('day', h.ends, t.starts) IN (0, 1) AS tiled
    FROM wholes w
    JOIN points h ON h.who = w.who AND h.indicator = w.indicator AND h.opens = w.opens AND h.span < w.span
    JOIN points t ON t.who = w.who AND t.indicator = w.indicator AND t.closes = w.closes AND t.opens = h.closes
    WHERE h.reading <> w.reading OR t.reading <> w.reading
),
three AS (
    SELECT w, a.span AS head, [a, b, c] AS parts,
        a.starts = w.starts AND c.ends = w.ends AND date_diff('day', a.ends, b.starts) IN (0, 1)
            AND date_diff('day', b.ends, c.starts) IN (0, 1) AS tiled
    FROM wholes w
    JOIN points a ON a.who = w.who AND a.indicator = w.indicator AND a.opens = w.opens AND a.span * 3 = w.span
    JOIN points b ON b.who = w.who AND b.indicator = w.indicator AND b.opens = a.closes AND b.span = a.span
    JOIN points c ON c.who = w.who AND c.indicator = w.indicator AND c.opens = b.closes AND c.closes = w.closes
    WHERE w.span IN (3, 9)
),
four AS (
    SELECT w, a.span AS head, [a, b, c, d] AS parts,
        a.starts = w.starts AND d.ends = w.ends AND date_diff('day', a.ends, b.starts) IN (0, 1)
            AND date_diff('day', b.ends, c.starts) IN (0, 1) AND date_diff('day', c.ends, d.starts) IN (0, 1) AS tiled
    FROM wholes w
    JOIN points a ON a.who = w.who AND a.indicator = w.indicator AND a.opens = w.opens AND a.span = 3
    JOIN points b ON b.who = w.who AND b.indicator = w.indicator AND b.opens = a.closes AND b.span = 3
    JOIN points c ON c.who = w.who AND c.indicator = w.indicator AND c.opens = b.closes AND c.span = 3
    JOIN points d ON d.who = w.who AND d.indicator = w.indicator AND d.opens = c.closes AND d.closes = w.closes
    WHERE w.span = 12
),
several AS (FROM two UNION ALL FROM three UNION ALL FROM four),
lone AS (
    -- one end of a longer window and nothing that completes it
    SELECT w, 0 AS head, [arg_max(p, (p.span, p.path))] AS parts, false AS tiled
    FROM (
        FROM wholes w
        ANTI JOIN (SELECT w.who, w.indicator, w.starts, w.ends FROM several) s USING (who, indicator, starts, ends)
    ) w
    JOIN (SELECT *, opens AS edge, 'head' AS place FROM points UNION ALL SELECT *, closes, 'tail' FROM points) p
        ON p.who = w.who AND p.indicator = w.indicator AND p.span < w.span AND p.reading <> w.reading
        AND p.edge = CASE p.place WHEN 'head' THEN w.opens ELSE w.closes END
    GROUP BY w
),
best AS (
    SELECT * FROM (FROM several UNION ALL FROM lone)
    QUALIFY 1 = row_number() OVER (
        PARTITION BY w.who, w.indicator, w.starts, w.ends
        ORDER BY len(parts) > 1 DESC, tiled DESC, len(parts), head DESC, parts[1].path, parts[2].path
    )
),
judged AS (
    SELECT w, parts, list_sum([p.value FOR p IN parts]) AS total, parts[len(parts)] AS tail,
        CASE
            WHEN len(parts) = 1 THEN 'thiếu báo cáo của các kỳ còn lại'
            WHEN NOT tiled THEN 'cửa sổ kỳ không bằng nhau: các kỳ không ghép khít'
            WHEN w.doubt IS NOT NULL THEN w.doubt
            WHEN len([p FOR p IN parts IF p.doubt IS NOT NULL]) > 0 THEN [p.doubt FOR p IN parts IF p.doubt IS NOT NULL][1]
            WHEN w.value > list_sum([p.value FOR p IN parts]) AND may_have_grown(w.office, parts[1].ends, w.ends)
                THEN 'Sở có thể đã sáp nhập giữa hai kỳ'
        END AS reason
    FROM best
)
SELECT
    'history.adds_up' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN w.value = total THEN 'ok' ELSE 'error' END AS verdict,
    reason, w.province, w.issuing_body, w.indicator, w.value AS stated, CASE WHEN len(parts) > 1 THEN total END AS expected,
    list_aggregate([said_vi(p.value) FOR p IN parts], 'string_agg', ' + ')
        || CASE WHEN len(parts) = 1 THEN ' + ?' WHEN total = w.value THEN ' = ' ELSE ' = ' || said_vi(total) || ' ≠ ' END
        || CASE WHEN len(parts) = 1 THEN ' = ' || said_vi(w.value) ELSE said_vi(w.value) END AS arithmetic,
    w.quote, tail.quote AS earlier_quote, w.reading, tail.reading AS earlier_reading, w.path, tail.path AS earlier_path,
    NULL AS about, w.paths || flatten([p.paths FOR p IN parts]) AS paths
FROM judged;
COMMENT ON MACRO TABLE history_adds_up_among IS 'Các kỳ ghép khít một kỳ dài hơn: tổng của chúng so với số của kỳ đó';

CREATE OR REPLACE MACRO history_of_adds_up(asked) AS TABLE
WITH every_point AS MATERIALIZED (FROM history_points(asked))
FROM history_adds_up_among('every_point');
COMMENT ON MACRO TABLE history_of_adds_up IS 'Các kỳ ghép khít một kỳ dài hơn: tổng của chúng so với số của kỳ đó';

CREATE OR REPLACE MACRO sum_of(indicator) AS
    CASE
        WHEN indicator IN ('dossiers_carried_over', 'dossiers_received_new') THEN 'dossiers_received_total'
        WHEN indicator IN ('dossiers_received_online', 'dossiers_received_in_person', 'dossiers_received_postal')
            THEN 'dossiers_received_new'
        WHEN indicator IN ('dossiers_resolved_early', 'dossiers_resolved_on_time', 'dossiers_resolved_late')
            THEN 'dossiers_resolved_total'
        WHEN indicator IN ('dossiers_pending_in_time', 'dossiers_pending_overdue') THEN 'dossiers_pending_total'
    END;
COMMENT ON MACRO sum_of IS 'Chỉ tiêu tổng mà chỉ tiêu này là một phần';

CREATE OR REPLACE MACRO templates_of(asked) AS TABLE
-- What a report may have been written over: the last report on a window of its length, the last one of another length, the last
-- one on the same months of one or two years before. `together`: both windows open with the same month.
WITH reports AS (
    SELECT reading, who, path, opens_after(starts) AS opens, closes_with(ends) AS closes,
        closes_with(ends) - opens_after(starts) AS span
    FROM history_reports(asked)
    WHERE date_diff('day', starts, ends) >= 20
)
SELECT later.reading, earlier.reading AS earlier_reading, later.opens = earlier.opens AS together
FROM reports later
JOIN reports earlier
    ON earlier.who = later.who AND (
        earlier.closes BETWEEN later.closes - 12 AND later.closes - 1
        OR (earlier.closes = later.closes - 24 AND earlier.span = later.span)
    )
QUALIFY earlier.closes = max(earlier.closes) OVER (PARTITION BY later.reading, earlier.span = later.span)
    OR (
        earlier.span = later.span AND earlier.closes % 12 = later.closes % 12
        AND earlier.closes = max(earlier.closes) OVER (PARTITION BY later.reading, earlier.span, earlier.closes % 12)
    );
COMMENT ON MACRO TABLE templates_of IS 'Báo cáo trước đó có thể đã được dùng làm mẫu để viết báo cáo';

CREATE OR REPLACE MACRO history_of_left_in(asked) AS TABLE
-- A report written over another one in which figures were forgotten. By chance a count of v is the same again in
-- 1.2/v^0.9 of the times (measured on made-up pasts: 0.06 around 20, 0.009 around 200, 0.001 around 2 000); below ten it tells nothing. Against chance stands
-- that each figure was left with odds of one in two, or of four in five: `evidence` is the power of ten by which that is the
-- likelier. A sum whose parts are all the same and figures of one value (all resolved in time) say nothing of their own. What is
-- counted from one first day also stays where nothing came in since: such a figure weighs no more than one in twenty.
WITH pairs AS (SELECT * FROM templates_of(asked)),
mentioned AS (
    SELECT o.reading, o.indicator, coalesce(o.scope, '') AS scope, min(o.value) AS value, arg_min(o.quote, o.seq) AS quote
    FROM observations o
    WHERE o.reading IN (SELECT reading FROM pairs UNION ALL SELECT earlier_reading FROM pairs)
        AND starts_with(o.indicator, 'dossiers_') AND o.role = 'value' AND o.period_kind IS NULL AND NOT o.approx
    GROUP BY o.reading, o.indicator, coalesce(o.scope, '')
    HAVING min(o.value) = max(o.value)
),
wanted AS MATERIALIZED (
    -- first which two reports, then their figures: the other way round every office meets every other
    SELECT p.*, m.indicator, m.scope, m.value, m.quote
    FROM pairs p
    JOIN mentioned m ON m.reading = p.reading
    WHERE NOT (p.together AND m.indicator = 'dossiers_carried_over')
),
compared AS (
    SELECT l.*, l.value = e.value AS same, e.quote AS earlier_quote
    FROM wanted l
    JOIN mentioned e ON e.reading = l.earlier_reading AND e.indicator = l.indicator AND e.scope = l.scope
),
sums AS (
    SELECT reading, earlier_reading, scope, sum_of(indicator) AS whole
    FROM compared
    WHERE sum_of(indicator) IS NOT NULL
    GROUP BY ALL
    HAVING count(*) >= 2 AND bool_and(same)
    UNION
    -- what was there less what is left was resolved
    SELECT reading, earlier_reading, scope, 'dossiers_resolved_total'
    FROM compared
    WHERE indicator IN ('dossiers_received_total', 'dossiers_pending_total')
    GROUP BY ALL
    HAVING count(*) = 2 AND bool_and(same)
    UNION
    -- what was resolved, by its parts, and what is left were there
    SELECT reading, earlier_reading, scope, 'dossiers_received_total'
    FROM compared
    WHERE indicator IN ('dossiers_received_total', 'dossiers_pending_total') OR sum_of(indicator) = 'dossiers_resolved_total'
    GROUP BY ALL
    HAVING bool_and(same) AND count(*) >= 4 AND count(*) FILTER (sum_of(indicator) IS NULL) = 2
),
events AS (
    SELECT c.reading, c.earlier_reading, c.value, bool_and(c.same) AS same, bool_and(s.whole IS NULL) AS free,
        bool_or(c.together AND NOT starts_with(c.indicator, 'dossiers_pending')) AS running,
        string_agg(
            coalesce(i.name_vi, c.indicator) || CASE c.scope WHEN '' THEN '' ELSE ' (' || c.scope || ')' END,
            ', ' ORDER BY c.indicator, c.scope
        ) FILTER (c.same) AS names,
        arg_min(c.quote, (c.indicator, c.scope)) FILTER (c.same) AS quote,
        arg_min(c.earlier_quote, (c.indicator, c.scope)) FILTER (c.same) AS earlier_quote
    FROM compared c
    LEFT JOIN sums s
        ON s.reading = c.reading AND s.earlier_reading = c.earlier_reading AND s.scope = c.scope AND s.whole = c.indicator
    LEFT JOIN indicators i ON i.id = c.indicator
    WHERE c.value >= 10
    GROUP BY c.reading, c.earlier_reading, c.value
),
weighed AS (
    SELECT *, log10(least(pow(value, 0.9) / 1.2, CASE WHEN running THEN 20 ELSE 1e30 END)) AS weight FROM events
),
counted AS (
    SELECT reading, earlier_reading, count(*) AS n, count(*) FILTER (same) AS k, count(*) FILTER (same AND free) AS apart,
        greatest(
            sum(CASE WHEN NOT same THEN log10(0.5) WHEN free THEN weight + log10(0.5) ELSE 0 END),
            sum(CASE WHEN NOT same THEN log10(0.2) WHEN free THEN weight + log10(0.8) ELSE 0 END)
        ) AS evidence,
        sum(weight + log10(0.8)) AS at_most,
        string_agg(names || ' ' || said_vi(value), '; ' ORDER BY value DESC) FILTER (same) AS names,
        arg_max(quote, value) FILTER (same) AS quote, arg_max(earlier_quote, value) FILTER (same) AS earlier_quote
    FROM weighed
    GROUP BY reading, earlier_reading
    QUALIFY 1 = row_number() OVER (PARTITION BY reading ORDER BY evidence DESC, earlier_reading)
),
judged AS (
    -- 600 to one; of 23 000 reports of made-up pasts without faults two were above it
    SELECT *,
        apart >= 3 AND evidence >= 2.8 AS left_in,
        CASE WHEN n < 3 OR at_most < 2.8 THEN 'quá ít số từ 2 chữ số để so' END AS reason
    FROM counted
)
SELECT
    'history.left_in' AS rule,
    CASE WHEN reason IS NOT NULL THEN 'cannot_tell' WHEN left_in THEN 'error' ELSE 'ok' END AS verdict,
    reason, later.province, later.issuing_body, NULL AS indicator, CAST(k AS DECIMAL(38, 10)) AS stated,
    CAST(n AS DECIMAL(38, 10)) AS expected,
    k || '/' || n || ' số từ 2 chữ số giống kỳ ' || said_window(earlier.period_start, earlier.period_end)
        || coalesce(': ' || names, '') AS arithmetic,
    quote, earlier_quote, j.reading, j.earlier_reading, later.path, earlier.path AS earlier_path,
    said_window(earlier.period_start, earlier.period_end) || ': ' || names AS about, [later.path, earlier.path] AS paths
FROM judged j
JOIN readings later ON later.reading = j.reading
JOIN readings earlier ON earlier.reading = j.earlier_reading;
COMMENT ON MACRO TABLE history_of_left_in IS 'Nhiều số giữ nguyên của báo cáo trước: báo cáo cũ chưa thay hết số';
