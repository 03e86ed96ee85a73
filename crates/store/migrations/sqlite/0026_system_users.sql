-- Users that are the CRM's own and that no person uses.
ALTER TABLE crm_users ADD COLUMN is_system BIGINT NOT NULL DEFAULT 0 CHECK (is_system IN (0, 1));
