-- An extension can be taken back; who did so and when stays to be read. '' is one that counts.
-- +goose Up
alter table period_extensions add column ended_at text not null default '';
alter table period_extensions add column ended_by_id text not null default '';
alter table period_extensions add column ended_by_name text not null default '';
