-- name: EmbedHosts
SELECT embed_hosts FROM publication

-- name: SetEmbedHosts
UPDATE publication SET embed_hosts = $1
