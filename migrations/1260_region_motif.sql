-- The motif of a region's pages; null is a plain hem. That of Lampung, whose code is 18,
-- is the siger and the tapis.
-- +goose Up
alter table regions add column motif text;

update regions
set motif = 'tapis'
where region_id = '18' or region_id like '18.%';
