-- +goose Up

-- What crawlers that gather texts to train models are told, and who is told of holes.
ALTER TABLE publication ADD COLUMN crawlers TEXT NOT NULL DEFAULT 'allow';
ALTER TABLE publication ADD COLUMN security_contact TEXT NOT NULL DEFAULT '';

-- From which hosts readers' pages may embed something, one on each line; NULL until somebody
-- says so.
ALTER TABLE publication ADD COLUMN embed_hosts TEXT;

-- The ledger as programs take it: every version that readers see, in the order of recording.
CREATE INDEX claim_version_released ON claim_version (id) WHERE released_at IS NOT NULL;
