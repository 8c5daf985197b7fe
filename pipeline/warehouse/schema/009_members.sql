-- What came out of a container (an archive, a mail). A document is its bytes wherever they stood, so this hangs on the file,
-- like the path itself, and not on one reading of it: every reading of the document, older and newer ones, came from there.

CREATE TABLE members (
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    parent_path VARCHAR NOT NULL,
    parent_sha256 VARCHAR NOT NULL CHECK (length(parent_sha256) = 64),
    member VARCHAR NOT NULL,
    root_path VARCHAR NOT NULL,
    root_sha256 VARCHAR NOT NULL CHECK (length(root_sha256) = 64),
    notes VARCHAR,
    first_run VARCHAR NOT NULL
);
INSERT INTO declared_keys VALUES
    ('PRIMARY KEY', 'members', 'path, sha256, root_sha256', NULL, NULL),
    ('FOREIGN KEY', 'members', 'path, sha256', 'files', 'path, sha256'),
    ('FOREIGN KEY', 'members', 'first_run', 'runs', 'run');
COMMENT ON TABLE members IS 'Tệp lấy ra từ tệp nén hoặc thư điện tử: mỗi dòng là một tệp và nơi chứa nó; tệp đứng riêng không có dòng nào';
COMMENT ON COLUMN members.path IS 'Đường dẫn của tệp như trong files: đường dẫn nơi chứa, dấu gạch chéo, tên bên trong';
COMMENT ON COLUMN members.sha256 IS 'Nội dung của tệp';
COMMENT ON COLUMN members.parent_path IS 'Tệp nén hoặc thư chứa trực tiếp tệp này; có thể lại nằm trong một tệp khác';
COMMENT ON COLUMN members.parent_sha256 IS 'Mã băm SHA-256 của nơi chứa trực tiếp';
COMMENT ON COLUMN members.member IS 'Tên bên trong nơi chứa, kể cả thư mục; tên trùng được đánh số';
COMMENT ON COLUMN members.root_path IS 'Tệp ngoài cùng, nằm trên đĩa';
COMMENT ON COLUMN members.root_sha256 IS 'Mã băm SHA-256 của tệp ngoài cùng';
COMMENT ON COLUMN members.notes IS 'Những gì khác trong nơi chứa đã được bỏ qua, ví dụ ảnh trong lời thư';
COMMENT ON COLUMN members.first_run IS 'Lần chạy đầu tiên thấy tệp trong nội dung này của tệp ngoài cùng';
