-- Who reports, which province a name stood for at which time, and what officers decided on findings. The first five
-- tables are reference data, refreshed with the vocabulary; they join reports, they never make a figure wrong.

CREATE TABLE organisations (
    id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL UNIQUE,
    kind VARCHAR NOT NULL CHECK (
        kind IN ('so', 'ubnd_tinh', 'van_phong_ubnd', 'ubnd_huyen', 'ubnd_xa', 'trung_tam_hcc', 'khac')
    ),
    level VARCHAR NOT NULL CHECK (level IN ('province', 'district', 'commune')),
    code VARCHAR,
    valid_from DATE,
    valid_to DATE,
    CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
COMMENT ON TABLE organisations IS 'Loại cơ quan báo cáo: mỗi tỉnh, thành phố có một Sở Xây dựng, nhưng ở đây chỉ một dòng';
COMMENT ON COLUMN organisations.id IS 'Mã trong kho';
COMMENT ON COLUMN organisations.name IS 'Tên chuẩn: Sở Xây dựng';
COMMENT ON COLUMN organisations.kind IS 'Loại: so, ubnd_tinh, van_phong_ubnd, ubnd_huyen, ubnd_xa, trung_tam_hcc, khac';
COMMENT ON COLUMN organisations.level IS 'Cấp: province (mỗi tỉnh có một), district, commune';
COMMENT ON COLUMN organisations.code IS 'Chữ viết tắt trong ký hiệu văn bản: SXD';
COMMENT ON COLUMN organisations.valid_from IS 'Ngày bắt đầu; trống khi có từ trước';
COMMENT ON COLUMN organisations.valid_to IS 'Ngày cuối cùng (từng tỉnh lệch nhau vài tuần); trống khi còn hoạt động';

CREATE TABLE organisation_aliases (
    alias VARCHAR PRIMARY KEY,
    organisation VARCHAR NOT NULL REFERENCES organisations (id)
);
COMMENT ON TABLE organisation_aliases IS 'Các cách viết tên một loại cơ quan, kể cả tên chuẩn và chữ viết tắt';
COMMENT ON COLUMN organisation_aliases.alias IS 'Cách viết: Sở NN&PTNT';
COMMENT ON COLUMN organisation_aliases.organisation IS 'Loại cơ quan';

CREATE TABLE organisation_successors (
    organisation VARCHAR NOT NULL REFERENCES organisations (id),
    successor VARCHAR NOT NULL REFERENCES organisations (id),
    from_day DATE NOT NULL,
    whole BOOLEAN NOT NULL,
    basis VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    PRIMARY KEY (organisation, successor),
    CHECK (organisation <> successor)
);
COMMENT ON TABLE organisation_successors IS 'Cơ quan nào tiếp nhận nhiệm vụ khi sắp xếp bộ máy tháng 2, 3 năm 2025; chỉ dùng để nối chuỗi số liệu';
COMMENT ON COLUMN organisation_successors.organisation IS 'Cơ quan cũ';
COMMENT ON COLUMN organisation_successors.successor IS 'Cơ quan tiếp nhận';
COMMENT ON COLUMN organisation_successors.from_day IS 'Ngày tiếp nhận theo quy định chung; từng tỉnh lệch nhau vài tuần';
COMMENT ON COLUMN organisation_successors.whole IS 'Hợp nhất cả cơ quan; sai khi chỉ chuyển một phần nhiệm vụ';
COMMENT ON COLUMN organisation_successors.basis IS 'Căn cứ';
COMMENT ON COLUMN organisation_successors.verified IS 'Đã đối chiếu nguồn công bố; sai khi còn phải xác minh';

CREATE TABLE province_units (
    unit VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('tỉnh', 'thành phố')),
    code VARCHAR CHECK (length(code) = 2),
    valid_from DATE,
    valid_to DATE,
    CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
COMMENT ON TABLE province_units IS 'Tỉnh, thành phố theo từng thời kỳ của tên và loại đơn vị';
COMMENT ON COLUMN province_units.unit IS 'Mã trong kho: tên/loại/ngày bắt đầu';
COMMENT ON COLUMN province_units.name IS 'Tên gọi';
COMMENT ON COLUMN province_units.kind IS 'tỉnh hoặc thành phố (trực thuộc trung ương)';
COMMENT ON COLUMN province_units.code IS 'Mã thống kê; bảy mã đã đổi chủ ngày 01/7/2025, không dùng một mình để nối';
COMMENT ON COLUMN province_units.valid_from IS 'Ngày bắt đầu; trống khi không rõ';
COMMENT ON COLUMN province_units.valid_to IS 'Ngày cuối cùng; trống khi còn hiệu lực';

CREATE TABLE province_successors (
    from_unit VARCHAR NOT NULL REFERENCES province_units (unit),
    to_unit VARCHAR NOT NULL REFERENCES province_units (unit),
    day DATE NOT NULL,
    basis VARCHAR NOT NULL,
    PRIMARY KEY (from_unit, to_unit)
);
COMMENT ON TABLE province_successors IS 'Đơn vị nào nhập vào, chia ra hoặc chuyển thành đơn vị nào';
COMMENT ON COLUMN province_successors.from_unit IS 'Đơn vị trước';
COMMENT ON COLUMN province_successors.to_unit IS 'Đơn vị sau; nhiều dòng khi chia tách';
COMMENT ON COLUMN province_successors.day IS 'Ngày có hiệu lực';
COMMENT ON COLUMN province_successors.basis IS 'Nghị quyết';

COMMENT ON COLUMN provinces.kind IS 'tỉnh hoặc thành phố khi mới mang tên này; theo từng ngày thì xem province_units';

CREATE TABLE decisions (
    sha256 VARCHAR NOT NULL REFERENCES documents (sha256),
    finding_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    reading VARCHAR NOT NULL,
    decision VARCHAR NOT NULL CHECK (decision IN ('accepted', 'dismissed', 'corrected')),
    note VARCHAR,
    decided_by VARCHAR NOT NULL CHECK (length(decided_by) > 0),
    decided_at TIMESTAMP NOT NULL,
    PRIMARY KEY (sha256, finding_id, seq),
    FOREIGN KEY (reading, finding_id) REFERENCES findings (reading, id)
);
COMMENT ON TABLE decisions IS 'Quyết định của cán bộ về từng phát hiện; quyết định sau thay quyết định trước, không xóa';
COMMENT ON COLUMN decisions.sha256 IS 'Nội dung tệp: quyết định còn giá trị khi đọc lại cùng tệp';
COMMENT ON COLUMN decisions.finding_id IS 'Mã phát hiện';
COMMENT ON COLUMN decisions.seq IS 'Lần quyết định thứ mấy về phát hiện này, từ 0';
COMMENT ON COLUMN decisions.reading IS 'Lần đọc mà người quyết định đã xem';
COMMENT ON COLUMN decisions.decision IS
    'accepted (đã ghi nhận, không phải xem lại), dismissed (không phải sai sót), corrected (đơn vị đã sửa, chờ bản gửi lại)';
COMMENT ON COLUMN decisions.note IS 'Ghi chú';
COMMENT ON COLUMN decisions.decided_by IS 'Người quyết định';
COMMENT ON COLUMN decisions.decided_at IS 'Lúc quyết định (giờ UTC)';
