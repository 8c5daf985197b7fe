-- What only the history can tell, second part: one macro per rule, a row per comparison that was made or could not be made.
-- All have the columns of `history_checks` and: `about` (the scope, number or list that a message names), `paths` (every
-- report that takes part). Joins are on the office (`who`) and the indicator; nothing pairs offices with each other.

CREATE OR REPLACE MACRO history_of_carried_over(asked) AS TABLE
-- Dossiers carried into a window are those pending at the end of the one before, which ends on the day before or the same
-- day (reports write both). A cumulative window carries what was pending before its own first day. Where no window meets it,
-- the nearest of the year before says why nothing can be told.
WITH points AS (
    SELECT * FROM history_points(asked) WHERE indicator IN ('dossiers_carried_over', 'dossiers_pending_total')
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
COMMENT ON MACRO TABLE history_of_carried_over IS 'Số kỳ trước chuyển sang so với số đang giải quyết cuối kỳ trước';

CREATE OR REPLACE MACRO history_of_cumulative(asked) AS TABLE
-- Counted from one day, what only grows cannot be smaller in a longer window; each is compared with the next shorter one.
-- The total received belongs here: from one first day it holds one and the same number carried over.
WITH points AS (
    SELECT * FROM history_points(asked)
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
COMMENT ON MACRO TABLE history_of_cumulative IS 'Số lũy kế so với số của kỳ ngắn hơn tính từ cùng một ngày';

CREATE OR REPLACE MACRO history_of_adds_up(asked) AS TABLE
-- Windows that tile a longer one sum to it: a head that opens with it and a tail that closes with it (quý I + quý II, 6 tháng +
-- quý III, 9 tháng + quý IV), else equal parts (three months, three or four quarters). Only what comes in during the window adds
-- up: the stock carried over is in every window's total.
WITH points AS (
    SELECT * FROM history_points(asked)
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
lone AS (
    -- one end of a longer window and nothing that completes it
    SELECT w, 0 AS head, [arg_max(p, (p.span, p.path))] AS parts, false AS tiled
    FROM wholes w
    JOIN (SELECT *, opens AS edge, 'head' AS place FROM points UNION ALL SELECT *, closes, 'tail' FROM points) p
        ON p.who = w.who AND p.indicator = w.indicator AND p.span < w.span AND p.reading <> w.reading
        AND p.edge = CASE p.place WHEN 'head' THEN w.opens ELSE w.closes END
    GROUP BY w
),
best AS (
    SELECT * FROM (FROM two UNION ALL FROM three UNION ALL FROM four UNION ALL FROM lone)
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
COMMENT ON MACRO TABLE history_of_adds_up IS 'Các kỳ ghép khít một kỳ dài hơn: tổng của chúng so với số của kỳ đó';

CREATE OR REPLACE MACRO history_of_left_in(asked) AS TABLE
-- Counts of three digits or more that stay the same from one period to the next by chance are rare, in the order of one in a
-- quarter of the value: enough of them together mean that the report before was not filled in anew.
WITH reports AS (
    SELECT reading, path, province, issuing_body, who, starts, ends, closes_with(ends) AS closes,
        CASE WHEN date_diff('day', starts, ends) >= 20 THEN closes_with(ends) - opens_after(starts) ELSE 0 END AS span
    FROM history_reports(asked)
),
windows AS (
    SELECT who, span, closes, lag(closes) OVER (PARTITION BY who, span ORDER BY closes) AS before
    FROM (SELECT DISTINCT who, span, closes FROM reports WHERE span > 0)
),
pairs AS (
    SELECT later.reading, earlier.reading AS earlier_reading
    FROM windows w
    JOIN reports later ON later.who = w.who AND later.span = w.span AND later.closes = w.closes
    JOIN reports earlier ON earlier.who = w.who AND earlier.span = w.span AND earlier.closes = w.before
    WHERE w.closes - w.before <= 12
),
said AS (
    SELECT o.reading, o.indicator, o.scope, o.indicator || coalesce('|' || o.scope, '') AS figure,
        min(o.value) AS value, arg_min(o.quote, o.seq) AS quote
    FROM observations o
    JOIN reports r ON r.reading = o.reading
    WHERE o.indicator LIKE 'dossiers\_%' ESCAPE '\' AND o.role = 'value' AND o.period_kind IS NULL AND NOT o.approx
    GROUP BY o.reading, o.indicator, o.scope
    HAVING min(o.value) = max(o.value) AND min(o.value) >= 100
),
wanted AS MATERIALIZED (
    -- first which two reports, then their figures: the other way round every office meets every other
    SELECT s.*, p.earlier_reading FROM pairs p JOIN said s ON s.reading = p.reading
),
compared AS (
    -- figures of one value are one event: all resolved in time, all received online
    SELECT l.reading, l.earlier_reading, l.value, bool_or(l.value = e.value) AS same,
        string_agg(coalesce(i.name_vi, l.indicator) || coalesce(' (' || l.scope || ')', ''), ', ' ORDER BY l.figure) AS names,
        arg_min(l.quote, l.figure) AS quote, arg_min(e.quote, l.figure) AS earlier_quote
    FROM wanted l
    JOIN said e ON e.reading = l.earlier_reading AND e.figure = l.figure
    LEFT JOIN indicators i ON i.id = l.indicator
    GROUP BY l.reading, l.earlier_reading, l.value
),
counted AS (
    SELECT reading, earlier_reading, count(*) AS n, count(*) FILTER (same) AS k,
        coalesce(sum(log10(value / 4)) FILTER (same), 0) AS rarity,
        string_agg(names || ' ' || said_vi(value), '; ' ORDER BY value DESC) FILTER (same) AS names,
        arg_max(quote, value) FILTER (same) AS quote, arg_max(earlier_quote, value) FILTER (same) AS earlier_quote
    FROM compared
    GROUP BY reading, earlier_reading
)
SELECT
    'history.left_in' AS rule,
    CASE
        WHEN n < 5 THEN 'cannot_tell'
        -- 10^4 to one, after all the ways of choosing k of n
        WHEN k >= 3 AND k * 3 >= n AND rarity - (lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)) / ln(10) >= 4 THEN 'error'
        ELSE 'ok'
    END AS verdict,
    CASE WHEN n < 5 THEN 'quá ít số từ 3 chữ số để so' END AS reason,
    later.province, later.issuing_body, NULL AS indicator, CAST(k AS DECIMAL(38, 10)) AS stated,
    CAST(n AS DECIMAL(38, 10)) AS expected,
    k || '/' || n || ' số từ 3 chữ số giống kỳ trước' || coalesce(': ' || names, '') AS arithmetic,
    quote, earlier_quote, c.reading, c.earlier_reading, later.path, earlier.path AS earlier_path,
    names AS about, [later.path, earlier.path] AS paths
FROM counted c
JOIN reports later ON later.reading = c.reading
JOIN reports earlier ON earlier.reading = c.earlier_reading;
COMMENT ON MACRO TABLE history_of_left_in IS 'Nhiều số giữ nguyên của kỳ trước: báo cáo cũ chưa thay hết số';
