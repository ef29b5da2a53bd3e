-- name: Webhooks
SELECT id, address, events, secret, former_secret, former_until, paused, paused_at, created_at, created_by
FROM webhook
ORDER BY id

-- name: Webhook
SELECT id, address, events, secret, former_secret, former_until, paused, paused_at, created_at, created_by
FROM webhook
WHERE id = $1

-- name: InsertWebhook
INSERT INTO webhook (address, events, secret, created_at, created_by)
VALUES ($1, $2, $3, $4, $5)
RETURNING id

-- name: SetWebhookSecret
UPDATE webhook SET secret = $1, former_secret = $2, former_until = $3 WHERE id = $4

-- name: SetWebhookPaused
UPDATE webhook SET paused = $1, paused_at = $2 WHERE id = $3

-- name: DeleteWebhook
DELETE FROM webhook WHERE id = $1

-- name: InsertDelivery
INSERT INTO webhook_delivery (webhook_id, message, event, subject, data, created_at, state)
VALUES ($1, $2, $3, $4, $5, $6, 'waiting')
RETURNING id

-- name: Deliveries
SELECT id, webhook_id, message, event, subject, data, created_at, state, attempts, tried_at, next_at, status, took, answer
FROM webhook_delivery
WHERE webhook_id = $1 AND id < $2
ORDER BY id DESC
LIMIT $3

-- name: Delivery
SELECT id, webhook_id, message, event, subject, data, created_at, state, attempts, tried_at, next_at, status, took, answer
FROM webhook_delivery
WHERE id = $1

-- name: NextDelivery
SELECT id, webhook_id, message, event, subject, data, created_at, state, attempts, tried_at, next_at, status, took, answer
FROM webhook_delivery
WHERE state = 'waiting' AND webhook_id = $1 AND subject = $2
ORDER BY id
LIMIT 1

-- name: WaitingSubjects
SELECT DISTINCT subject FROM webhook_delivery WHERE state = 'waiting' AND webhook_id = $1 ORDER BY subject

-- name: SetDelivery
UPDATE webhook_delivery SET state = $1, attempts = $2, tried_at = $3, next_at = $4, status = $5, took = $6, answer = $7
WHERE id = $8

-- What waits for a webhook that is paused is delivered when that is resumed.
-- name: PruneDeliveries
DELETE FROM webhook_delivery WHERE created_at < $1 AND state <> 'waiting'

-- name: PutIndexNow
INSERT INTO index_now (path, changed_at)
VALUES ($1, $2)
ON CONFLICT (path) DO UPDATE SET changed_at = excluded.changed_at

-- name: IndexNow
SELECT path, changed_at FROM index_now ORDER BY path LIMIT $1

-- name: DeleteIndexNow
DELETE FROM index_now WHERE path = $1 AND changed_at = $2

-- name: ClearIndexNow
DELETE FROM index_now
