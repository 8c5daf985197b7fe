-- A document that was landed by mistake is withdrawn, not deleted: the views leave it out, and it can be put back.

CREATE TABLE retractions (
    sha256 VARCHAR NOT NULL REFERENCES documents (sha256),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    retracted BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL CHECK (length(reason) > 0),
    decided_at TIMESTAMP NOT NULL,
    PRIMARY KEY (sha256, seq)
);
COMMENT ON TABLE retractions IS 'Những lần rút tệp khỏi các khung nhìn hoặc đưa lại; lần cuối có hiệu lực, không xóa dữ kiện nào';
COMMENT ON COLUMN retractions.sha256 IS 'Tệp được rút hoặc đưa lại';
COMMENT ON COLUMN retractions.seq IS 'Lần thứ mấy, từ 0';
COMMENT ON COLUMN retractions.retracted IS 'Đúng: rút; sai: đưa lại';
COMMENT ON COLUMN retractions.reason IS 'Lý do';
COMMENT ON COLUMN retractions.decided_at IS 'Lúc rút hoặc đưa lại (giờ UTC)';
