-- How far the text layer of each page of a PDF is to be trusted: the witness on whether old fonts and broken font maps were
-- read aright. It judges the reading and is no fact of the report, so that it has no part in the reading's identity.

CREATE TABLE page_scores (
    reading VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    page INTEGER NOT NULL CHECK (page > 0),
    words INTEGER NOT NULL CHECK (words >= 0),
    syllables INTEGER NOT NULL CHECK (syllables BETWEEN 0 AND words)
);
INSERT INTO declared_keys VALUES
    ('PRIMARY KEY', 'page_scores', 'reading, seq', NULL, NULL),
    ('FOREIGN KEY', 'page_scores', 'reading', 'readings', 'reading');
COMMENT ON TABLE page_scores IS 'Lớp chữ của từng trang PDF có phải tiếng Việt không, sau khi sửa phông cũ; tệp không phải PDF thì không có dòng nào';
COMMENT ON COLUMN page_scores.reading IS 'Lần đọc';
COMMENT ON COLUMN page_scores.seq IS 'Thứ tự trang trong lần đọc';
COMMENT ON COLUMN page_scores.page IS 'Số trang, tính từ 1';
COMMENT ON COLUMN page_scores.words IS 'Số từ có chữ cái ngoài bảng chữ cái Latinh cơ bản (có dấu)';
COMMENT ON COLUMN page_scores.syllables IS 'Trong đó số từ viết đúng cấu tạo âm tiết tiếng Việt; trang đọc đúng thì gần bằng words';
