-- How many comparisons of the history came to what, kept beside the findings: findings alone do not say of how many they are.
-- Units kept by an earlier program have none; the views' fingerprint is part of what they rest on, so they are worked out again.

CREATE TABLE kept_verdicts (
    unit VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    province VARCHAR,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('ok', 'error', 'cannot_tell')),
    reason VARCHAR,
    comparisons BIGINT NOT NULL CHECK (comparisons > 0)
);
COMMENT ON TABLE kept_verdicts IS 'Số phép đối chiếu lịch sử đã giữ lại; hãy hỏi khung nhìn history_verdicts, không hỏi bảng này';
COMMENT ON COLUMN kept_verdicts.unit IS 'Tỉnh, thành phố ngày nay';
COMMENT ON COLUMN kept_verdicts.rule IS 'Quy tắc';
COMMENT ON COLUMN kept_verdicts.province IS 'Tỉnh, thành phố';
COMMENT ON COLUMN kept_verdicts.verdict IS 'Kết luận: ok (khớp), error (không khớp), cannot_tell (không đủ căn cứ)';
COMMENT ON COLUMN kept_verdicts.reason IS 'Vì sao không đủ căn cứ';
COMMENT ON COLUMN kept_verdicts.comparisons IS 'Số phép đối chiếu';
