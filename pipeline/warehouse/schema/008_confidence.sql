-- Figures that were recognised from an image, and how sure recognition was of them. Most reports give their characters
-- themselves, so this stands beside the observations: a reading of such a file has no row here.

CREATE TABLE recognised_figures (
    reading VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    confidence SMALLINT NOT NULL CHECK (confidence BETWEEN 0 AND 100)
);
INSERT INTO declared_keys VALUES
    ('PRIMARY KEY', 'recognised_figures', 'reading, seq', NULL, NULL),
    ('FOREIGN KEY', 'recognised_figures', 'reading, seq', 'observations', 'reading, seq');
COMMENT ON TABLE recognised_figures IS 'Số liệu nhận dạng từ ảnh quét hoặc từ lớp chữ không đáng tin; tệp có sẵn chữ thì không có dòng nào';
COMMENT ON COLUMN recognised_figures.reading IS 'Lần đọc';
COMMENT ON COLUMN recognised_figures.seq IS 'Thứ tự xuất hiện của số liệu trong observations';
COMMENT ON COLUMN recognised_figures.confidence IS 'Độ tin cậy khi nhận dạng (0 đến 100): của chữ số kém chắc nhất; 0 khi lớp chữ của trang không đáng tin';
