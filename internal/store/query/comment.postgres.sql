-- The number of a comment stands in its own place in the thread, so it is drawn before it is
-- inserted.

-- name: InsertComment
INSERT INTO comment (id, story_id, parent_id, root_id, branch_id, level, reader_id, staff_id, name, text, html,
    state, rule, detail, reason, note, shown, replies, notify, score, address, agent, fingerprint, words,
    created_at, changed_at, queued_at, escalated)
SELECT n.id, CAST($1 AS BIGINT), CAST($2 AS BIGINT), CASE WHEN CAST($3 AS BIGINT) = 0 THEN n.id ELSE CAST($3 AS BIGINT) END, CASE WHEN CAST($4 AS BIGINT) < 0 THEN n.id ELSE CAST($4 AS BIGINT) END, CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS TEXT),
    CAST($11 AS TEXT), CAST($12 AS TEXT), CAST($13 AS TEXT), '', '', CAST($14 AS BIGINT), 0, CAST($15 AS BIGINT), CAST($16 AS BIGINT), CAST($17 AS TEXT), CAST($18 AS TEXT), CAST($19 AS TEXT), CAST($20 AS TEXT),
    CAST($21 AS BIGINT), CAST($22 AS BIGINT), CAST($23 AS BIGINT), 0
FROM (SELECT nextval(pg_get_serial_sequence('comment', 'id')) AS id) AS n
WHERE NOT EXISTS (SELECT 1 FROM comment WHERE fingerprint = CAST($24 AS TEXT) AND fingerprint <> '' AND created_at > CAST($25 AS BIGINT))
RETURNING id
