-- How often the window and the note of a period were saved, so that two people do not overwrite each other.
-- +goose Up
alter table periods add column version bigint not null default 0;
