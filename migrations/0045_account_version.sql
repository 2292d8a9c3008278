-- A person counts the saves of name, phone and language, so that of two who have opened the form the second does
-- not undo the first.
-- +goose Up
alter table people add column version bigint not null default 1;
