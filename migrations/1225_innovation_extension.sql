-- An extension may be for one innovation, which it follows to another agency: then
-- agency_id is null, and innovation_name is its name at the time.
-- +goose Up
alter table period_extensions add column innovation_id text;
alter table period_extensions add column innovation_name text;
