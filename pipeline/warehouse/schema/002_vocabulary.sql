-- The vocabulary beside the facts, so that a query can name what it counts and follow a province over its mergers.
-- Both tables are copies of the program's own data and are refreshed whenever that has changed.

CREATE TABLE indicators (
    id VARCHAR PRIMARY KEY,
    name_vi VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL
);
COMMENT ON TABLE indicators IS 'Danh mục chỉ tiêu';
COMMENT ON COLUMN indicators.id IS 'Mã chỉ tiêu';
COMMENT ON COLUMN indicators.name_vi IS 'Tên tiếng Việt';
COMMENT ON COLUMN indicators.name_en IS 'Tên tiếng Anh';
COMMENT ON COLUMN indicators.unit IS 'Đơn vị tính';

CREATE TABLE provinces (
    name VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    valid_from DATE,
    valid_to DATE,
    name_today VARCHAR
);
COMMENT ON TABLE provinces IS 'Tỉnh, thành phố theo từng tên gọi; 63 đơn vị còn 34 từ ngày 01/7/2025';
COMMENT ON COLUMN provinces.name IS 'Tên gọi';
COMMENT ON COLUMN provinces.kind IS 'tỉnh hoặc thành phố';
COMMENT ON COLUMN provinces.valid_from IS 'Ngày bắt đầu; trống khi không rõ';
COMMENT ON COLUMN provinces.valid_to IS 'Ngày cuối cùng; trống khi còn hiệu lực';
COMMENT ON COLUMN provinces.name_today IS 'Đơn vị ngày nay; trống khi đã chia về nhiều đơn vị';
