-- The regions that this installation serves. region_id is the ministry's code, such as 18.01: it leads
-- every other key, because by it the data can be spread.
-- +goose Up
create table regions (
	region_id text not null,
	name      text not null,
	host      text not null default '',
	sample    boolean not null default false,
	primary key (region_id)
);

create unique index regions_host on regions (host) where host <> '';
