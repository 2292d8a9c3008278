-- A document that was detached from an indicator has ended_at, so that this can be
-- undone for a moment.
-- +goose Up
alter table document_uses add column ended_at text;
