-- The public face of the warehouse: what people query. Later views build on earlier ones.

CREATE OR REPLACE VIEW retracted_documents AS
SELECT sha256, arg_max(reason, seq) AS reason, max(decided_at) AS retracted_at
FROM retractions
GROUP BY sha256
HAVING arg_max(retracted, seq);
COMMENT ON VIEW retracted_documents IS 'Tệp đang bị rút: không khung nhìn nào khác tính đến';
COMMENT ON COLUMN retracted_documents.sha256 IS 'Nội dung tệp';
COMMENT ON COLUMN retracted_documents.reason IS 'Lý do rút';
COMMENT ON COLUMN retracted_documents.retracted_at IS 'Lúc rút (giờ UTC)';

CREATE OR REPLACE MACRO report_versions_of(asked) AS TABLE
-- `asked`: units of today (NULL: all; '' for reports without a province). Documents of no other unit are looked at: what is
-- asked of one province must not take the time of all.
WITH documents_asked AS (
    SELECT r.sha256
    FROM readings r
    LEFT JOIN provinces p ON p.name = r.province
    WHERE list_contains(asked, coalesce(p.name_today, r.province, ''))
),
current_readings AS (
    -- of several readings of the same bytes the newest counts; its place among the versions is that of the bytes
    SELECT r.*, came.started_at AS landed_at, d.format, coalesce(p.name_today, r.province) AS province_today
    FROM readings r
    JOIN runs u ON u.run = r.run
    JOIN documents d ON d.sha256 = r.sha256
    JOIN runs came ON came.run = d.first_run
    LEFT JOIN provinces p ON p.name = r.province
    WHERE r.sha256 NOT IN (SELECT sha256 FROM retracted_documents)
        AND (asked IS NULL OR r.sha256 IN (SELECT sha256 FROM documents_asked))
    QUALIFY row_number() OVER (PARTITION BY r.sha256 ORDER BY u.started_at DESC, r.reading) = 1
)
SELECT
    series,
    -- the order within one run must not depend on which file was finished first: a scan ranks below a text
    row_number() OVER versions AS version,
    count(*) OVER (PARTITION BY series) AS versions,
    version = versions AS is_latest,
    lead(reading) OVER versions AS superseded_by,
    reading, sha256, path, format, reader, pages, landed_at,
    doc_type, number, symbol, issuing_body, parent_body, province, province_today, title,
    TRY(make_date(issued_year, issued_month, issued_day)) AS issued_on, -- 31/02 is a finding, not a failing view
    period_kind, period_year, period_index, period_start, period_end, period_text
FROM current_readings
WINDOW versions AS (PARTITION BY series ORDER BY landed_at, reader = 'text', path, sha256);
COMMENT ON MACRO TABLE report_versions_of IS 'Mọi bản của từng báo cáo của các tỉnh, thành phố được hỏi (NULL: tất cả)';

CREATE OR REPLACE VIEW report_versions AS
FROM report_versions_of(NULL);
COMMENT ON VIEW report_versions IS 'Mọi bản của từng báo cáo; bản gửi lại nối tiếp bản trước, không xóa bản nào';
COMMENT ON COLUMN report_versions.series IS 'Khóa nối các bản của cùng một báo cáo';
COMMENT ON COLUMN report_versions.version IS 'Bản thứ mấy';
COMMENT ON COLUMN report_versions.versions IS 'Báo cáo này có bao nhiêu bản';
COMMENT ON COLUMN report_versions.is_latest IS 'Là bản mới nhất';
COMMENT ON COLUMN report_versions.superseded_by IS 'Lần đọc của bản thay thế';
COMMENT ON COLUMN report_versions.reading IS 'Lần đọc';
COMMENT ON COLUMN report_versions.sha256 IS 'Nội dung tệp';
COMMENT ON COLUMN report_versions.path IS 'Đường dẫn';
COMMENT ON COLUMN report_versions.format IS 'Định dạng';
COMMENT ON COLUMN report_versions.reader IS 'Cách lấy chữ: text hoặc ocr';
COMMENT ON COLUMN report_versions.pages IS 'Số trang';
COMMENT ON COLUMN report_versions.landed_at IS 'Lúc vào kho (giờ UTC)';
COMMENT ON COLUMN report_versions.doc_type IS 'Loại văn bản';
COMMENT ON COLUMN report_versions.number IS 'Số văn bản';
COMMENT ON COLUMN report_versions.symbol IS 'Ký hiệu';
COMMENT ON COLUMN report_versions.issuing_body IS 'Cơ quan ban hành';
COMMENT ON COLUMN report_versions.parent_body IS 'Cơ quan chủ quản';
COMMENT ON COLUMN report_versions.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN report_versions.province_today IS 'Tỉnh, thành phố ngày nay: chuỗi số liệu nối qua lần sáp nhập 01/7/2025';
COMMENT ON COLUMN report_versions.title IS 'Trích yếu';
COMMENT ON COLUMN report_versions.issued_on IS 'Ngày ban hành, khi nêu đủ';
COMMENT ON COLUMN report_versions.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN report_versions.period_year IS 'Năm';
COMMENT ON COLUMN report_versions.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN report_versions.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN report_versions.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN report_versions.period_text IS 'Kỳ như in trên văn bản';

CREATE OR REPLACE VIEW latest_reports AS
SELECT
    v.reading, v.province, v.issuing_body, v.doc_type, v.number, v.symbol, v.title, v.issued_on,
    v.period_kind, v.period_year, v.period_index, v.period_start, v.period_end, v.version,
    (SELECT count(*) FROM observations o WHERE o.reading = v.reading) AS figures,
    (SELECT count(*) FROM findings f WHERE f.reading = v.reading AND f.severity = 'error') AS errors,
    (SELECT count(*) FROM findings f WHERE f.reading = v.reading AND f.severity = 'warning') AS warnings,
    v.path
FROM report_versions v
WHERE v.is_latest;
COMMENT ON VIEW latest_reports IS 'Bản mới nhất của mỗi báo cáo, với số phát hiện';
COMMENT ON COLUMN latest_reports.reading IS 'Lần đọc';
COMMENT ON COLUMN latest_reports.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN latest_reports.issuing_body IS 'Cơ quan ban hành';
COMMENT ON COLUMN latest_reports.doc_type IS 'Loại văn bản';
COMMENT ON COLUMN latest_reports.number IS 'Số văn bản';
COMMENT ON COLUMN latest_reports.symbol IS 'Ký hiệu';
COMMENT ON COLUMN latest_reports.title IS 'Trích yếu';
COMMENT ON COLUMN latest_reports.issued_on IS 'Ngày ban hành, khi nêu đủ';
COMMENT ON COLUMN latest_reports.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN latest_reports.period_year IS 'Năm';
COMMENT ON COLUMN latest_reports.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN latest_reports.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN latest_reports.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN latest_reports.version IS 'Bản thứ mấy';
COMMENT ON COLUMN latest_reports.figures IS 'Số lượng số liệu đọc được';
COMMENT ON COLUMN latest_reports.errors IS 'Số lỗi';
COMMENT ON COLUMN latest_reports.warnings IS 'Số cảnh báo';
COMMENT ON COLUMN latest_reports.path IS 'Đường dẫn';

CREATE OR REPLACE VIEW figures AS
SELECT
    v.province, v.province_today, v.issuing_body,
    -- a period of its own is its own altogether: "năm 2023" without days does not end when the report's period ends
    coalesce(o.period_kind, v.period_kind) AS period_kind,
    CASE WHEN o.period_kind IS NULL THEN v.period_year ELSE o.period_year END AS period_year,
    CASE WHEN o.period_kind IS NULL THEN v.period_index ELSE o.period_index END AS period_index,
    CASE WHEN o.period_kind IS NULL THEN v.period_start ELSE o.period_start END AS period_start,
    CASE WHEN o.period_kind IS NULL THEN v.period_end ELSE o.period_end END AS period_end,
    o.indicator, o.value, o.value_text, o.unit, o.approx, o.scope, o.role, o.kind, o.section,
    o.row_code, o.column_code, o.text, o.quote, o.page, o.locator,
    o.reading, o.id AS observation_id, v.path
FROM observations o
JOIN report_versions v ON v.reading = o.reading AND v.is_latest;
COMMENT ON VIEW figures IS 'Số liệu của các báo cáo mới nhất, mỗi số đã gắn kỳ của nó';
COMMENT ON COLUMN figures.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN figures.province_today IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN figures.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN figures.period_kind IS 'Loại kỳ của số liệu';
COMMENT ON COLUMN figures.period_year IS 'Năm';
COMMENT ON COLUMN figures.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN figures.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN figures.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN figures.indicator IS 'Chỉ tiêu; trống khi ngoài danh mục';
COMMENT ON COLUMN figures.value IS 'Giá trị';
COMMENT ON COLUMN figures.value_text IS 'Giá trị, giữ số chữ số thập phân đã in';
COMMENT ON COLUMN figures.unit IS 'Đơn vị tính';
COMMENT ON COLUMN figures.approx IS 'Số gần đúng';
COMMENT ON COLUMN figures.scope IS 'Số liệu của ai, nếu không phải của chính cơ quan báo cáo';
COMMENT ON COLUMN figures.role IS 'Vai trò của con số';
COMMENT ON COLUMN figures.kind IS 'Vị trí: phần lời, bảng, tiêu đề, ghi chú';
COMMENT ON COLUMN figures.section IS 'Mục';
COMMENT ON COLUMN figures.row_code IS 'Mã dòng của biểu';
COMMENT ON COLUMN figures.column_code IS 'Mã hoặc tên cột của biểu';
COMMENT ON COLUMN figures.text IS 'Như in trên văn bản';
COMMENT ON COLUMN figures.quote IS 'Đoạn chữ quanh con số';
COMMENT ON COLUMN figures.page IS 'Trang';
COMMENT ON COLUMN figures.locator IS 'Địa chỉ trong văn bản';
COMMENT ON COLUMN figures.reading IS 'Lần đọc';
COMMENT ON COLUMN figures.observation_id IS 'Mã số liệu trong báo cáo';
COMMENT ON COLUMN figures.path IS 'Đường dẫn';

CREATE OR REPLACE VIEW dossiers AS
-- a figure said twice counts once; one said twice with different exact values is shown as the first, and `disputed`
SELECT
    v.province, v.province_today, v.issuing_body,
    s.period_kind, s.period_year, s.period_index, s.period_start, s.period_end, s.indicator,
    s.value, s.disputed, s.approx, s.quote, s.reading, v.path
FROM own_dossiers s
JOIN report_versions v ON v.reading = s.reading AND v.is_latest;
COMMENT ON VIEW dossiers IS 'Số hồ sơ thủ tục hành chính theo cơ quan và kỳ (số chung của cơ quan báo cáo)';
COMMENT ON COLUMN dossiers.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN dossiers.province_today IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN dossiers.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN dossiers.period_kind IS 'Loại kỳ';
COMMENT ON COLUMN dossiers.period_year IS 'Năm';
COMMENT ON COLUMN dossiers.period_index IS 'Kỳ thứ mấy trong năm';
COMMENT ON COLUMN dossiers.period_start IS 'Ngày đầu kỳ';
COMMENT ON COLUMN dossiers.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN dossiers.indicator IS 'Chỉ tiêu';
COMMENT ON COLUMN dossiers.value IS 'Giá trị nêu lần đầu';
COMMENT ON COLUMN dossiers.disputed IS 'Báo cáo nêu chỉ tiêu này với nhiều giá trị khác nhau';
COMMENT ON COLUMN dossiers.approx IS 'Báo cáo chỉ nêu số gần đúng hoặc cận';
COMMENT ON COLUMN dossiers.quote IS 'Đoạn chữ quanh giá trị';
COMMENT ON COLUMN dossiers.reading IS 'Lần đọc';
COMMENT ON COLUMN dossiers.path IS 'Đường dẫn';

CREATE OR REPLACE VIEW rates AS
SELECT
    v.province, v.issuing_body, v.period_text, k.rule, k.verdict,
    k.stated, k.expected_low, k.expected_high, k.arithmetic, k.reason, k.reading, k.id AS check_id, v.path
FROM checks k
JOIN report_versions v ON v.reading = k.reading AND v.is_latest
WHERE k.family = 'ratio';
COMMENT ON VIEW rates IS 'Tỷ lệ nêu trong báo cáo so với tỷ lệ tính lại từ tử số và mẫu số';
COMMENT ON COLUMN rates.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN rates.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN rates.period_text IS 'Kỳ như in trên văn bản';
COMMENT ON COLUMN rates.rule IS 'Quy tắc';
COMMENT ON COLUMN rates.verdict IS 'Kết luận: ok, rounding, error, cannot_tell';
COMMENT ON COLUMN rates.stated IS 'Tỷ lệ nêu trong báo cáo';
COMMENT ON COLUMN rates.expected_low IS 'Cận dưới của tỷ lệ tính lại';
COMMENT ON COLUMN rates.expected_high IS 'Cận trên của tỷ lệ tính lại';
COMMENT ON COLUMN rates.arithmetic IS 'Phép tính';
COMMENT ON COLUMN rates.reason IS 'Lý do không đủ căn cứ';
COMMENT ON COLUMN rates.reading IS 'Lần đọc';
COMMENT ON COLUMN rates.check_id IS 'Mã phép kiểm trong báo cáo';
COMMENT ON COLUMN rates.path IS 'Đường dẫn';

CREATE OR REPLACE VIEW open_findings AS
SELECT
    v.province, v.issuing_body, v.period_text, f.severity, f.rule, f.message_vi, f.message_en,
    f.stated, f.expected, f.difference,
    (SELECT string_agg(k.arithmetic, '; ' ORDER BY k.seq) FROM finding_checks l
     JOIN checks k ON k.reading = l.reading AND k.id = l.check_id
     WHERE l.reading = f.reading AND l.finding_id = f.id) AS arithmetic,
    s.suggestion, s.reason_vi AS suggestion_reason,
    o.text AS suspect_text, coalesce(o.quote, f.quote) AS quote,
    coalesce(o.page, f.page) AS page, coalesce(o.locator, f.locator) AS locator,
    f.reading, f.id AS finding_id, v.path
FROM findings f
JOIN report_versions v ON v.reading = f.reading AND v.is_latest
LEFT JOIN suspects s ON s.reading = f.reading AND s.finding_id = f.id AND s.seq = 0
LEFT JOIN observations o ON o.reading = s.reading AND o.id = s.observation_id
-- what an officer has accepted or dismissed is no longer open; what the office is to correct stays until it has
WHERE (v.sha256, f.id) NOT IN (
    SELECT (sha256, finding_id) FROM decisions
    GROUP BY sha256, finding_id
    HAVING arg_max(decision, seq) IN ('accepted', 'dismissed')
);
COMMENT ON VIEW open_findings IS 'Điều cần xem lại trong các báo cáo mới nhất, kèm con số nghi sai nhất và giá trị đề nghị';
COMMENT ON COLUMN open_findings.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN open_findings.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN open_findings.period_text IS 'Kỳ như in trên văn bản';
COMMENT ON COLUMN open_findings.severity IS 'Mức: error, warning, info';
COMMENT ON COLUMN open_findings.rule IS 'Quy tắc';
COMMENT ON COLUMN open_findings.message_vi IS 'Diễn giải bằng tiếng Việt';
COMMENT ON COLUMN open_findings.message_en IS 'Diễn giải bằng tiếng Anh';
COMMENT ON COLUMN open_findings.stated IS 'Giá trị nêu';
COMMENT ON COLUMN open_findings.expected IS 'Giá trị phù hợp';
COMMENT ON COLUMN open_findings.difference IS 'Chênh lệch';
COMMENT ON COLUMN open_findings.arithmetic IS 'Phép tính';
COMMENT ON COLUMN open_findings.suggestion IS 'Giá trị đề nghị cho con số nghi sai nhất';
COMMENT ON COLUMN open_findings.suggestion_reason IS 'Vì sao đề nghị';
COMMENT ON COLUMN open_findings.suspect_text IS 'Con số nghi sai như in trên văn bản';
COMMENT ON COLUMN open_findings.quote IS 'Đoạn chữ quanh con số nghi sai, hoặc đoạn chữ của phát hiện';
COMMENT ON COLUMN open_findings.page IS 'Trang';
COMMENT ON COLUMN open_findings.locator IS 'Địa chỉ trong văn bản';
COMMENT ON COLUMN open_findings.reading IS 'Lần đọc';
COMMENT ON COLUMN open_findings.finding_id IS 'Mã phát hiện';
COMMENT ON COLUMN open_findings.path IS 'Đường dẫn';

CREATE OR REPLACE VIEW unread_share AS
SELECT
    v.province, v.issuing_body,
    count(*) AS reports,
    CAST(sum(r.digits_total) AS BIGINT) AS digit_runs,
    CAST(sum(r.digits_unread) AS BIGINT) AS unread,
    CAST(100 * sum(r.digits_unread) / nullif(sum(r.digits_total), 0) AS DECIMAL(5, 2)) AS unread_percent
FROM report_versions v
JOIN readings r ON r.reading = v.reading
WHERE v.is_latest
GROUP BY v.province, v.issuing_body;
COMMENT ON VIEW unread_share IS 'Phần chữ số chưa đọc được, theo cơ quan';
COMMENT ON COLUMN unread_share.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN unread_share.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN unread_share.reports IS 'Số báo cáo';
COMMENT ON COLUMN unread_share.digit_runs IS 'Số cụm chữ số';
COMMENT ON COLUMN unread_share.unread IS 'Số cụm chữ số chưa đọc được';
COMMENT ON COLUMN unread_share.unread_percent IS 'Tỷ lệ chưa đọc được (%)';

CREATE OR REPLACE VIEW documents_cited AS
SELECT
    c.key, any_value(c.doc_type) AS doc_type,
    count(DISTINCT c.reading) AS reports, count(*) AS mentions,
    list_sort(list(DISTINCT c.cited_date) FILTER (c.cited_date IS NOT NULL)) AS dates_given,
    count(DISTINCT c.cited_date) > 1 AS dates_disagree,
    list_sort(list(DISTINCT v.issuing_body) FILTER (v.issuing_body IS NOT NULL)) AS cited_by
FROM citations c
JOIN report_versions v ON v.reading = c.reading AND v.is_latest
WHERE c.key IS NOT NULL
GROUP BY c.key;
COMMENT ON VIEW documents_cited IS 'Văn bản được viện dẫn trong các báo cáo mới nhất, gộp theo số hiệu';
COMMENT ON COLUMN documents_cited.key IS 'Số hiệu chuẩn hóa';
COMMENT ON COLUMN documents_cited.doc_type IS 'Loại văn bản';
COMMENT ON COLUMN documents_cited.reports IS 'Số báo cáo viện dẫn';
COMMENT ON COLUMN documents_cited.mentions IS 'Số lần viện dẫn';
COMMENT ON COLUMN documents_cited.dates_given IS 'Các ngày được nêu cho văn bản này';
COMMENT ON COLUMN documents_cited.dates_disagree IS 'Các báo cáo nêu ngày khác nhau (số hiệu có thể trùng giữa các cơ quan)';
COMMENT ON COLUMN documents_cited.cited_by IS 'Cơ quan viện dẫn';

CREATE OR REPLACE VIEW refused_files AS
SELECT f.path, f.code, f.message_vi, f.message_en, u.started_at AS refused_at, f.sha256
FROM refusals f
JOIN runs u ON u.run = f.run
WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.sha256 = f.sha256);
COMMENT ON VIEW refused_files IS 'Tệp đến nay vẫn chưa đọc được';
COMMENT ON COLUMN refused_files.path IS 'Đường dẫn';
COMMENT ON COLUMN refused_files.code IS 'Mã lý do';
COMMENT ON COLUMN refused_files.message_vi IS 'Lý do bằng tiếng Việt';
COMMENT ON COLUMN refused_files.message_en IS 'Lý do bằng tiếng Anh';
COMMENT ON COLUMN refused_files.refused_at IS 'Lúc ghi nhận (giờ UTC)';
COMMENT ON COLUMN refused_files.sha256 IS 'Mã băm nội dung; chuỗi rỗng khi không mở được tệp';
