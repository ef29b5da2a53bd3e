-- name: KeptAnswer
SELECT token_id, request_key, request, begun_at, expires_at, status, header, body
FROM api_answer
WHERE token_id = $1 AND request_key = $2

-- name: InsertKeptAnswer
INSERT INTO api_answer (token_id, request_key, request, begun_at, expires_at)
VALUES ($1, $2, $3, $4, $5)

-- name: CompleteKeptAnswer
UPDATE api_answer SET status = $1, header = $2, body = $3
WHERE token_id = $4 AND request_key = $5 AND begun_at = $6

-- name: DeleteKeptAnswer
DELETE FROM api_answer WHERE token_id = $1 AND request_key = $2 AND begun_at = $3

-- name: DeleteExpiredAnswers
DELETE FROM api_answer WHERE expires_at <= $1
