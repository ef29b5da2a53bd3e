-- +goose Up

-- An entity that was merged into another keeps its slug, which texts mention.
ALTER TABLE entity ADD COLUMN merged_into BIGINT REFERENCES entity (id);

DROP INDEX entity_with_page;
CREATE INDEX entity_with_page ON entity (kind, slug)
    WHERE released_at IS NOT NULL AND merged_into IS NULL AND (kind <> 'person' OR public_figure = 1);
CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL;

-- A claim that says of the same the same as another, since two entities became one.
ALTER TABLE claim ADD COLUMN same_as BIGINT REFERENCES claim (id);
-- Several versions may be held at once: they were recorded beside each other.
ALTER TABLE claim ADD COLUMN several BIGINT NOT NULL DEFAULT 0;

UPDATE claim SET several = 1 WHERE EXISTS (
    SELECT 1 FROM claim_version v WHERE v.claim_id = claim.id AND v.number > 1 AND v.supersedes_id IS NULL
);

CREATE INDEX claim_same ON claim (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX claim_several ON claim (id) WHERE several = 1;
CREATE INDEX claim_by_party ON claim (party_id, id) WHERE party_id IS NOT NULL;
CREATE INDEX claim_version_unreleased ON claim_version (id) WHERE released_at IS NULL AND erased = 0;
CREATE INDEX attribution_by_entity ON attribution (entity_id) WHERE entity_id IS NOT NULL;
CREATE INDEX response_by_party ON response (party_id) WHERE party_id IS NOT NULL;

-- What a version was about when it went on the record, if an entity was merged since.
CREATE TABLE former_claim (
    version_id BIGINT PRIMARY KEY REFERENCES claim_version (id),
    entity_id  BIGINT REFERENCES entity (id),
    party_id   BIGINT REFERENCES entity (id)
);
