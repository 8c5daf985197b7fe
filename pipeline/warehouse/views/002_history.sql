-- What only the history can tell. Views, not stored findings: they are right whatever the order in which reports come
-- in, and a report that arrives late changes them by itself. All are warnings: two reports cannot prove which is wrong.

CREATE OR REPLACE MACRO said_vi(figure) AS
    replace(format('{:,}', CAST(trunc(figure) AS HUGEINT)), ',', '.')
    || CASE WHEN figure = trunc(figure) THEN '' ELSE ',' || rtrim(split_part(CAST(figure AS VARCHAR), '.', 2), '0') END;
COMMENT ON MACRO said_vi IS 'Số viết theo lối Việt Nam: 33.451,5';

CREATE OR REPLACE MACRO said_en(figure) AS
    format('{:,}', CAST(trunc(figure) AS HUGEINT))
    || CASE WHEN figure = trunc(figure) THEN '' ELSE '.' || rtrim(split_part(CAST(figure AS VARCHAR), '.', 2), '0') END;
COMMENT ON MACRO said_en IS 'Số viết theo lối Anh: 33,451.5';

CREATE OR REPLACE VIEW history_carried_over AS
-- dossiers carried into a period are those that the preceding report of the same office left pending
SELECT
    later.province, later.issuing_body, later.value AS stated, earlier.value AS expected,
    later.quote, earlier.quote AS earlier_quote,
    later.reading, earlier.reading AS earlier_reading, later.path, earlier.path AS earlier_path
FROM dossiers later
JOIN dossiers earlier
    ON earlier.province IS NOT DISTINCT FROM later.province AND earlier.issuing_body = later.issuing_body
    AND earlier.period_end BETWEEN later.period_start - INTERVAL 1 DAY AND later.period_start
    AND earlier.reading <> later.reading
WHERE later.indicator = 'dossiers_carried_over' AND earlier.indicator = 'dossiers_pending_total'
    AND later.value <> earlier.value AND NOT later.disputed AND NOT earlier.disputed;
COMMENT ON VIEW history_carried_over IS 'Số kỳ trước chuyển sang khác số đang giải quyết cuối kỳ trước';
COMMENT ON COLUMN history_carried_over.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN history_carried_over.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN history_carried_over.stated IS 'Số chuyển sang nêu trong báo cáo sau';
COMMENT ON COLUMN history_carried_over.expected IS 'Số đang giải quyết nêu trong báo cáo trước';
COMMENT ON COLUMN history_carried_over.quote IS 'Đoạn chữ của báo cáo sau';
COMMENT ON COLUMN history_carried_over.earlier_quote IS 'Đoạn chữ của báo cáo trước';
COMMENT ON COLUMN history_carried_over.reading IS 'Lần đọc báo cáo sau';
COMMENT ON COLUMN history_carried_over.earlier_reading IS 'Lần đọc báo cáo trước';
COMMENT ON COLUMN history_carried_over.path IS 'Đường dẫn báo cáo sau';
COMMENT ON COLUMN history_carried_over.earlier_path IS 'Đường dẫn báo cáo trước';

CREATE OR REPLACE VIEW history_cumulative AS
-- counted from the same day, a later count of what only grows cannot be smaller
SELECT
    later.province, later.issuing_body, later.indicator, later.value AS stated, earlier.value AS expected,
    later.quote, earlier.quote AS earlier_quote,
    later.reading, earlier.reading AS earlier_reading, later.path, earlier.path AS earlier_path
FROM dossiers later
JOIN dossiers earlier
    ON earlier.province IS NOT DISTINCT FROM later.province AND earlier.issuing_body = later.issuing_body
    AND earlier.indicator = later.indicator AND earlier.reading <> later.reading
    AND earlier.period_start = later.period_start AND earlier.period_end < later.period_end
WHERE later.value < earlier.value AND NOT later.disputed AND NOT earlier.disputed
    AND (later.indicator LIKE 'dossiers\_received\_%' ESCAPE '\' OR later.indicator LIKE 'dossiers\_resolved\_%' ESCAPE '\');
COMMENT ON VIEW history_cumulative IS 'Số lũy kế của báo cáo sau nhỏ hơn báo cáo trước, tính từ cùng một ngày';
COMMENT ON COLUMN history_cumulative.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN history_cumulative.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN history_cumulative.indicator IS 'Chỉ tiêu';
COMMENT ON COLUMN history_cumulative.stated IS 'Số của báo cáo sau';
COMMENT ON COLUMN history_cumulative.expected IS 'Số của báo cáo trước: ít nhất phải bằng';
COMMENT ON COLUMN history_cumulative.quote IS 'Đoạn chữ của báo cáo sau';
COMMENT ON COLUMN history_cumulative.earlier_quote IS 'Đoạn chữ của báo cáo trước';
COMMENT ON COLUMN history_cumulative.reading IS 'Lần đọc báo cáo sau';
COMMENT ON COLUMN history_cumulative.earlier_reading IS 'Lần đọc báo cáo trước';
COMMENT ON COLUMN history_cumulative.path IS 'Đường dẫn báo cáo sau';
COMMENT ON COLUMN history_cumulative.earlier_path IS 'Đường dẫn báo cáo trước';

CREATE OR REPLACE VIEW history_resent AS
-- a version against the one before it, figure by figure where each says it once; a scan may have been misread
WITH said AS (
    SELECT v.series, v.version, v.reading, v.path, v.province, v.issuing_body, o.indicator, o.scope,
           coalesce(o.period_start, v.period_start) AS starts, coalesce(o.period_end, v.period_end) AS ends,
           any_value(o.value) AS value, any_value(o.quote) AS quote
    FROM report_versions v
    JOIN observations o ON o.reading = v.reading
    WHERE v.reader = 'text' AND o.indicator IS NOT NULL AND o.role = 'value' AND o.value IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT o.value) = 1
)
SELECT
    later.province, later.issuing_body, later.indicator, later.scope,
    later.value AS stated, earlier.value AS expected, later.quote, earlier.quote AS earlier_quote,
    later.reading, earlier.reading AS earlier_reading, later.path, earlier.path AS earlier_path
FROM said later
JOIN said earlier
    ON earlier.series = later.series AND earlier.version = later.version - 1
    AND earlier.indicator = later.indicator AND earlier.scope IS NOT DISTINCT FROM later.scope
    AND earlier.starts IS NOT DISTINCT FROM later.starts AND earlier.ends IS NOT DISTINCT FROM later.ends
WHERE earlier.value <> later.value;
COMMENT ON VIEW history_resent IS 'Số liệu thay đổi giữa hai bản của cùng một báo cáo';
COMMENT ON COLUMN history_resent.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN history_resent.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN history_resent.indicator IS 'Chỉ tiêu';
COMMENT ON COLUMN history_resent.scope IS 'Số liệu của ai';
COMMENT ON COLUMN history_resent.stated IS 'Số của bản sau';
COMMENT ON COLUMN history_resent.expected IS 'Số của bản trước';
COMMENT ON COLUMN history_resent.quote IS 'Đoạn chữ của bản sau';
COMMENT ON COLUMN history_resent.earlier_quote IS 'Đoạn chữ của bản trước';
COMMENT ON COLUMN history_resent.reading IS 'Lần đọc bản sau';
COMMENT ON COLUMN history_resent.earlier_reading IS 'Lần đọc bản trước';
COMMENT ON COLUMN history_resent.path IS 'Đường dẫn bản sau';
COMMENT ON COLUMN history_resent.earlier_path IS 'Đường dẫn bản trước';

CREATE OR REPLACE VIEW history_cited_dates AS
-- a number is given anew each year and by each province: the same key, year and province is the same document
WITH said AS (
    SELECT DISTINCT v.province, v.issuing_body, v.reading, v.path, v.landed_at, c.key, c.cited_date,
           first(c.quote) OVER (PARTITION BY v.reading, c.key, c.cited_date ORDER BY c.seq) AS quote
    FROM citations c
    JOIN report_versions v ON v.reading = c.reading AND v.is_latest
    WHERE c.key IS NOT NULL AND c.cited_date IS NOT NULL
)
SELECT
    later.province, later.issuing_body, later.key, later.cited_date AS stated, earlier.cited_date AS expected,
    later.quote, earlier.quote AS earlier_quote,
    later.reading, earlier.reading AS earlier_reading, later.path, earlier.path AS earlier_path
FROM said later
JOIN said earlier
    ON earlier.key = later.key AND earlier.province = later.province AND year(earlier.cited_date) = year(later.cited_date)
    AND (earlier.landed_at, earlier.path) < (later.landed_at, later.path)
WHERE earlier.cited_date <> later.cited_date AND earlier.reading <> later.reading;
COMMENT ON VIEW history_cited_dates IS 'Một văn bản được hai báo cáo viện dẫn với hai ngày khác nhau trong cùng năm';
COMMENT ON COLUMN history_cited_dates.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN history_cited_dates.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN history_cited_dates.key IS 'Số hiệu văn bản';
COMMENT ON COLUMN history_cited_dates.stated IS 'Ngày nêu trong báo cáo vào kho sau';
COMMENT ON COLUMN history_cited_dates.expected IS 'Ngày nêu trong báo cáo vào kho trước';
COMMENT ON COLUMN history_cited_dates.quote IS 'Đoạn chữ của báo cáo vào kho sau';
COMMENT ON COLUMN history_cited_dates.earlier_quote IS 'Đoạn chữ của báo cáo vào kho trước';
COMMENT ON COLUMN history_cited_dates.reading IS 'Lần đọc báo cáo vào kho sau';
COMMENT ON COLUMN history_cited_dates.earlier_reading IS 'Lần đọc báo cáo vào kho trước';
COMMENT ON COLUMN history_cited_dates.path IS 'Đường dẫn báo cáo vào kho sau';
COMMENT ON COLUMN history_cited_dates.earlier_path IS 'Đường dẫn báo cáo vào kho trước';

CREATE OR REPLACE VIEW history_findings AS
SELECT
    'history.carried_over' AS rule, province, issuing_body,
    'Số hồ sơ kỳ trước chuyển sang ghi ' || said_vi(stated) || ', nhưng báo cáo kỳ trước còn '
        || said_vi(expected) || ' hồ sơ đang giải quyết.' AS message_vi,
    'States ' || said_en(stated) || ' dossiers carried over; the preceding report left '
        || said_en(expected) || ' pending.' AS message_en,
    CAST(stated AS VARCHAR) AS stated, CAST(expected AS VARCHAR) AS expected,
    quote, earlier_quote, reading, earlier_reading, path, earlier_path
FROM history_carried_over
UNION ALL
SELECT
    'history.cumulative', h.province, h.issuing_body,
    coalesce(i.name_vi, h.indicator) || ': lũy kế ' || said_vi(h.stated) || ', nhỏ hơn ' || said_vi(h.expected)
        || ' đã báo cáo trước đó cho kỳ ngắn hơn.',
    coalesce(i.name_en, h.indicator) || ': ' || said_en(h.stated) || ' in all, less than the ' || said_en(h.expected)
        || ' reported earlier for a shorter period.',
    CAST(h.stated AS VARCHAR), CAST(h.expected AS VARCHAR),
    h.quote, h.earlier_quote, h.reading, h.earlier_reading, h.path, h.earlier_path
FROM history_cumulative h LEFT JOIN indicators i ON i.id = h.indicator
UNION ALL
SELECT
    'history.resent', h.province, h.issuing_body,
    coalesce(i.name_vi, h.indicator) || coalesce(' (' || h.scope || ')', '') || ': bản trước ghi '
        || said_vi(h.expected) || ', bản gửi lại ghi ' || said_vi(h.stated) || '.',
    coalesce(i.name_en, h.indicator) || coalesce(' (' || h.scope || ')', '') || ': the earlier version says '
        || said_en(h.expected) || ', the one sent again ' || said_en(h.stated) || '.',
    CAST(h.stated AS VARCHAR), CAST(h.expected AS VARCHAR),
    h.quote, h.earlier_quote, h.reading, h.earlier_reading, h.path, h.earlier_path
FROM history_resent h LEFT JOIN indicators i ON i.id = h.indicator
UNION ALL
SELECT
    'history.cited_dates', province, issuing_body,
    'Văn bản ' || key || ' được viện dẫn với ngày ' || strftime(stated, '%d/%m/%Y') || '; báo cáo khác ghi ngày '
        || strftime(expected, '%d/%m/%Y') || '.',
    key || ' is cited with the date ' || strftime(stated, '%d/%m/%Y') || '; another report says '
        || strftime(expected, '%d/%m/%Y') || '.',
    CAST(stated AS VARCHAR), CAST(expected AS VARCHAR),
    quote, earlier_quote, reading, earlier_reading, path, earlier_path
FROM history_cited_dates;
COMMENT ON VIEW history_findings IS 'Cảnh báo khi đối chiếu các báo cáo trong kho với nhau';
COMMENT ON COLUMN history_findings.rule IS 'Quy tắc: history.carried_over, history.cumulative, history.resent, history.cited_dates';
COMMENT ON COLUMN history_findings.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN history_findings.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN history_findings.message_vi IS 'Diễn giải bằng tiếng Việt';
COMMENT ON COLUMN history_findings.message_en IS 'Diễn giải bằng tiếng Anh';
COMMENT ON COLUMN history_findings.stated IS 'Giá trị của báo cáo sau';
COMMENT ON COLUMN history_findings.expected IS 'Giá trị của báo cáo trước';
COMMENT ON COLUMN history_findings.quote IS 'Đoạn chữ của báo cáo sau';
COMMENT ON COLUMN history_findings.earlier_quote IS 'Đoạn chữ của báo cáo trước';
COMMENT ON COLUMN history_findings.reading IS 'Lần đọc báo cáo sau';
COMMENT ON COLUMN history_findings.earlier_reading IS 'Lần đọc báo cáo trước';
COMMENT ON COLUMN history_findings.path IS 'Đường dẫn báo cáo sau';
COMMENT ON COLUMN history_findings.earlier_path IS 'Đường dẫn báo cáo trước';
