-- The warehouse only grows: a document is its bytes, a reading is what one state of Soát made of them, and every fact
-- hangs on its reading. A re-sent report, or a better reading of the same bytes, adds rows; nothing is overwritten.
-- One COMMENT ON every table and column (a test counts them): `SELECT * FROM duckdb_columns()` is the manual.

CREATE TABLE schema_versions (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE schema_versions IS 'Các bước tạo cấu trúc kho đã chạy';
COMMENT ON COLUMN schema_versions.version IS 'Số thứ tự của bước';
COMMENT ON COLUMN schema_versions.name IS 'Tên tệp SQL của bước';
COMMENT ON COLUMN schema_versions.applied_at IS 'Lúc chạy (giờ UTC)';

CREATE TABLE view_versions (
    fingerprint VARCHAR PRIMARY KEY,
    applied_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE view_versions IS 'Các bộ khung nhìn đã dựng; bộ mới nhất đang dùng';
COMMENT ON COLUMN view_versions.fingerprint IS 'Mã băm của các tệp SQL dựng khung nhìn';
COMMENT ON COLUMN view_versions.applied_at IS 'Lúc dựng (giờ UTC)';

CREATE TABLE runs (
    run VARCHAR PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    soat_version VARCHAR NOT NULL
);
COMMENT ON TABLE runs IS 'Những lần chạy có đưa thêm dữ liệu vào kho; chạy lại trên tệp cũ không để lại dấu';
COMMENT ON COLUMN runs.run IS 'Mã lần chạy';
COMMENT ON COLUMN runs.started_at IS 'Lúc bắt đầu (giờ UTC)';
COMMENT ON COLUMN runs.soat_version IS 'Phiên bản Soát';

CREATE TABLE documents (
    sha256 VARCHAR PRIMARY KEY CHECK (length(sha256) = 64),
    bytes BIGINT NOT NULL CHECK (bytes >= 0),
    format VARCHAR CHECK (format IN ('pdf', 'docx', 'doc', 'xlsx', 'html', 'txt')),
    first_run VARCHAR NOT NULL REFERENCES runs (run)
);
COMMENT ON TABLE documents IS 'Mỗi dòng là một tệp theo nội dung: cùng nội dung thì chỉ một dòng, dù mang nhiều tên';
COMMENT ON COLUMN documents.sha256 IS 'Mã băm SHA-256 của nội dung tệp';
COMMENT ON COLUMN documents.bytes IS 'Kích thước tệp (byte)';
COMMENT ON COLUMN documents.format IS 'Định dạng thật của tệp, xét theo nội dung';
COMMENT ON COLUMN documents.first_run IS 'Lần chạy đầu tiên gặp tệp';

CREATE TABLE files (
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL REFERENCES documents (sha256),
    first_run VARCHAR NOT NULL REFERENCES runs (run),
    PRIMARY KEY (path, sha256)
);
COMMENT ON TABLE files IS 'Nơi đã thấy từng tệp';
COMMENT ON COLUMN files.path IS 'Đường dẫn như người dùng đưa vào';
COMMENT ON COLUMN files.sha256 IS 'Nội dung của tệp ở đường dẫn đó';
COMMENT ON COLUMN files.first_run IS 'Lần chạy đầu tiên thấy nội dung này ở đường dẫn này';

CREATE TABLE readings (
    reading VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL REFERENCES documents (sha256),
    run VARCHAR NOT NULL REFERENCES runs (run),
    path VARCHAR NOT NULL,
    series VARCHAR NOT NULL,
    reader VARCHAR NOT NULL CHECK (reader IN ('text', 'ocr')),
    pages INTEGER CHECK (pages >= 0),
    doc_type VARCHAR,
    number VARCHAR,
    symbol VARCHAR,
    issuing_body VARCHAR,
    parent_body VARCHAR,
    province VARCHAR,
    place VARCHAR,
    issued_year INTEGER,
    issued_month INTEGER,
    issued_day INTEGER,
    issued_text VARCHAR,
    title VARCHAR,
    signer VARCHAR,
    period_kind VARCHAR,
    period_year INTEGER,
    period_index INTEGER,
    period_start DATE,
    period_end DATE,
    period_text VARCHAR,
    digits_total INTEGER NOT NULL CHECK (digits_total >= 0),
    digits_observation INTEGER NOT NULL,
    digits_citation INTEGER NOT NULL,
    digits_date INTEGER NOT NULL,
    digits_numbering INTEGER NOT NULL,
    digits_ignored INTEGER NOT NULL,
    digits_unread INTEGER NOT NULL
);
COMMENT ON TABLE readings IS 'Mỗi dòng là một lần đọc khác nhau của một tệp: đầu văn bản, kỳ báo cáo, phần số liệu đọc được';
COMMENT ON COLUMN readings.reading IS 'Mã lần đọc: băm của nội dung tệp và của mọi dữ kiện đọc được';
COMMENT ON COLUMN readings.sha256 IS 'Tệp được đọc';
COMMENT ON COLUMN readings.run IS 'Lần chạy đưa vào kho';
COMMENT ON COLUMN readings.path IS 'Đường dẫn của tệp trong lần chạy đó';
COMMENT ON COLUMN readings.series IS 'Khóa nối các bản gửi lại của cùng một báo cáo: cơ quan, loại, tên, kỳ báo cáo';
COMMENT ON COLUMN readings.reader IS 'Cách lấy chữ: text (có sẵn chữ) hoặc ocr (nhận dạng ảnh)';
COMMENT ON COLUMN readings.pages IS 'Số trang; trống với định dạng không chia trang';
COMMENT ON COLUMN readings.doc_type IS 'Chữ viết tắt của loại văn bản: BC, KH, CV (công văn), TIN (tin bài)';
COMMENT ON COLUMN readings.number IS 'Số văn bản; trống khi báo cáo để trống';
COMMENT ON COLUMN readings.symbol IS 'Ký hiệu văn bản';
COMMENT ON COLUMN readings.issuing_body IS 'Cơ quan ban hành';
COMMENT ON COLUMN readings.parent_body IS 'Cơ quan chủ quản';
COMMENT ON COLUMN readings.province IS 'Tỉnh, thành phố theo tên gọi tại ngày của báo cáo';
COMMENT ON COLUMN readings.place IS 'Địa danh ở dòng ngày tháng';
COMMENT ON COLUMN readings.issued_year IS 'Năm ban hành';
COMMENT ON COLUMN readings.issued_month IS 'Tháng ban hành';
COMMENT ON COLUMN readings.issued_day IS 'Ngày ban hành; trống khi báo cáo để trống';
COMMENT ON COLUMN readings.issued_text IS 'Dòng ngày tháng như in trên văn bản';
COMMENT ON COLUMN readings.title IS 'Trích yếu';
COMMENT ON COLUMN readings.signer IS 'Người ký';
COMMENT ON COLUMN readings.period_kind IS 'Loại kỳ: week, month, quarter, half, nine_months, year, range';
COMMENT ON COLUMN readings.period_year IS 'Năm của kỳ báo cáo';
COMMENT ON COLUMN readings.period_index IS 'Số thứ tự của kỳ trong năm (tháng 11, quý 3…)';
COMMENT ON COLUMN readings.period_start IS 'Ngày đầu kỳ; mốc nêu trong văn bản được ưu tiên hơn lịch';
COMMENT ON COLUMN readings.period_end IS 'Ngày cuối kỳ';
COMMENT ON COLUMN readings.period_text IS 'Kỳ báo cáo như in trên văn bản';
COMMENT ON COLUMN readings.digits_total IS 'Số cụm chữ số trong văn bản';
COMMENT ON COLUMN readings.digits_observation IS 'Cụm chữ số là số liệu';
COMMENT ON COLUMN readings.digits_citation IS 'Cụm chữ số thuộc số hiệu văn bản viện dẫn';
COMMENT ON COLUMN readings.digits_date IS 'Cụm chữ số thuộc ngày tháng';
COMMENT ON COLUMN readings.digits_numbering IS 'Cụm chữ số đánh thứ tự';
COMMENT ON COLUMN readings.digits_ignored IS 'Cụm chữ số bỏ qua có lý do';
COMMENT ON COLUMN readings.digits_unread IS 'Cụm chữ số chưa đọc được';

CREATE TABLE warnings (
    reading VARCHAR NOT NULL REFERENCES readings (reading),
    seq INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    page INTEGER,
    PRIMARY KEY (reading, seq)
);
COMMENT ON TABLE warnings IS 'Điều bộ đọc bỏ sót hoặc nghi ngờ khi đọc tệp';
COMMENT ON COLUMN warnings.reading IS 'Lần đọc';
COMMENT ON COLUMN warnings.seq IS 'Thứ tự';
COMMENT ON COLUMN warnings.code IS 'Mã cảnh báo, không đổi giữa các phiên bản';
COMMENT ON COLUMN warnings.message IS 'Nội dung cảnh báo';
COMMENT ON COLUMN warnings.page IS 'Trang';

CREATE TABLE observations (
    reading VARCHAR NOT NULL REFERENCES readings (reading),
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    indicator VARCHAR,
    value DECIMAL(38, 10),
    value_text VARCHAR NOT NULL,
    other_value DECIMAL(38, 10),
    unit VARCHAR,
    approx BOOLEAN NOT NULL,
    scope VARCHAR,
    role VARCHAR NOT NULL,
    qualifier VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN ('narrative', 'table', 'title', 'note')),
    section VARCHAR,
    row_code VARCHAR,
    column_code VARCHAR,
    period_kind VARCHAR,
    period_year INTEGER,
    period_index INTEGER,
    period_start DATE,
    period_end DATE,
    period_text VARCHAR,
    text VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    page INTEGER CHECK (page >= 1),
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE,
    locator VARCHAR NOT NULL,
    PRIMARY KEY (reading, id)
);
COMMENT ON TABLE observations IS 'Mỗi dòng là một số liệu của báo cáo, kèm chỗ in trên văn bản';
COMMENT ON COLUMN observations.reading IS 'Lần đọc';
COMMENT ON COLUMN observations.id IS 'Mã số liệu trong báo cáo (o1, o2…)';
COMMENT ON COLUMN observations.seq IS 'Thứ tự xuất hiện';
COMMENT ON COLUMN observations.indicator IS 'Chỉ tiêu; trống khi số liệu nằm ngoài danh mục';
COMMENT ON COLUMN observations.value IS 'Giá trị; trống khi vượt 28 chữ số phần nguyên hoặc 10 chữ số thập phân (xem value_text)';
COMMENT ON COLUMN observations.value_text IS 'Giá trị dạng chuỗi, giữ đúng số chữ số thập phân đã in';
COMMENT ON COLUMN observations.other_value IS 'Cách đọc thứ hai khi dấu chấm, dấu phẩy không phân định được';
COMMENT ON COLUMN observations.unit IS 'Đơn vị tính';
COMMENT ON COLUMN observations.approx IS 'Đúng khi văn bản viết gần, hơn, trên, khoảng, ước';
COMMENT ON COLUMN observations.scope IS 'Số liệu của ai, nếu không phải của chính cơ quan báo cáo';
COMMENT ON COLUMN observations.role IS 'Vai trò: value (số liệu), numerator, denominator, max, target, threshold…';
COMMENT ON COLUMN observations.qualifier IS 'Số liệu là cận (<, <=, >, >=) chứ không phải giá trị';
COMMENT ON COLUMN observations.kind IS 'Vị trí: narrative (phần lời), table (bảng), title (tiêu đề), note (ghi chú)';
COMMENT ON COLUMN observations.section IS 'Mục chứa số liệu';
COMMENT ON COLUMN observations.row_code IS 'Mã dòng của biểu';
COMMENT ON COLUMN observations.column_code IS 'Mã hoặc tên cột của biểu';
COMMENT ON COLUMN observations.period_kind IS 'Loại kỳ riêng của số liệu; trống khi theo kỳ báo cáo';
COMMENT ON COLUMN observations.period_year IS 'Năm của kỳ riêng';
COMMENT ON COLUMN observations.period_index IS 'Số thứ tự của kỳ riêng trong năm';
COMMENT ON COLUMN observations.period_start IS 'Ngày đầu kỳ riêng';
COMMENT ON COLUMN observations.period_end IS 'Ngày cuối kỳ riêng';
COMMENT ON COLUMN observations.period_text IS 'Kỳ riêng như in trên văn bản';
COMMENT ON COLUMN observations.text IS 'Con số đúng như in trên văn bản';
COMMENT ON COLUMN observations.quote IS 'Đoạn chữ quanh con số';
COMMENT ON COLUMN observations.page IS 'Trang';
COMMENT ON COLUMN observations.x0 IS 'Mép trái trên trang (point, gốc ở góc trên bên trái)';
COMMENT ON COLUMN observations.top IS 'Mép trên trên trang (point)';
COMMENT ON COLUMN observations.x1 IS 'Mép phải trên trang (point)';
COMMENT ON COLUMN observations.bottom IS 'Mép dưới trên trang (point)';
COMMENT ON COLUMN observations.locator IS 'Địa chỉ trong văn bản: p12 (đoạn), t2/r3/c4 (bảng/dòng/cột)…';

CREATE TABLE citations (
    reading VARCHAR NOT NULL REFERENCES readings (reading),
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    key VARCHAR,
    doc_type VARCHAR,
    number VARCHAR,
    year INTEGER,
    symbol VARCHAR,
    cited_date DATE,
    date_text VARCHAR,
    issuer VARCHAR,
    quote VARCHAR NOT NULL,
    page INTEGER CHECK (page >= 1),
    locator VARCHAR NOT NULL,
    PRIMARY KEY (reading, id)
);
COMMENT ON TABLE citations IS 'Văn bản được viện dẫn';
COMMENT ON COLUMN citations.reading IS 'Lần đọc';
COMMENT ON COLUMN citations.id IS 'Mã viện dẫn trong báo cáo (c1, c2…)';
COMMENT ON COLUMN citations.seq IS 'Thứ tự xuất hiện';
COMMENT ON COLUMN citations.key IS 'Số hiệu chuẩn hóa: 707/QĐ-UBND, 57/2023/QĐ-UBND, 91-KL/TU';
COMMENT ON COLUMN citations.doc_type IS 'Chữ viết tắt của loại văn bản';
COMMENT ON COLUMN citations.number IS 'Số';
COMMENT ON COLUMN citations.year IS 'Năm trong số hiệu của văn bản quy phạm pháp luật';
COMMENT ON COLUMN citations.symbol IS 'Ký hiệu';
COMMENT ON COLUMN citations.cited_date IS 'Ngày văn bản được viện dẫn; trống khi không nêu hoặc ngày không có thật';
COMMENT ON COLUMN citations.date_text IS 'Ngày như in trên văn bản';
COMMENT ON COLUMN citations.issuer IS 'Cơ quan ban hành văn bản được viện dẫn';
COMMENT ON COLUMN citations.quote IS 'Đoạn chữ quanh số hiệu';
COMMENT ON COLUMN citations.page IS 'Trang';
COMMENT ON COLUMN citations.locator IS 'Địa chỉ trong văn bản';

CREATE TABLE dates (
    reading VARCHAR NOT NULL REFERENCES readings (reading),
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    date_start DATE,
    date_end DATE,
    precision VARCHAR NOT NULL CHECK (precision IN ('day', 'month', 'year')),
    problem VARCHAR,
    quote VARCHAR NOT NULL,
    page INTEGER CHECK (page >= 1),
    locator VARCHAR NOT NULL,
    PRIMARY KEY (reading, id)
);
COMMENT ON TABLE dates IS 'Ngày tháng nêu trong văn bản, ngoài ngày của văn bản viện dẫn';
COMMENT ON COLUMN dates.reading IS 'Lần đọc';
COMMENT ON COLUMN dates.id IS 'Mã trong báo cáo';
COMMENT ON COLUMN dates.seq IS 'Thứ tự xuất hiện';
COMMENT ON COLUMN dates.text IS 'Như in trên văn bản';
COMMENT ON COLUMN dates.date_start IS 'Ngày, hoặc ngày đầu của khoảng; trống khi ngày không có thật';
COMMENT ON COLUMN dates.date_end IS 'Ngày cuối của khoảng';
COMMENT ON COLUMN dates.precision IS 'Độ chi tiết: day, month, year';
COMMENT ON COLUMN dates.problem IS 'Điều bất thường của ngày, ví dụ impossible';
COMMENT ON COLUMN dates.quote IS 'Đoạn chữ quanh ngày';
COMMENT ON COLUMN dates.page IS 'Trang';
COMMENT ON COLUMN dates.locator IS 'Địa chỉ trong văn bản';

CREATE TABLE checks (
    reading VARCHAR NOT NULL REFERENCES readings (reading),
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('ok', 'rounding', 'error', 'cannot_tell')),
    reason VARCHAR,
    expression VARCHAR,
    arithmetic VARCHAR,
    stated DECIMAL(38, 10),
    expected_low DECIMAL(38, 10),
    expected_high DECIMAL(38, 10),
    PRIMARY KEY (reading, id)
);
COMMENT ON TABLE checks IS 'Mỗi dòng là một quan hệ giữa các số liệu đã được kiểm tra, kể cả quan hệ đúng';
COMMENT ON COLUMN checks.reading IS 'Lần đọc';
COMMENT ON COLUMN checks.id IS 'Mã phép kiểm trong báo cáo (k1, k2…)';
COMMENT ON COLUMN checks.seq IS 'Thứ tự';
COMMENT ON COLUMN checks.rule IS 'Quy tắc';
COMMENT ON COLUMN checks.family IS 'Nhóm quy tắc: sum, ratio, repeat, bound, claim, count, date, form, header, history';
COMMENT ON COLUMN checks.verdict IS 'Kết luận: ok, rounding (lệch do làm tròn), error, cannot_tell (không đủ căn cứ)';
COMMENT ON COLUMN checks.reason IS 'Lý do không đủ căn cứ';
COMMENT ON COLUMN checks.expression IS 'Biểu thức theo chỉ tiêu';
COMMENT ON COLUMN checks.arithmetic IS 'Phép tính bằng số';
COMMENT ON COLUMN checks.stated IS 'Giá trị nêu trong báo cáo';
COMMENT ON COLUMN checks.expected_low IS 'Cận dưới của giá trị đúng';
COMMENT ON COLUMN checks.expected_high IS 'Cận trên của giá trị đúng';

CREATE TABLE check_observations (
    reading VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    observation_id VARCHAR NOT NULL,
    PRIMARY KEY (reading, check_id, seq),
    FOREIGN KEY (reading, check_id) REFERENCES checks (reading, id),
    FOREIGN KEY (reading, observation_id) REFERENCES observations (reading, id)
);
COMMENT ON TABLE check_observations IS 'Số liệu tham gia từng phép kiểm';
COMMENT ON COLUMN check_observations.reading IS 'Lần đọc';
COMMENT ON COLUMN check_observations.check_id IS 'Phép kiểm';
COMMENT ON COLUMN check_observations.seq IS 'Thứ tự trong phép kiểm';
COMMENT ON COLUMN check_observations.observation_id IS 'Số liệu';

CREATE TABLE findings (
    reading VARCHAR NOT NULL REFERENCES readings (reading),
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    message_vi VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL,
    stated VARCHAR,
    expected VARCHAR,
    difference VARCHAR,
    row_codes VARCHAR,
    quote VARCHAR,
    page INTEGER CHECK (page >= 1),
    locator VARCHAR,
    PRIMARY KEY (reading, id)
);
COMMENT ON TABLE findings IS 'Mỗi dòng là một điều cần xem lại trong báo cáo';
COMMENT ON COLUMN findings.reading IS 'Lần đọc';
COMMENT ON COLUMN findings.id IS 'Mã phát hiện; không đổi khi đọc lại cùng báo cáo với cùng nguyên nhân';
COMMENT ON COLUMN findings.seq IS 'Thứ tự';
COMMENT ON COLUMN findings.rule IS 'Quy tắc';
COMMENT ON COLUMN findings.family IS 'Nhóm quy tắc';
COMMENT ON COLUMN findings.severity IS 'Mức: error (chứng minh được bằng số của chính báo cáo), warning, info';
COMMENT ON COLUMN findings.message_vi IS 'Diễn giải bằng tiếng Việt';
COMMENT ON COLUMN findings.message_en IS 'Diễn giải bằng tiếng Anh';
COMMENT ON COLUMN findings.stated IS 'Giá trị nêu trong báo cáo';
COMMENT ON COLUMN findings.expected IS 'Giá trị phù hợp';
COMMENT ON COLUMN findings.difference IS 'Chênh lệch';
COMMENT ON COLUMN findings.row_codes IS 'Mã dòng của biểu, khi phát hiện nói về dòng chứ không về con số';
COMMENT ON COLUMN findings.quote IS 'Đoạn chữ, khi phát hiện không dựa trên con số nào';
COMMENT ON COLUMN findings.page IS 'Trang của đoạn chữ đó';
COMMENT ON COLUMN findings.locator IS 'Địa chỉ của đoạn chữ đó';

CREATE TABLE finding_checks (
    reading VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    PRIMARY KEY (reading, finding_id, check_id),
    FOREIGN KEY (reading, finding_id) REFERENCES findings (reading, id),
    FOREIGN KEY (reading, check_id) REFERENCES checks (reading, id)
);
COMMENT ON TABLE finding_checks IS 'Phép kiểm dẫn tới phát hiện';
COMMENT ON COLUMN finding_checks.reading IS 'Lần đọc';
COMMENT ON COLUMN finding_checks.finding_id IS 'Phát hiện';
COMMENT ON COLUMN finding_checks.check_id IS 'Phép kiểm';

CREATE TABLE finding_evidence (
    reading VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    ref VARCHAR NOT NULL,
    observation_id VARCHAR,
    citation_id VARCHAR,
    date_id VARCHAR,
    PRIMARY KEY (reading, finding_id, seq),
    FOREIGN KEY (reading, finding_id) REFERENCES findings (reading, id),
    FOREIGN KEY (reading, observation_id) REFERENCES observations (reading, id),
    FOREIGN KEY (reading, citation_id) REFERENCES citations (reading, id),
    FOREIGN KEY (reading, date_id) REFERENCES dates (reading, id)
);
COMMENT ON TABLE finding_evidence IS 'Bằng chứng của phát hiện: số liệu, viện dẫn hoặc ngày tháng';
COMMENT ON COLUMN finding_evidence.reading IS 'Lần đọc';
COMMENT ON COLUMN finding_evidence.finding_id IS 'Phát hiện';
COMMENT ON COLUMN finding_evidence.seq IS 'Thứ tự, quan trọng nhất trước';
COMMENT ON COLUMN finding_evidence.ref IS 'Mã bằng chứng trong báo cáo';
COMMENT ON COLUMN finding_evidence.observation_id IS 'Khi bằng chứng là số liệu';
COMMENT ON COLUMN finding_evidence.citation_id IS 'Khi bằng chứng là viện dẫn';
COMMENT ON COLUMN finding_evidence.date_id IS 'Khi bằng chứng là ngày tháng';

CREATE TABLE suspects (
    reading VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    observation_id VARCHAR NOT NULL,
    suggestion VARCHAR,
    reason_vi VARCHAR,
    reason_en VARCHAR,
    PRIMARY KEY (reading, finding_id, seq),
    FOREIGN KEY (reading, finding_id) REFERENCES findings (reading, id)
);
COMMENT ON TABLE suspects IS 'Con số có khả năng sai, khả năng cao nhất trước';
COMMENT ON COLUMN suspects.reading IS 'Lần đọc';
COMMENT ON COLUMN suspects.finding_id IS 'Phát hiện';
COMMENT ON COLUMN suspects.seq IS 'Thứ tự nghi ngờ';
COMMENT ON COLUMN suspects.observation_id IS 'Số liệu bị nghi';
COMMENT ON COLUMN suspects.suggestion IS 'Giá trị đề nghị';
COMMENT ON COLUMN suspects.reason_vi IS 'Vì sao, bằng tiếng Việt';
COMMENT ON COLUMN suspects.reason_en IS 'Vì sao, bằng tiếng Anh';

CREATE TABLE refusals (
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    message_vi VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL,
    run VARCHAR NOT NULL REFERENCES runs (run),
    PRIMARY KEY (path, sha256, code)
);
COMMENT ON TABLE refusals IS 'Tệp không đọc được và lý do';
COMMENT ON COLUMN refusals.path IS 'Đường dẫn như người dùng đưa vào';
COMMENT ON COLUMN refusals.sha256 IS 'Mã băm nội dung; chuỗi rỗng khi không mở được tệp';
COMMENT ON COLUMN refusals.code IS 'Mã lý do, không đổi giữa các phiên bản';
COMMENT ON COLUMN refusals.message_vi IS 'Lý do bằng tiếng Việt';
COMMENT ON COLUMN refusals.message_en IS 'Lý do bằng tiếng Anh';
COMMENT ON COLUMN refusals.run IS 'Lần chạy ghi nhận';
