-- name: Publication
SELECT name, description, base_url, time_zone, language, address_pattern, mail_name, mail_reply_to, crawlers, security_contact,
    hub, index_now_key, index_now_url, created_at, updated_at
FROM publication
WHERE id = 1

-- name: PutPublication
INSERT INTO publication (id, name, description, base_url, time_zone, language, address_pattern, mail_name, mail_reply_to,
    crawlers, security_contact, hub, index_now_key, index_now_url, created_at, updated_at)
VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, description = excluded.description, base_url = excluded.base_url,
    time_zone = excluded.time_zone, language = excluded.language,
    address_pattern = excluded.address_pattern, mail_name = excluded.mail_name,
    mail_reply_to = excluded.mail_reply_to, crawlers = excluded.crawlers,
    security_contact = excluded.security_contact, hub = excluded.hub, index_now_key = excluded.index_now_key,
    index_now_url = excluded.index_now_url, updated_at = excluded.updated_at
