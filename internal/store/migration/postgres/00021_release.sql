-- +goose Up

-- The versions of figures that readers see, in the order in which they came to see them.
CREATE INDEX claim_version_by_release ON claim_version (released_at, id) WHERE released_at IS NOT NULL;

DROP INDEX claim_version_released;
