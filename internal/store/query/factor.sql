-- name: StaffCode
SELECT secret, confirmed, step FROM staff_code WHERE staff_id = $1

-- name: PutStaffCode
INSERT INTO staff_code (staff_id, secret, confirmed, step, created_at)
VALUES ($1, $2, 0, 0, $3)
ON CONFLICT (staff_id) DO UPDATE SET secret = $2, confirmed = 0, step = 0, created_at = $3

-- name: UseStaffCode
UPDATE staff_code SET confirmed = 1, step = $1 WHERE staff_id = $2 AND step < $1

-- name: DeleteStaffCode
DELETE FROM staff_code WHERE staff_id = $1

-- name: RecoveryCodes
SELECT COUNT(code) FROM recovery_code WHERE staff_id = $1

-- name: InsertRecoveryCode
INSERT INTO recovery_code (staff_id, code) VALUES ($1, $2)

-- name: UseRecoveryCode
DELETE FROM recovery_code WHERE staff_id = $1 AND code = $2

-- name: DeleteRecoveryCodes
DELETE FROM recovery_code WHERE staff_id = $1

-- name: Passkeys
SELECT id, staff_id, credential, name, data, created_at, used_at
FROM passkey
WHERE staff_id = $1
ORDER BY id

-- name: InsertPasskey
INSERT INTO passkey (staff_id, credential, name, data, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (credential) DO NOTHING
RETURNING id

-- name: UsePasskey
UPDATE passkey SET used_at = $1, data = $2 WHERE id = $3

-- name: DeletePasskey
DELETE FROM passkey WHERE id = $1 AND staff_id = $2

-- name: DeletePasskeys
DELETE FROM passkey WHERE staff_id = $1

-- name: SignInStep
SELECT staff_id, data FROM sign_in_step WHERE token = $1 AND kind = $2 AND expires_at > $3

-- name: InsertSignInStep
INSERT INTO sign_in_step (token, kind, staff_id, data, expires_at) VALUES ($1, $2, $3, $4, $5)

-- name: DeleteSignInStep
DELETE FROM sign_in_step WHERE token = $1

-- name: DeleteSignInSteps
DELETE FROM sign_in_step WHERE staff_id = $1

-- name: DeleteExpiredSignInSteps
DELETE FROM sign_in_step WHERE expires_at <= $1

-- name: DeleteAllSignInSteps
DELETE FROM sign_in_step
