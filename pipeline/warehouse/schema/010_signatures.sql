-- Who signed a file digitally, and whether it is still what was signed. Only signed files have rows: a report that came
-- as a Word file, or as a scan of a paper with a wet seal, has none.

CREATE TABLE signatures (
    reading VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('signature', 'timestamp')),
    signer VARCHAR,
    title VARCHAR,
    organisation VARCHAR,
    email VARCHAR,
    issuer VARCHAR,
    signed_at TIMESTAMP,
    time_source VARCHAR CHECK (time_source IN ('attribute', 'dictionary', 'timestamp')),
    reason VARCHAR,
    location VARCHAR,
    intact BOOLEAN,
    covers_all BOOLEAN NOT NULL,
    changes VARCHAR NOT NULL CHECK (changes IN ('none', 'permitted', 'forbidden', 'unknown')),
    trust VARCHAR NOT NULL CHECK (trust IN ('unknown', 'self_signed', 'outside_validity'))
);
INSERT INTO declared_keys VALUES
    ('PRIMARY KEY', 'signatures', 'reading, seq', NULL, NULL),
    ('FOREIGN KEY', 'signatures', 'reading', 'readings', 'reading');
COMMENT ON TABLE signatures IS 'Chữ ký số của tệp PDF, theo thứ tự ký; chỉ xét từ chính tệp, không hỏi cơ quan chứng thực nào';
COMMENT ON COLUMN signatures.reading IS 'Lần đọc';
COMMENT ON COLUMN signatures.seq IS 'Thứ tự ký';
COMMENT ON COLUMN signatures.kind IS 'signature (chữ ký) hoặc timestamp (dấu thời gian của cả tệp)';
COMMENT ON COLUMN signatures.signer IS 'Người hoặc cơ quan ký, theo chứng thư; không giữ số căn cước';
COMMENT ON COLUMN signatures.title IS 'Chức vụ ghi trong chứng thư';
COMMENT ON COLUMN signatures.organisation IS 'Tổ chức ghi trong chứng thư';
COMMENT ON COLUMN signatures.email IS 'Thư điện tử ghi trong chứng thư';
COMMENT ON COLUMN signatures.issuer IS 'Nơi cấp chứng thư';
COMMENT ON COLUMN signatures.signed_at IS 'Thời điểm ký, giờ Việt Nam';
COMMENT ON COLUMN signatures.time_source IS 'Nơi ghi thời điểm: attribute (trong phần được ký), dictionary (cạnh chữ ký), timestamp (dịch vụ cấp dấu thời gian)';
COMMENT ON COLUMN signatures.reason IS 'Lý do ký';
COMMENT ON COLUMN signatures.location IS 'Nơi ký';
COMMENT ON COLUMN signatures.intact IS 'Phần được ký còn nguyên; trống khi không kiểm tra được';
COMMENT ON COLUMN signatures.covers_all IS 'Chữ ký bao phủ cả tệp';
COMMENT ON COLUMN signatures.changes IS 'Thay đổi sau khi ký: none (không), permitted (chữ ký khác, ô điền), forbidden (ngoài phạm vi cho phép), unknown (không rõ)';
COMMENT ON COLUMN signatures.trust IS 'Chứng thư: unknown (không kiểm chứng được khi không nối mạng), self_signed (tự cấp), outside_validity (ký ngoài hạn)';
