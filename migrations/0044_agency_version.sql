-- An agency counts its saves, so that of two who have opened its form the second does not undo the first.
-- +goose Up
alter table agencies add column version bigint not null default 1;
