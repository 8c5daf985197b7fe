-- Keys without an index, for the tables whose rows hang on a reading: pipeline/warehouse/keys.py moves them here and says why.

CREATE TABLE declared_keys (
    kind VARCHAR NOT NULL CHECK (kind IN ('PRIMARY KEY', 'FOREIGN KEY')),
    table_name VARCHAR NOT NULL,
    column_names VARCHAR NOT NULL,
    referenced_table VARCHAR,
    referenced_column_names VARCHAR,
    PRIMARY KEY (table_name, column_names, kind)
);
COMMENT ON TABLE declared_keys IS 'Khóa của các bảng dữ kiện: được giữ bằng cách ghi, soat verify đếm lại; DuckDB không lập chỉ mục cho chúng';
COMMENT ON COLUMN declared_keys.kind IS 'PRIMARY KEY (khóa chính) hoặc FOREIGN KEY (khóa ngoại)';
COMMENT ON COLUMN declared_keys.table_name IS 'Bảng';
COMMENT ON COLUMN declared_keys.column_names IS 'Các cột của khóa, cách nhau bằng dấu phẩy';
COMMENT ON COLUMN declared_keys.referenced_table IS 'Bảng được trỏ tới';
COMMENT ON COLUMN declared_keys.referenced_column_names IS 'Các cột được trỏ tới';
