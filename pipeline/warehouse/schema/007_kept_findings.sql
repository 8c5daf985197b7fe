-- What the views of the history found when they were last asked for a unit of today, so that a question does not wait for all
-- reports to be compared anew. `basis` tells what it rests on: where that is no longer so, the views compare again by themselves.

CREATE TABLE kept_units (
    unit VARCHAR PRIMARY KEY,
    basis VARCHAR NOT NULL
);
COMMENT ON TABLE kept_units IS 'Các tỉnh, thành phố ngày nay đã đối chiếu lịch sử và giữ lại kết quả';
COMMENT ON COLUMN kept_units.unit IS 'Tỉnh, thành phố ngày nay; rỗng: báo cáo không rõ tỉnh';
COMMENT ON COLUMN kept_units.basis IS 'Dấu vân của mọi báo cáo, danh mục và quy tắc đã dùng; khác đi thì khung nhìn tự đối chiếu lại';

CREATE TABLE kept_findings (
    unit VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    province VARCHAR,
    issuing_body VARCHAR,
    indicator VARCHAR,
    about VARCHAR,
    message_vi VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL,
    stated VARCHAR,
    expected VARCHAR,
    quote VARCHAR,
    earlier_quote VARCHAR,
    reading VARCHAR NOT NULL,
    earlier_reading VARCHAR,
    path VARCHAR NOT NULL,
    earlier_path VARCHAR,
    paths VARCHAR[] NOT NULL
);
COMMENT ON TABLE kept_findings IS 'Cảnh báo đối chiếu lịch sử đã giữ lại; hãy hỏi khung nhìn history_findings, không hỏi bảng này';
COMMENT ON COLUMN kept_findings.unit IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN kept_findings.rule IS 'Quy tắc';
COMMENT ON COLUMN kept_findings.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN kept_findings.issuing_body IS 'Cơ quan báo cáo';
COMMENT ON COLUMN kept_findings.indicator IS 'Chỉ tiêu';
COMMENT ON COLUMN kept_findings.about IS 'Số liệu của ai, số hiệu văn bản hoặc các số giữ nguyên';
COMMENT ON COLUMN kept_findings.message_vi IS 'Diễn giải bằng tiếng Việt';
COMMENT ON COLUMN kept_findings.message_en IS 'Diễn giải bằng tiếng Anh';
COMMENT ON COLUMN kept_findings.stated IS 'Giá trị của báo cáo sau';
COMMENT ON COLUMN kept_findings.expected IS 'Giá trị theo các báo cáo trước';
COMMENT ON COLUMN kept_findings.quote IS 'Đoạn chữ của báo cáo sau';
COMMENT ON COLUMN kept_findings.earlier_quote IS 'Đoạn chữ của báo cáo trước';
COMMENT ON COLUMN kept_findings.reading IS 'Lần đọc báo cáo sau';
COMMENT ON COLUMN kept_findings.earlier_reading IS 'Lần đọc báo cáo trước';
COMMENT ON COLUMN kept_findings.path IS 'Đường dẫn báo cáo sau';
COMMENT ON COLUMN kept_findings.earlier_path IS 'Đường dẫn báo cáo trước';
COMMENT ON COLUMN kept_findings.paths IS 'Mọi báo cáo có liên quan';
