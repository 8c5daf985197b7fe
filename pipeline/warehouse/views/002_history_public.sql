-- What only the history can tell, last part: all rules in one shape, and the views that people query. All disagreements are
-- warnings: two reports cannot prove which of them is wrong.

CREATE OR REPLACE MACRO plain_figure(figure) AS
    CASE WHEN figure = trunc(figure) THEN CAST(CAST(figure AS HUGEINT) AS VARCHAR) ELSE rtrim(CAST(figure AS VARCHAR), '0') END;
COMMENT ON MACRO plain_figure IS 'Số viết không dấu phân cách, không số 0 thừa: 33451.5';

CREATE OR REPLACE MACRO history_checks_of(asked) AS TABLE
-- the points are the same for six rules and are made once
WITH every_point AS MATERIALIZED (FROM history_points(asked)), every_scoped AS MATERIALIZED (FROM history_scoped(asked))
SELECT * REPLACE (plain_figure(stated) AS stated, plain_figure(expected) AS expected)
FROM (
    FROM history_carried_over_among('every_point')
    UNION ALL BY NAME FROM history_cumulative_among('every_point')
    UNION ALL BY NAME FROM history_adds_up_among('every_point')
    UNION ALL BY NAME FROM history_of_left_in(asked)
    UNION ALL BY NAME FROM history_unusual_among('every_point')
    UNION ALL BY NAME FROM history_province_part_among('every_point', 'every_scoped')
    UNION ALL BY NAME FROM history_province_total_among('every_point', 'every_scoped')
    UNION ALL BY NAME FROM history_of_resent(asked)
)
UNION ALL BY NAME
SELECT * REPLACE (CAST(stated AS VARCHAR) AS stated, CAST(expected AS VARCHAR) AS expected) FROM history_of_cited_dates(asked);
COMMENT ON MACRO TABLE history_checks_of IS 'Mọi phép đối chiếu của các tỉnh, thành phố được hỏi (NULL: tất cả)';

CREATE OR REPLACE MACRO history_findings_among(all_checks) AS TABLE
WITH told AS (
    SELECT h.*,
        coalesce(i.name_vi, h.indicator) AS name_vi, coalesce(i.name_en, h.indicator) AS name_en,
        coalesce(' (' || about || ')', '') AS of_whom,
        CASE WHEN rule <> 'history.cited_dates' THEN CAST(stated AS DECIMAL(38, 10)) END AS says,
        CASE WHEN rule <> 'history.cited_dates' THEN CAST(expected AS DECIMAL(38, 10)) END AS others,
        CASE WHEN rule = 'history.cited_dates' THEN strftime(CAST(stated AS DATE), '%d/%m/%Y') END AS day,
        CASE WHEN rule = 'history.cited_dates' THEN strftime(CAST(expected AS DATE), '%d/%m/%Y') END AS other_day
    FROM query_table(all_checks) h
    LEFT JOIN indicators i ON i.id = h.indicator
    WHERE h.verdict = 'error'
)
SELECT
    rule, province, issuing_body, indicator, about,
    CASE rule
        WHEN 'history.carried_over' THEN 'Số hồ sơ kỳ trước chuyển sang ghi ' || said_vi(says)
            || ', nhưng báo cáo kỳ trước còn ' || said_vi(others) || ' hồ sơ đang giải quyết.'
        WHEN 'history.cumulative' THEN name_vi || ': lũy kế ' || said_vi(says) || ', nhỏ hơn ' || said_vi(others)
            || ' đã báo cáo trước đó cho kỳ ngắn hơn.'
        WHEN 'history.adds_up' THEN name_vi || ': ghi ' || said_vi(says) || ', nhưng các kỳ trong đó cộng lại là '
            || said_vi(others) || ' (' || arithmetic || ').'
        WHEN 'history.left_in' THEN said_vi(says) || '/' || said_vi(others)
            || ' số từ 2 chữ số trở lên giống hệt báo cáo kỳ ' || about || '.'
        WHEN 'history.unusual' THEN name_vi || ': ghi ' || said_vi(says) || ', khác hẳn các kỳ trước (' || arithmetic || ').'
        WHEN 'history.province_part' THEN name_vi || of_whom || ': báo cáo của tỉnh ghi ' || said_vi(says)
            || ', báo cáo của chính Sở ghi ' || said_vi(others) || '.'
        WHEN 'history.province_total' THEN name_vi || ': tỉnh ghi tổng ' || said_vi(says) || ', các Sở đã báo cáo ('
            || about || ') cộng lại là ' || said_vi(others) || '.'
        WHEN 'history.resent' THEN name_vi || of_whom || ': bản trước ghi ' || said_vi(others) || ', bản gửi lại ghi '
            || said_vi(says) || '.'
        WHEN 'history.cited_dates' THEN 'Văn bản ' || about || ' được viện dẫn với ngày ' || day || '; báo cáo khác ghi ngày '
            || other_day || '.'
    END AS message_vi,
    CASE rule
        WHEN 'history.carried_over' THEN 'States ' || said_en(says) || ' dossiers carried over; the preceding report left '
            || said_en(others) || ' pending.'
        WHEN 'history.cumulative' THEN name_en || ': ' || said_en(says) || ' in all, less than the ' || said_en(others)
            || ' reported earlier for a shorter period.'
        WHEN 'history.adds_up' THEN name_en || ': states ' || said_en(says) || '; the periods within it sum to '
            || said_en(others) || ' (' || arithmetic || ').'
        WHEN 'history.left_in' THEN said_en(says) || ' of ' || said_en(others)
            || ' figures of two digits or more are those of the report on ' || about || '.'
        WHEN 'history.unusual' THEN name_en || ': states ' || said_en(says) || ', unlike the periods before (' || arithmetic || ').'
        WHEN 'history.province_part' THEN name_en || of_whom || ': the province states ' || said_en(says)
            || ', the office itself ' || said_en(others) || '.'
        WHEN 'history.province_total' THEN name_en || ': the province states ' || said_en(says) || ' in all; its Sở that reported ('
            || about || ') sum to ' || said_en(others) || '.'
        WHEN 'history.resent' THEN name_en || of_whom || ': the earlier version says ' || said_en(others)
            || ', the one sent again ' || said_en(says) || '.'
        WHEN 'history.cited_dates' THEN about || ' is cited with the date ' || day || '; another report says ' || other_day || '.'
    END AS message_en,
    stated, expected, quote, earlier_quote, reading, earlier_reading, path, earlier_path, paths
FROM told;
COMMENT ON MACRO TABLE history_findings_among IS 'Cảnh báo trong số các phép đối chiếu, kèm mọi báo cáo có liên quan';

CREATE OR REPLACE MACRO history_findings_of(asked) AS TABLE
WITH every_check AS (FROM history_checks_of(asked))
FROM history_findings_among('every_check');
COMMENT ON MACRO TABLE history_findings_of IS 'Cảnh báo cho các tỉnh, thành phố được hỏi, kèm mọi báo cáo có liên quan';

CREATE OR REPLACE MACRO history_verdicts_among(all_checks) AS TABLE
-- how many comparisons came to what: without it nobody knows of how many the findings are
SELECT coalesce(p.name_today, r.province, '') AS unit, h.rule, h.province, h.verdict, h.reason, count(*) AS comparisons
FROM query_table(all_checks) h
JOIN readings r ON r.reading = h.reading
LEFT JOIN provinces p ON p.name = r.province
GROUP BY ALL;
COMMENT ON MACRO TABLE history_verdicts_among IS 'Số phép đối chiếu theo quy tắc, tỉnh, kết luận và lý do';

CREATE OR REPLACE MACRO history_due(asked) AS TABLE
-- Units of today whose kept findings rest on something else than what is there now. Everything that the findings depend on is
-- in `basis`: which readings count, in which order they came, the catalogues, and the rules themselves.
WITH catalogues AS (
    SELECT concat_ws(
        '-', (SELECT arg_max(fingerprint, applied_at) FROM view_versions),
        (SELECT bit_xor(hash(x)) FROM provinces x), (SELECT bit_xor(hash(x)) FROM organisations x),
        (SELECT bit_xor(hash(x)) FROM organisation_aliases x), (SELECT bit_xor(hash(x)) FROM indicators x)
    ) AS state
),
now AS (
    SELECT coalesce(p.name_today, r.province, '') AS unit, count(*) AS readings,
        concat_ws('-', count(*), bit_xor(hash(r.reading, r.path, r.run, w.sha256 IS NULL)), any_value(c.state)) AS basis
    FROM readings r
    LEFT JOIN provinces p ON p.name = r.province
    LEFT JOIN retracted_documents w ON w.sha256 = r.sha256
    CROSS JOIN catalogues c
    GROUP BY 1
)
SELECT n.unit, n.basis, n.readings
FROM now n
LEFT JOIN kept_units k ON k.unit = n.unit
WHERE k.basis IS DISTINCT FROM n.basis AND (asked IS NULL OR list_contains(asked, n.unit));
COMMENT ON MACRO TABLE history_due IS 'Tỉnh, thành phố mà kết quả đối chiếu giữ lại đã cũ, dấu vân hiện nay và số lần đọc';

CREATE OR REPLACE MACRO units_due() AS (SELECT coalesce(list(unit), []) FROM history_due(NULL));
COMMENT ON MACRO units_due IS 'Các tỉnh, thành phố phải đối chiếu lại khi được hỏi';

CREATE OR REPLACE MACRO history_told(asked) AS TABLE
-- what was kept, and for units that changed since what is found now
WITH due AS MATERIALIZED (SELECT coalesce(list(unit), []) AS units FROM history_due(asked))
SELECT k.* EXCLUDE (unit)
FROM kept_findings k, due d
WHERE NOT list_contains(d.units, k.unit) AND (asked IS NULL OR list_contains(asked, k.unit))
UNION ALL BY NAME
FROM history_findings_of((SELECT units FROM due));
COMMENT ON MACRO TABLE history_told IS 'Cảnh báo đã giữ lại, và cảnh báo mới tìm cho các tỉnh, thành phố đã thay đổi';

CREATE OR REPLACE MACRO history_kept(of_rule) AS TABLE
-- of one rule: a view of one rule does not plan the eight others
SELECT * FROM kept_findings k WHERE k.rule = of_rule AND NOT list_contains(units_due(), k.unit);
COMMENT ON MACRO TABLE history_kept IS 'Cảnh báo của một quy tắc đã giữ lại và còn đúng';

CREATE OR REPLACE VIEW history_verdicts AS
WITH due AS MATERIALIZED (SELECT coalesce(list(unit), []) AS units FROM history_due(NULL)),
every_check AS (FROM history_checks_of((SELECT units FROM due)))
SELECT k.* EXCLUDE (unit)
FROM kept_verdicts k, due d
WHERE NOT list_contains(d.units, k.unit)
UNION ALL BY NAME
SELECT * EXCLUDE (unit) FROM history_verdicts_among('every_check');
COMMENT ON VIEW history_verdicts IS 'Số phép đối chiếu lịch sử theo quy tắc, tỉnh, kết luận và lý do';
COMMENT ON COLUMN history_verdicts.rule IS 'Quy tắc';
COMMENT ON COLUMN history_verdicts.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN history_verdicts.verdict IS 'Kết luận: ok (khớp), error (không khớp), cannot_tell (không đủ căn cứ)';
COMMENT ON COLUMN history_verdicts.reason IS 'Vì sao không đủ căn cứ';
COMMENT ON COLUMN history_verdicts.comparisons IS 'Số phép đối chiếu';

-- One view per rule that had one before there were checks, with the figures as numbers: the disagreements.
CREATE OR REPLACE VIEW history_carried_over AS
SELECT province, issuing_body, CAST(stated AS DECIMAL(38, 10)) AS stated, CAST(expected AS DECIMAL(38, 10)) AS expected,
    quote, earlier_quote, reading, earlier_reading, path, earlier_path
FROM (
    FROM history_kept('history.carried_over')
    UNION ALL BY NAME SELECT * REPLACE (CAST(stated AS VARCHAR) AS stated, CAST(expected AS VARCHAR) AS expected)
    FROM history_of_carried_over(units_due()) WHERE verdict = 'error'
);
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
SELECT province, issuing_body, indicator, CAST(stated AS DECIMAL(38, 10)) AS stated, CAST(expected AS DECIMAL(38, 10)) AS expected,
    quote, earlier_quote, reading, earlier_reading, path, earlier_path
FROM (
    FROM history_kept('history.cumulative')
    UNION ALL BY NAME SELECT * REPLACE (CAST(stated AS VARCHAR) AS stated, CAST(expected AS VARCHAR) AS expected)
    FROM history_of_cumulative(units_due()) WHERE verdict = 'error'
);
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
SELECT province, issuing_body, indicator, about AS scope, CAST(stated AS DECIMAL(38, 10)) AS stated, CAST(expected AS DECIMAL(38, 10)) AS expected,
    quote, earlier_quote, reading, earlier_reading,
    path, earlier_path
FROM (
    FROM history_kept('history.resent')
    UNION ALL BY NAME SELECT * REPLACE (CAST(stated AS VARCHAR) AS stated, CAST(expected AS VARCHAR) AS expected)
    FROM history_of_resent(units_due()) WHERE verdict = 'error'
);
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
SELECT province, issuing_body, about AS key, CAST(stated AS DATE) AS stated, CAST(expected AS DATE) AS expected, quote, earlier_quote, reading, earlier_reading, path, earlier_path
FROM (
    FROM history_kept('history.cited_dates')
    UNION ALL BY NAME SELECT * REPLACE (CAST(stated AS VARCHAR) AS stated, CAST(expected AS VARCHAR) AS expected)
    FROM history_of_cited_dates(units_due()) WHERE verdict = 'error'
);
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
SELECT * EXCLUDE (indicator, about, paths) FROM history_told(NULL);
COMMENT ON VIEW history_findings IS 'Cảnh báo khi đối chiếu các báo cáo trong kho với nhau';
COMMENT ON COLUMN history_findings.rule IS 'Quy tắc: history.carried_over, history.cumulative, history.adds_up…';
COMMENT ON COLUMN history_findings.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN history_findings.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN history_findings.message_vi IS 'Diễn giải bằng tiếng Việt';
COMMENT ON COLUMN history_findings.message_en IS 'Diễn giải bằng tiếng Anh';
COMMENT ON COLUMN history_findings.stated IS 'Giá trị của báo cáo sau';
COMMENT ON COLUMN history_findings.expected IS 'Giá trị theo các báo cáo trước';
COMMENT ON COLUMN history_findings.quote IS 'Đoạn chữ của báo cáo sau';
COMMENT ON COLUMN history_findings.earlier_quote IS 'Đoạn chữ của báo cáo trước';
COMMENT ON COLUMN history_findings.reading IS 'Lần đọc báo cáo sau';
COMMENT ON COLUMN history_findings.earlier_reading IS 'Lần đọc báo cáo trước';
COMMENT ON COLUMN history_findings.path IS 'Đường dẫn báo cáo sau';
COMMENT ON COLUMN history_findings.earlier_path IS 'Đường dẫn báo cáo trước';
