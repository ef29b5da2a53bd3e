-- name: SessionByToken
SELECT id, staff_id, created_at, seen_at, expires_at, address, agent
FROM session
WHERE token = $1

-- name: Sessions
SELECT id, staff_id, created_at, seen_at, expires_at, address, agent
FROM session
WHERE staff_id = $1
ORDER BY seen_at DESC, id DESC
LIMIT $2

-- name: HasSession
SELECT id FROM session WHERE id = $1 AND staff_id = $2

-- name: SessionAddresses
SELECT session.address
FROM session JOIN staff ON staff.id = session.staff_id
WHERE staff.email = $1 AND session.expires_at > $2
ORDER BY session.seen_at DESC
LIMIT $3

-- name: InsertSession
INSERT INTO session (token, staff_id, created_at, seen_at, expires_at, address, agent)
VALUES ($1, $2, $3, $3, $4, $5, $6)
RETURNING id

-- name: SeeSession
UPDATE session SET seen_at = $1, expires_at = $2 WHERE id = $3

-- name: DeleteSession
DELETE FROM session WHERE id = $1 AND staff_id = $2

-- name: DeleteSessions
DELETE FROM session WHERE staff_id = $1 AND id <> $2

-- name: DeleteExpiredSessions
DELETE FROM session WHERE expires_at <= $1

-- name: SignInLink
SELECT staff_id FROM sign_in_link WHERE token = $1 AND expires_at > $2

-- name: InsertSignInLink
INSERT INTO sign_in_link (token, staff_id, expires_at) VALUES ($1, $2, $3)

-- name: DeleteSignInLinks
DELETE FROM sign_in_link WHERE staff_id = $1

-- name: DeleteExpiredSignInLinks
DELETE FROM sign_in_link WHERE expires_at <= $1

-- name: Attempts
SELECT failures FROM sign_in_attempt WHERE subject = $1 AND since > $2

-- name: CountAttempt
INSERT INTO sign_in_attempt (subject, failures, since)
VALUES ($1, 1, $2)
ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN sign_in_attempt.since > $3 THEN sign_in_attempt.failures + 1 ELSE 1 END,
    since = CASE WHEN sign_in_attempt.since > $3 THEN sign_in_attempt.since ELSE $2 END

-- name: TakeAttempt
INSERT INTO sign_in_attempt (subject, failures, since)
VALUES ($1, 1, $2)
ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN sign_in_attempt.since > $3 THEN sign_in_attempt.failures + 1 ELSE 1 END,
    since = CASE WHEN sign_in_attempt.since > $3 THEN sign_in_attempt.since ELSE $2 END
WHERE sign_in_attempt.since <= $3 OR sign_in_attempt.failures < $4

-- name: AttemptsSince
SELECT since FROM sign_in_attempt WHERE subject = $1

-- name: ForgiveAttempt
UPDATE sign_in_attempt SET failures = failures - 1 WHERE subject = $1 AND failures > 0

-- name: ForgetAttempts
DELETE FROM sign_in_attempt WHERE subject = $1

-- name: DeleteOldAttempts
DELETE FROM sign_in_attempt WHERE since <= $1

-- name: DeleteAllSessions
DELETE FROM session

-- name: DeleteAllSignInLinks
DELETE FROM sign_in_link

-- name: DeleteAllAttempts
DELETE FROM sign_in_attempt
