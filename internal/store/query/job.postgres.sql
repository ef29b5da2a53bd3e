-- Several workers on several nodes lease side by side without waiting for each other.

-- name: LeaseJobs
UPDATE job SET due_at = $1, leased_by = $2, attempts = attempts + 1, again = 0
WHERE id IN (
    SELECT id FROM job
    WHERE set_aside_at IS NULL AND due_at <= $3
    ORDER BY due_at, id
    LIMIT $4
    FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error

-- name: LeaseJobsBut
UPDATE job SET due_at = $1, leased_by = $2, attempts = attempts + 1, again = 0
WHERE id IN (
    SELECT id FROM job
    WHERE set_aside_at IS NULL AND due_at <= $3 AND kind NOT IN texts($4)
    ORDER BY due_at, id
    LIMIT $5
    FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error

-- name: LeaseJobsOf
UPDATE job SET due_at = $1, leased_by = $2, attempts = attempts + 1, again = 0
WHERE id IN (
    SELECT id FROM job
    WHERE set_aside_at IS NULL AND due_at <= $3 AND kind = $4
    ORDER BY due_at, id
    LIMIT $5
    FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error
