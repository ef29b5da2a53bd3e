-- name: TokenByDigest
SELECT id, staff_id, name, scopes, created_at, expires_at, used_at
FROM api_token
WHERE token = $1

-- name: Tokens
SELECT id, staff_id, name, scopes, created_at, expires_at, used_at
FROM api_token
WHERE staff_id = $1
ORDER BY id DESC
LIMIT $2

-- name: AllTokens
SELECT id, staff_id, name, scopes, created_at, expires_at, used_at
FROM api_token
WHERE id < $1
ORDER BY id DESC
LIMIT $2

-- name: Token
SELECT id, staff_id, name, scopes, created_at, expires_at, used_at
FROM api_token
WHERE id = $1

-- name: InsertToken
INSERT INTO api_token (token, staff_id, name, scopes, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING id

-- name: UseToken
UPDATE api_token SET used_at = $1 WHERE id = $2

-- name: DeleteToken
DELETE FROM api_token WHERE id = $1

-- name: DeleteTokens
DELETE FROM api_token WHERE staff_id = $1

-- name: DeleteExpiredTokens
DELETE FROM api_token WHERE expires_at <= $1

-- name: DeleteAllTokens
DELETE FROM api_token
