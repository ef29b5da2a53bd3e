-- A job may be leased from due_at on: that is its run_at while it waits, and the
-- end of the lease while somebody works on it.

-- name: NextJob
SELECT due_at FROM job WHERE set_aside_at IS NULL ORDER BY due_at, id LIMIT 1

-- name: NextJobBut
SELECT due_at FROM job WHERE set_aside_at IS NULL AND kind NOT IN texts($1) ORDER BY due_at, id LIMIT 1

-- name: FailedJobs
SELECT id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error
FROM job
WHERE set_aside_at IS NOT NULL
ORDER BY set_aside_at DESC, id DESC
LIMIT $1

-- name: FailingJobs
SELECT id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error, set_aside_at
FROM job
WHERE kind = $1 AND last_error <> ''
ORDER BY id DESC
LIMIT $2

-- name: Enqueue
INSERT INTO job (kind, payload, unique_key, run_at, due_at, attempts, max_attempts, last_error, again)
VALUES ($1, $2, $3, $4, $4, 0, $5, '', 0)
ON CONFLICT (unique_key) DO UPDATE SET
    kind = excluded.kind, payload = excluded.payload, run_at = excluded.run_at, max_attempts = excluded.max_attempts,
    due_at = CASE WHEN job.leased_by IS NULL THEN excluded.due_at ELSE job.due_at END,
    again = CASE WHEN job.leased_by IS NULL THEN 0 ELSE 1 END,
    attempts = CASE WHEN job.leased_by IS NULL THEN 0 ELSE job.attempts END,
    last_error = '', set_aside_at = NULL
WHERE job.leased_by IS NOT NULL OR job.set_aside_at IS NOT NULL OR job.attempts > 0
    OR job.run_at <> excluded.run_at OR job.payload <> excluded.payload OR job.max_attempts <> excluded.max_attempts
RETURNING id

-- Nothing is written, and no lock is taken, while one waits.
-- name: EnqueueUnlessWaiting
INSERT INTO job (kind, payload, unique_key, run_at, due_at, attempts, max_attempts, last_error, again)
SELECT $1, $2, $3, $4, $4, 0, $5, '', 0
WHERE NOT EXISTS (SELECT 1 FROM job WHERE unique_key = $3 AND leased_by IS NULL AND set_aside_at IS NULL)
ON CONFLICT (unique_key) DO UPDATE SET
    run_at = excluded.run_at,
    again = CASE WHEN job.leased_by IS NULL THEN 0 ELSE 1 END,
    due_at = CASE WHEN job.leased_by IS NULL THEN excluded.due_at ELSE job.due_at END,
    attempts = CASE WHEN job.leased_by IS NULL THEN 0 ELSE job.attempts END,
    set_aside_at = NULL
WHERE (job.leased_by IS NOT NULL AND job.again = 0) OR job.set_aside_at IS NOT NULL

-- name: JobByKey
SELECT id FROM job WHERE unique_key = $1

-- name: CancelJob
DELETE FROM job WHERE unique_key = $1 AND leased_by IS NULL

-- name: CancelJobAgain
UPDATE job SET again = 0 WHERE unique_key = $1 AND again <> 0

-- name: LeaseJobs
UPDATE job SET due_at = $1, leased_by = $2, attempts = attempts + 1, again = 0
WHERE id IN (
    SELECT id FROM job
    WHERE set_aside_at IS NULL AND due_at <= $3
    ORDER BY due_at, id
    LIMIT $4
)
RETURNING id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error

-- name: LeaseJobsBut
UPDATE job SET due_at = $1, leased_by = $2, attempts = attempts + 1, again = 0
WHERE id IN (
    SELECT id FROM job
    WHERE set_aside_at IS NULL AND due_at <= $3 AND kind NOT IN texts($4)
    ORDER BY due_at, id
    LIMIT $5
)
RETURNING id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error

-- name: LeaseJobsOf
UPDATE job SET due_at = $1, leased_by = $2, attempts = attempts + 1, again = 0
WHERE id IN (
    SELECT id FROM job
    WHERE set_aside_at IS NULL AND due_at <= $3 AND kind = $4
    ORDER BY due_at, id
    LIMIT $5
)
RETURNING id, kind, payload, unique_key, run_at, attempts, max_attempts, last_error

-- A job that was asked for again while it ran waits once more; otherwise it is done.

-- name: DeleteFinishedJob
DELETE FROM job WHERE id = $1 AND again = 0

-- name: ReleaseJob
UPDATE job SET due_at = run_at, leased_by = NULL, attempts = 0, again = 0 WHERE id = $1 AND again = 1

-- name: ExtendJob
UPDATE job SET due_at = $1 WHERE id = $2 AND leased_by = $3 AND set_aside_at IS NULL

-- name: ShortenLeases
UPDATE job SET due_at = CASE WHEN due_at > $1 THEN $1 ELSE due_at END WHERE id IN numbers($2)

-- name: RetryJob
UPDATE job SET run_at = $1, due_at = $1, leased_by = NULL, last_error = $2 WHERE id = $3 AND again = 0

-- name: SetAsideJob
UPDATE job SET set_aside_at = $1, leased_by = NULL, last_error = $2 WHERE id = $3 AND again = 0
