-- What officers ask for: who reports, how each Sở does, who has not sent, what was decided. Offices are compared over equal
-- windows only, and a sum over units that are not all there is marked, never ranked.

CREATE OR REPLACE MACRO unmarked_words(said) AS
    trim(regexp_replace(
        replace(replace(replace(strip_accents(lower(nfc_normalize(said))), 'đ', 'd'), 'ð', 'd'), '&', ' va '),
        '[^a-z0-9]+', ' ', 'g'
    ));
COMMENT ON MACRO unmarked_words IS 'Chữ thường không dấu, cách nhau một dấu cách: "Sở NN&PTNT" thành "so nn va ptnt"';

CREATE OR REPLACE MACRO office_words(said) AS
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        unmarked_words(said),
        '\buy ban nhan dan\b', 'ubnd', 'g'),
        '\bhoi dong nhan dan\b', 'hdnd', 'g'),
        '\bpvhcc\b|\bphuc vu hcc\b|\b(phuc vu )?hanh chinh cong\b', 'hcc', 'g'),
        ' cua (tinh|thanh pho|huyen|xa|phuong)\b', ' \1');
COMMENT ON MACRO office_words IS 'Như unmarked_words, với UBND, HĐND và trung tâm hành chính công viết thống nhất';

CREATE OR REPLACE MACRO office_level_of_city(words, city) AS
    CASE
        WHEN city IS NOT NULL AND (ends_with(words, ' ' || unmarked_words(city)) OR regexp_matches(words, ' (thanh pho|tp)$'))
        THEN 'tinh' ELSE 'huyen'
    END;
COMMENT ON MACRO office_level_of_city IS 'Cấp của thành phố nêu trong tên: tinh khi tỉnh đang là chính thành phố đó';

CREATE OR REPLACE MACRO office_level(words, city) AS
    -- "thành phố Bắc Ninh" was a unit of district level in Bắc Ninh before the province itself became a city
    CASE regexp_extract(
        words,
        '^(?:(?:van phong (?:hdnd (?:va )?)?)?ubnd|trung tam hcc) (tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b',
        1
    )
        WHEN 'tinh' THEN 'tinh'
        WHEN 'thanh pho' THEN office_level_of_city(words, city)
        WHEN 'tp' THEN office_level_of_city(words, city)
        WHEN 'huyen' THEN 'huyen' WHEN 'quan' THEN 'huyen' WHEN 'thi xa' THEN 'huyen'
        WHEN 'xa' THEN 'xa' WHEN 'phuong' THEN 'xa' WHEN 'thi tran' THEN 'xa' WHEN 'dac khu' THEN 'xa'
    END;
COMMENT ON MACRO office_level IS 'Cấp nêu trong tên UBND, văn phòng UBND, trung tâm hành chính công: tinh, huyen, xa';

CREATE OR REPLACE MACRO organisation_key(body, parent, province, city) AS
    regexp_replace(
        CASE
            WHEN office_level(office_words(body), city) IS NOT NULL
            THEN regexp_extract(office_words(body), '^(.*?(?:ubnd|hcc)) ', 1) || ' ' || office_level(office_words(body), city)
            -- a centre below the ubnd of a commune does not say in its own name whose it is
            WHEN office_words(body) = 'trung tam hcc'
            THEN 'trung tam hcc ' || coalesce(office_level(office_words(parent), city), 'tinh')
            ELSE regexp_replace(
                regexp_replace(office_words(body), ' (tinh|thanh pho|tp)( .*)?$', ''),
                coalesce(' ' || unmarked_words(province) || '$', '^$'), ''
            )
        END,
        '\bva\b| ', '', 'g'
    );
COMMENT ON MACRO organisation_key IS 'Khóa so tên cơ quan với bảng organisation_aliases, bỏ tên tỉnh, dấu, "và", "&"';

CREATE OR REPLACE MACRO percent_of(part, whole) AS
    -- whole numbers throughout: a share never passes a floating point number
    CASE WHEN whole > 0 AND part >= 0 AND part = trunc(part) AND whole = trunc(whole) THEN
        TRY_CAST(
            (2000000 * CAST(part AS HUGEINT) + CAST(whole AS HUGEINT)) // (2 * CAST(whole AS HUGEINT)) AS DECIMAL(14, 0)
        ) * CAST(0.0001 AS DECIMAL(4, 4))
    END;
COMMENT ON MACRO percent_of IS 'Tỷ lệ phần trăm, làm tròn đến bốn chữ số thập phân; trống khi mẫu số không dương';

CREATE OR REPLACE VIEW report_offices AS
WITH letterheads AS (
    SELECT v.reading, v.province, v.issuing_body, v.parent_body, u.name AS city
    FROM report_versions v
    LEFT JOIN province_units u ON u.name = v.province AND u.kind = 'thành phố'
        AND coalesce(v.period_end, v.issued_on, CAST(v.landed_at AS DATE))
            BETWEEN coalesce(u.valid_from, DATE '0001-01-01') AND coalesce(u.valid_to, DATE '9999-12-31')
    WHERE v.issuing_body IS NOT NULL
),
keyed AS (
    SELECT *,
        organisation_key(issuing_body, parent_body, province, city) AS key,
        office_level(office_words(parent_body), city) AS parent_level
    FROM (SELECT DISTINCT province, issuing_body, parent_body, city FROM letterheads)
),
named AS (
    SELECT organisation_key(alias, NULL, NULL, NULL) AS key, any_value(organisation) AS organisation
    FROM organisation_aliases
    GROUP BY key
    HAVING count(DISTINCT organisation) = 1
),
bound AS (
    SELECT
        k.province, k.issuing_body, k.parent_body, k.city, o.id AS organisation, coalesce(o.kind, 'khac') AS kind, o.level,
        coalesce(s.successor, CASE WHEN o.valid_to IS NULL THEN o.id END) AS organisation_today, o.valid_to AS ended_on,
        CASE
            WHEN o.level = 'province' THEN o.name
            WHEN k.parent_level IN ('huyen', 'xa') THEN k.issuing_body || ' (' || k.parent_body || ')'
            ELSE k.issuing_body
        END AS office
    FROM keyed k
    LEFT JOIN named n ON n.key = k.key
    LEFT JOIN organisations o ON o.id = n.organisation
    LEFT JOIN organisation_successors s ON s.organisation = o.id AND s.whole
)
SELECT
    l.reading, l.province, l.issuing_body, b.office, b.organisation, b.kind, b.level, b.organisation_today, b.ended_on
FROM letterheads l
JOIN bound b
    ON b.province IS NOT DISTINCT FROM l.province AND b.issuing_body = l.issuing_body
    AND b.parent_body IS NOT DISTINCT FROM l.parent_body AND b.city IS NOT DISTINCT FROM l.city;
COMMENT ON VIEW report_offices IS 'Cơ quan của từng báo cáo, nối với danh mục cơ quan';
COMMENT ON COLUMN report_offices.reading IS 'Lần đọc';
COMMENT ON COLUMN report_offices.province IS 'Tỉnh, thành phố như khi báo cáo';
COMMENT ON COLUMN report_offices.issuing_body IS 'Cơ quan ban hành như in trên văn bản';
COMMENT ON COLUMN report_offices.office IS 'Tên gọi thống nhất trong tỉnh: tên chuẩn khi mỗi tỉnh có một, không thì tên như in';
COMMENT ON COLUMN report_offices.organisation IS 'Mã trong bảng organisations; trống khi chưa có trong danh mục';
COMMENT ON COLUMN report_offices.kind IS 'Loại cơ quan';
COMMENT ON COLUMN report_offices.level IS 'Cấp: province, district, commune';
COMMENT ON COLUMN report_offices.organisation_today IS 'Mã cơ quan ngày nay; trống khi đã kết thúc mà không hợp nhất vào cơ quan nào';
COMMENT ON COLUMN report_offices.ended_on IS 'Ngày cuối cùng của loại cơ quan';

CREATE OR REPLACE VIEW offices AS
SELECT
    v.province, any_value(v.province_today) AS province_today, v.issuing_body,
    -- where letterheads above one name lead to several kinds of office, none is said
    CASE WHEN count(DISTINCT coalesce(r.organisation, '')) = 1 THEN any_value(r.organisation) END AS organisation,
    CASE WHEN count(DISTINCT r.kind) = 1 THEN any_value(r.kind) ELSE 'khac' END AS kind,
    CASE
        WHEN count(DISTINCT coalesce(r.organisation_today, '')) = 1 THEN any_value(r.organisation_today)
    END AS organisation_today,
    min(coalesce(v.period_end, v.issued_on)) AS first_report,
    max(coalesce(v.period_end, v.issued_on)) AS last_report,
    count(*) AS reports
FROM report_versions v
JOIN report_offices r ON r.reading = v.reading
WHERE v.is_latest
GROUP BY v.province, v.issuing_body;
COMMENT ON VIEW offices IS 'Các cơ quan đã gửi báo cáo, theo tỉnh và tên như in trên văn bản';
COMMENT ON COLUMN offices.province IS 'Tỉnh, thành phố như khi báo cáo';
COMMENT ON COLUMN offices.province_today IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN offices.issuing_body IS 'Cơ quan ban hành như in trên văn bản';
COMMENT ON COLUMN offices.organisation IS 'Mã trong bảng organisations; trống khi chưa có hoặc không xác định được';
COMMENT ON COLUMN offices.kind IS 'Loại: so, ubnd_tinh, van_phong_ubnd, ubnd_huyen, ubnd_xa, trung_tam_hcc, khac';
COMMENT ON COLUMN offices.organisation_today IS 'Mã cơ quan ngày nay';
COMMENT ON COLUMN offices.first_report IS 'Ngày cuối kỳ của báo cáo sớm nhất (ngày ban hành khi không rõ kỳ)';
COMMENT ON COLUMN offices.last_report IS 'Ngày cuối kỳ của báo cáo muộn nhất';
COMMENT ON COLUMN offices.reports IS 'Số báo cáo (bản mới nhất)';

CREATE OR REPLACE VIEW dossiers_by_office AS
WITH said AS (
    -- what is stated with several values, or only roughly, is no figure to work with
    SELECT
        reading, province, province_today, period_kind, period_year, period_index, period_start, period_end, indicator,
        CASE WHEN NOT disputed AND NOT approx THEN value END AS value, disputed
    FROM dossiers
    WHERE province IS NOT NULL AND indicator IN (
        'dossiers_received_total', 'dossiers_carried_over', 'dossiers_received_new', 'dossiers_received_online',
        'dossiers_resolved_total', 'dossiers_resolved_early', 'dossiers_resolved_on_time', 'dossiers_resolved_late',
        'dossiers_resolved_early_or_on_time', 'dossiers_pending_total', 'dossiers_pending_overdue'
    )
    UNION ALL
    SELECT
        reading, province, province_today, period_kind, period_year, period_index, period_start, period_end, indicator,
        CASE WHEN min(value) = max(value) THEN max(value) END, min(value) <> max(value)
    FROM figures
    WHERE indicator = 'rate_on_time' AND scope IS NULL AND role = 'value' AND value IS NOT NULL AND NOT approx
        AND province IS NOT NULL
    GROUP BY ALL
),
across AS (
    SELECT
        reading, province, province_today, period_kind, period_year, period_index, period_start, period_end,
        max(value) FILTER (indicator = 'dossiers_received_total') AS received_total,
        max(value) FILTER (indicator = 'dossiers_carried_over') AS carried_over,
        max(value) FILTER (indicator = 'dossiers_received_new') AS received_new,
        max(value) FILTER (indicator = 'dossiers_received_online') AS online,
        max(value) FILTER (indicator = 'dossiers_resolved_total') AS resolved_total,
        max(value) FILTER (indicator = 'dossiers_resolved_early') AS early,
        max(value) FILTER (indicator = 'dossiers_resolved_on_time') AS on_time,
        max(value) FILTER (indicator = 'dossiers_resolved_late') AS late,
        max(value) FILTER (indicator = 'dossiers_pending_total') AS pending_total,
        max(value) FILTER (indicator = 'dossiers_pending_overdue') AS pending_late,
        max(value) FILTER (indicator = 'rate_on_time') AS rate_on_time,
        max(value) FILTER (indicator = 'dossiers_resolved_early_or_on_time') AS stated_in_time,
        count(value) AS counted,
        bool_or(disputed) AS disputed
    FROM said
    GROUP BY ALL
    HAVING count(*) FILTER (indicator <> 'rate_on_time') > 0
),
chosen AS (
    -- one report a row, so that parts and whole are of one hand: the one about the period, then the fullest, then the last
    SELECT a.*, r.issuing_body, r.office, r.organisation, r.organisation_today, r.kind, v.path
    FROM across a
    JOIN report_versions v ON v.reading = a.reading
    JOIN report_offices r ON r.reading = a.reading
    QUALIFY row_number() OVER (
        PARTITION BY
            a.province, r.office, a.period_kind, a.period_year, a.period_index, a.period_start, a.period_end
        ORDER BY
            v.period_start IS NOT DISTINCT FROM a.period_start AND v.period_end IS NOT DISTINCT FROM a.period_end DESC,
            a.counted DESC, v.landed_at DESC, v.path DESC, a.reading
    ) = 1
),
timed AS (
    -- TRY: a row of digits misread as one figure may be too large to add to
    SELECT *, coalesce(TRY(early + on_time), stated_in_time, TRY(resolved_total - late)) AS in_time FROM chosen
)
SELECT
    province, province_today, issuing_body, office, organisation, organisation_today, kind,
    period_kind, period_year, period_index, period_start, period_end,
    received_total, carried_over, received_new, online, resolved_total, early, on_time, late, in_time,
    pending_total, pending_late,
    percent_of(late, resolved_total) AS late_percent,
    percent_of(in_time, resolved_total) AS on_time_percent,
    rate_on_time, disputed, reading, path
FROM timed;
COMMENT ON VIEW dossiers_by_office IS 'Hồ sơ của từng cơ quan trong từng kỳ, mỗi kỳ một dòng lấy từ một báo cáo; ô trống khi không nêu, nêu nhiều giá trị hoặc chỉ nêu gần đúng';
COMMENT ON COLUMN dossiers_by_office.province IS 'Tỉnh, thành phố như khi báo cáo';
COMMENT ON COLUMN dossiers_by_office.province_today IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN dossiers_by_office.issuing_body IS 'Cơ quan báo cáo như in trên văn bản';
COMMENT ON COLUMN dossiers_by_office.office IS 'Tên gọi thống nhất trong tỉnh';
COMMENT ON COLUMN dossiers_by_office.organisation IS 'Mã trong bảng organisations';
COMMENT ON COLUMN dossiers_by_office.organisation_today IS 'Mã cơ quan ngày nay';
COMMENT ON COLUMN dossiers_by_office.kind IS 'Loại cơ quan';
COMMENT ON COLUMN dossiers_by_office.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN dossiers_by_office.period_year IS 'Năm';
COMMENT ON COLUMN dossiers_by_office.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN dossiers_by_office.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN dossiers_by_office.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN dossiers_by_office.received_total IS 'Tổng số hồ sơ tiếp nhận';
COMMENT ON COLUMN dossiers_by_office.carried_over IS 'Kỳ trước chuyển sang';
COMMENT ON COLUMN dossiers_by_office.received_new IS 'Tiếp nhận trong kỳ';
COMMENT ON COLUMN dossiers_by_office.online IS 'Tiếp nhận trực tuyến';
COMMENT ON COLUMN dossiers_by_office.resolved_total IS 'Đã giải quyết';
COMMENT ON COLUMN dossiers_by_office.early IS 'Trước hạn';
COMMENT ON COLUMN dossiers_by_office.on_time IS 'Đúng hạn';
COMMENT ON COLUMN dossiers_by_office.late IS 'Quá hạn';
COMMENT ON COLUMN dossiers_by_office.in_time IS 'Trước và đúng hạn: tổng hai số, không có thì số nêu gộp, không có nữa thì đã giải quyết trừ quá hạn';
COMMENT ON COLUMN dossiers_by_office.pending_total IS 'Đang giải quyết';
COMMENT ON COLUMN dossiers_by_office.pending_late IS 'Đang giải quyết đã quá hạn';
COMMENT ON COLUMN dossiers_by_office.late_percent IS 'Tỷ lệ quá hạn tính lại: late / resolved_total (%)';
COMMENT ON COLUMN dossiers_by_office.on_time_percent IS 'Tỷ lệ trước và đúng hạn tính lại: in_time / resolved_total (%)';
COMMENT ON COLUMN dossiers_by_office.rate_on_time IS 'Tỷ lệ trước và đúng hạn như báo cáo nêu (%)';
COMMENT ON COLUMN dossiers_by_office.disputed IS 'Có ô để trống vì báo cáo nêu nhiều giá trị khác nhau';
COMMENT ON COLUMN dossiers_by_office.reading IS 'Lần đọc';
COMMENT ON COLUMN dossiers_by_office.path IS 'Đường dẫn';

CREATE OR REPLACE VIEW league_table AS
WITH counted AS (
    -- offices of which a province has one, in provinces of the time; more in time than resolved is a fault, not a rank
    SELECT
        d.organisation, d.office, d.province_today AS province, d.province AS unit,
        d.period_kind, d.period_start, d.period_end, max(d.period_year) AS period_year, max(d.period_index) AS period_index,
        arg_max(d.in_time, d.resolved_total) AS in_time, max(d.resolved_total) AS resolved_total
    FROM dossiers_by_office d
    JOIN organisations o ON o.id = d.organisation AND o.level = 'province'
    WHERE d.province_today IS NOT NULL AND d.period_kind IS NOT NULL AND d.period_start IS NOT NULL
        AND d.period_end IS NOT NULL AND d.on_time_percent <= 100 AND d.resolved_total < 1000000000000
    GROUP BY ALL
),
summed AS (
    SELECT
        organisation, office, province, period_kind, period_start, period_end,
        max(period_year) AS period_year, max(period_index) AS period_index,
        CAST(sum(in_time) AS DECIMAL(38, 10)) AS in_time, CAST(sum(resolved_total) AS DECIMAL(38, 10)) AS resolved_total,
        list_sort(list(unit)) AS units
    FROM counted
    GROUP BY ALL
),
expected AS (
    SELECT w.province, w.period_end, list_sort(list(p.name)) AS names
    FROM (SELECT DISTINCT province, period_end FROM summed) w
    JOIN provinces p ON p.name_today = w.province
        AND coalesce(p.valid_from, DATE '0001-01-01') <= w.period_end
        AND coalesce(p.valid_to, DATE '9999-12-31') >= w.period_end
    GROUP BY w.province, w.period_end
),
marked AS (
    SELECT
        s.*, percent_of(s.in_time, s.resolved_total) AS on_time_percent,
        list_filter(coalesce(e.names, []), lambda name: NOT list_contains(s.units, name)) AS missing,
        len(missing) > 0 AS incomplete
    FROM summed s
    LEFT JOIN expected e ON e.province = s.province AND e.period_end = s.period_end
)
SELECT
    organisation, office, period_kind, period_year, period_index, period_start, period_end, province,
    CASE WHEN NOT incomplete THEN rank() OVER (
        PARTITION BY organisation, period_kind, period_start, period_end, incomplete ORDER BY on_time_percent DESC
    ) END AS place,
    count(*) FILTER (NOT incomplete) OVER (PARTITION BY organisation, period_kind, period_start, period_end) AS ranked,
    on_time_percent, in_time, resolved_total, units, missing, incomplete
FROM marked;
COMMENT ON VIEW league_table IS 'Xếp hạng tỉnh, thành phố ngày nay theo tỷ lệ trước và đúng hạn, cho từng loại cơ quan và từng kỳ trùng nhau ngày đầu, ngày cuối';
COMMENT ON COLUMN league_table.organisation IS 'Mã loại cơ quan, mỗi tỉnh có một';
COMMENT ON COLUMN league_table.office IS 'Tên loại cơ quan';
COMMENT ON COLUMN league_table.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN league_table.period_year IS 'Năm';
COMMENT ON COLUMN league_table.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN league_table.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN league_table.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN league_table.province IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN league_table.place IS 'Thứ hạng; bằng nhau thì cùng hạng; trống khi còn thiếu đơn vị';
COMMENT ON COLUMN league_table.ranked IS 'Số tỉnh, thành phố được xếp hạng trong kỳ';
COMMENT ON COLUMN league_table.on_time_percent IS 'Tỷ lệ trước và đúng hạn tính từ số hồ sơ của các đơn vị (%)';
COMMENT ON COLUMN league_table.in_time IS 'Hồ sơ giải quyết trước và đúng hạn';
COMMENT ON COLUMN league_table.resolved_total IS 'Hồ sơ đã giải quyết';
COMMENT ON COLUMN league_table.units IS 'Đơn vị của thời điểm đó đã có số';
COMMENT ON COLUMN league_table.missing IS 'Đơn vị của thời điểm đó còn thiếu';
COMMENT ON COLUMN league_table.incomplete IS 'Còn thiếu đơn vị, không xếp hạng';

CREATE OR REPLACE VIEW findings_by_office AS
WITH sent AS (
    SELECT r.reading, r.province, v.province_today, r.office, r.organisation, r.kind
    FROM report_offices r
    JOIN report_versions v ON v.reading = r.reading AND v.is_latest
),
found AS (
    SELECT s.province, s.office, f.severity, f.rule, count(*) AS times
    FROM open_findings f
    JOIN sent s ON s.reading = f.reading
    GROUP BY ALL
),
told AS (
    SELECT
        province, office, sum(times) FILTER (severity = 'error') AS errors,
        sum(times) FILTER (severity = 'warning') AS warnings, sum(times) FILTER (severity = 'info') AS notes
    FROM found
    GROUP BY province, office
),
often AS (
    SELECT province, office, rule, sum(times) AS times
    FROM found
    WHERE severity <> 'info'
    GROUP BY province, office, rule
    QUALIFY row_number() OVER (PARTITION BY province, office ORDER BY sum(times) DESC, rule) = 1
)
SELECT
    s.province, any_value(s.province_today) AS province_today, s.office, any_value(s.organisation) AS organisation,
    any_value(s.kind) AS kind, count(*) AS reports,
    CAST(coalesce(any_value(t.errors), 0) AS BIGINT) AS errors,
    CAST(coalesce(any_value(t.warnings), 0) AS BIGINT) AS warnings,
    CAST(coalesce(any_value(t.notes), 0) AS BIGINT) AS notes,
    any_value(o.rule) AS most_frequent_rule, CAST(any_value(o.times) AS BIGINT) AS most_frequent_times
FROM sent s
LEFT JOIN told t ON t.province IS NOT DISTINCT FROM s.province AND t.office = s.office
LEFT JOIN often o ON o.province IS NOT DISTINCT FROM s.province AND o.office = s.office
GROUP BY s.province, s.office;
COMMENT ON VIEW findings_by_office IS 'Số phát hiện còn mở của từng cơ quan';
COMMENT ON COLUMN findings_by_office.province IS 'Tỉnh, thành phố như khi báo cáo';
COMMENT ON COLUMN findings_by_office.province_today IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN findings_by_office.office IS 'Tên gọi thống nhất trong tỉnh';
COMMENT ON COLUMN findings_by_office.organisation IS 'Mã trong bảng organisations';
COMMENT ON COLUMN findings_by_office.kind IS 'Loại cơ quan';
COMMENT ON COLUMN findings_by_office.reports IS 'Số báo cáo (bản mới nhất)';
COMMENT ON COLUMN findings_by_office.errors IS 'Số lỗi còn mở';
COMMENT ON COLUMN findings_by_office.warnings IS 'Số cảnh báo còn mở';
COMMENT ON COLUMN findings_by_office.notes IS 'Số lưu ý còn mở';
COMMENT ON COLUMN findings_by_office.most_frequent_rule IS 'Quy tắc có nhiều lỗi, cảnh báo nhất';
COMMENT ON COLUMN findings_by_office.most_frequent_times IS 'Số lần của quy tắc đó';

CREATE OR REPLACE VIEW resent_reports AS
SELECT
    v.province, v.issuing_body, v.title, v.period_kind, v.period_year, v.period_index, v.period_start, v.period_end,
    v.version, v.versions, v.landed_at AS resent_at, h.indicator, i.name_vi AS indicator_name, h.scope,
    h.expected AS old_value, h.stated AS new_value, TRY(h.stated - h.expected) AS difference,
    h.earlier_quote AS old_quote, h.quote AS new_quote, v.path, b.path AS earlier_path, v.reading, b.reading AS earlier_reading
FROM report_versions v
JOIN report_versions b ON b.series = v.series AND b.version = v.version - 1
LEFT JOIN history_resent h ON h.reading = v.reading AND h.earlier_reading = b.reading
LEFT JOIN indicators i ON i.id = h.indicator;
COMMENT ON VIEW resent_reports IS 'Báo cáo gửi lại và số liệu đã đổi so với bản ngay trước; một dòng trống số liệu khi không có số nào đổi';
COMMENT ON COLUMN resent_reports.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN resent_reports.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN resent_reports.title IS 'Trích yếu';
COMMENT ON COLUMN resent_reports.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN resent_reports.period_year IS 'Năm';
COMMENT ON COLUMN resent_reports.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN resent_reports.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN resent_reports.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN resent_reports.version IS 'Bản thứ mấy';
COMMENT ON COLUMN resent_reports.versions IS 'Báo cáo này có bao nhiêu bản';
COMMENT ON COLUMN resent_reports.resent_at IS 'Lúc bản này vào kho (giờ UTC)';
COMMENT ON COLUMN resent_reports.indicator IS 'Chỉ tiêu đã đổi';
COMMENT ON COLUMN resent_reports.indicator_name IS 'Tên chỉ tiêu';
COMMENT ON COLUMN resent_reports.scope IS 'Số liệu của ai';
COMMENT ON COLUMN resent_reports.old_value IS 'Giá trị của bản trước';
COMMENT ON COLUMN resent_reports.new_value IS 'Giá trị của bản này';
COMMENT ON COLUMN resent_reports.difference IS 'Tăng, giảm';
COMMENT ON COLUMN resent_reports.old_quote IS 'Đoạn chữ của bản trước';
COMMENT ON COLUMN resent_reports.new_quote IS 'Đoạn chữ của bản này';
COMMENT ON COLUMN resent_reports.path IS 'Đường dẫn bản này';
COMMENT ON COLUMN resent_reports.earlier_path IS 'Đường dẫn bản trước';
COMMENT ON COLUMN resent_reports.reading IS 'Lần đọc bản này';
COMMENT ON COLUMN resent_reports.earlier_reading IS 'Lần đọc bản trước';

CREATE OR REPLACE VIEW coverage_of_submissions AS
WITH dated AS (
    -- a period by its place in the calendar: cut-off days differ (15/12 to 14/3), the first quarter is the first quarter
    SELECT
        r.province, r.office, r.organisation, r.kind, r.ended_on, v.period_kind, v.period_year, v.period_index,
        CASE v.period_kind WHEN 'week' THEN 52 WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 WHEN 'half' THEN 2 ELSE 1 END
            AS per_year,
        TRY(CASE
            WHEN v.period_kind = 'week' AND v.period_index BETWEEN 1 AND 53
                THEN CAST(date_trunc('week', make_date(v.period_year, 1, 4)) AS DATE) + 7 * v.period_index - 1
            WHEN v.period_kind IN ('month', 'quarter', 'half') AND v.period_index BETWEEN 1 AND per_year
                THEN last_day(make_date(v.period_year, v.period_index * (12 // per_year), 1))
            WHEN v.period_kind = 'nine_months' THEN make_date(v.period_year, 9, 30)
            WHEN v.period_kind = 'year' THEN make_date(v.period_year, 12, 31)
        END) AS ends_on
    FROM report_versions v
    JOIN report_offices r ON r.reading = v.reading
    WHERE v.is_latest AND coalesce(v.doc_type, 'BC') = 'BC'
),
sent AS (
    SELECT
        province, office, any_value(organisation) AS organisation, any_value(kind) AS kind, any_value(ended_on) AS ended_on,
        period_kind, per_year, period_year, period_index, ends_on,
        CASE WHEN period_kind = 'week' THEN date_diff('day', DATE '1970-01-04', ends_on) // 7
            ELSE period_year * per_year + coalesce(period_index, 1) END AS number
    FROM dated
    WHERE ends_on IS NOT NULL
    GROUP BY ALL
),
begun AS (
    SELECT DISTINCT period_kind, period_year, period_index, ends_on, number FROM sent
),
expected AS (
    SELECT
        s.province, s.office, any_value(s.organisation) AS organisation, any_value(s.kind) AS kind,
        b.period_kind, b.period_year, b.period_index, b.ends_on, b.number,
        bool_or(s.ahead = 1) AS sent_before, bool_or(s.ahead = s.per_year) AS sent_year_before
    FROM (SELECT *, unnest(list_distinct([1, per_year])) AS ahead FROM sent) s
    JOIN begun b ON b.period_kind = s.period_kind AND b.number = s.number + s.ahead
    LEFT JOIN provinces p ON p.name = s.province
    WHERE coalesce(s.ended_on, DATE '9999-12-31') >= b.ends_on AND coalesce(p.valid_to, DATE '9999-12-31') >= b.ends_on
    GROUP BY ALL
)
SELECT
    e.province, e.office, e.organisation, e.kind, e.period_kind, e.period_year, e.period_index, e.ends_on,
    t.office IS NOT NULL AS sent, e.sent_before, e.sent_year_before,
    count(*) OVER here AS offices_expected, count(t.office) OVER here AS offices_sent
FROM expected e
LEFT JOIN sent t ON t.province IS NOT DISTINCT FROM e.province AND t.office = e.office
    AND t.period_kind = e.period_kind AND t.number = e.number
WINDOW here AS (PARTITION BY e.province, e.period_kind, e.number);
COMMENT ON VIEW coverage_of_submissions IS 'Cơ quan nào phải có báo cáo của kỳ (vì đã gửi kỳ trước hoặc cùng kỳ năm trước) và đã gửi hay chưa; chỉ gồm kỳ đã có ít nhất một báo cáo trong kho';
COMMENT ON COLUMN coverage_of_submissions.province IS 'Tỉnh, thành phố như khi báo cáo';
COMMENT ON COLUMN coverage_of_submissions.office IS 'Tên gọi thống nhất trong tỉnh';
COMMENT ON COLUMN coverage_of_submissions.organisation IS 'Mã trong bảng organisations';
COMMENT ON COLUMN coverage_of_submissions.kind IS 'Loại cơ quan';
COMMENT ON COLUMN coverage_of_submissions.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN coverage_of_submissions.period_year IS 'Năm';
COMMENT ON COLUMN coverage_of_submissions.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN coverage_of_submissions.ends_on IS 'Ngày cuối kỳ theo lịch';
COMMENT ON COLUMN coverage_of_submissions.sent IS 'Đã gửi báo cáo của kỳ này';
COMMENT ON COLUMN coverage_of_submissions.sent_before IS 'Đã gửi báo cáo của kỳ ngay trước';
COMMENT ON COLUMN coverage_of_submissions.sent_year_before IS 'Đã gửi báo cáo cùng kỳ năm trước';
COMMENT ON COLUMN coverage_of_submissions.offices_expected IS 'Số cơ quan của tỉnh phải có báo cáo kỳ này';
COMMENT ON COLUMN coverage_of_submissions.offices_sent IS 'Trong đó đã gửi';

CREATE OR REPLACE VIEW decided_findings AS
WITH latest AS (
    SELECT *, seq + 1 AS times FROM decisions
    QUALIFY row_number() OVER (PARTITION BY sha256, finding_id ORDER BY seq DESC) = 1
)
SELECT
    v.province, v.issuing_body, v.period_text, f.severity, f.rule, f.message_vi, f.message_en,
    d.decision, d.decision IN ('accepted', 'dismissed') AS closed, d.note, d.decided_by, d.decided_at, d.times,
    c.id IS NOT NULL AS still_found, v.is_latest, d.sha256, d.finding_id, v.reading, v.path
FROM latest d
JOIN findings f ON f.reading = d.reading AND f.id = d.finding_id
JOIN report_versions v ON v.sha256 = d.sha256
LEFT JOIN findings c ON c.reading = v.reading AND c.id = d.finding_id;
COMMENT ON VIEW decided_findings IS 'Phát hiện đã có quyết định, mỗi phát hiện một dòng với quyết định sau cùng';
COMMENT ON COLUMN decided_findings.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN decided_findings.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN decided_findings.period_text IS 'Kỳ như in trên văn bản';
COMMENT ON COLUMN decided_findings.severity IS 'Mức khi quyết định';
COMMENT ON COLUMN decided_findings.rule IS 'Quy tắc';
COMMENT ON COLUMN decided_findings.message_vi IS 'Diễn giải bằng tiếng Việt';
COMMENT ON COLUMN decided_findings.message_en IS 'Diễn giải bằng tiếng Anh';
COMMENT ON COLUMN decided_findings.decision IS 'Quyết định sau cùng: accepted, dismissed, corrected';
COMMENT ON COLUMN decided_findings.closed IS 'Không còn phải xem lại (accepted, dismissed)';
COMMENT ON COLUMN decided_findings.note IS 'Ghi chú';
COMMENT ON COLUMN decided_findings.decided_by IS 'Người quyết định';
COMMENT ON COLUMN decided_findings.decided_at IS 'Lúc quyết định (giờ UTC)';
COMMENT ON COLUMN decided_findings.times IS 'Đã quyết định mấy lần';
COMMENT ON COLUMN decided_findings.still_found IS 'Lần đọc mới nhất của tệp vẫn có phát hiện này';
COMMENT ON COLUMN decided_findings.is_latest IS 'Tệp là bản mới nhất của báo cáo';
COMMENT ON COLUMN decided_findings.sha256 IS 'Nội dung tệp';
COMMENT ON COLUMN decided_findings.finding_id IS 'Mã phát hiện';
COMMENT ON COLUMN decided_findings.reading IS 'Lần đọc mới nhất của tệp';
COMMENT ON COLUMN decided_findings.path IS 'Đường dẫn';
