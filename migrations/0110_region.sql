-- The regions that this installation serves. region_id is the ministry's code, such as 18.01: it leads
-- every other key, because by it the data can be partitioned. url is the region's public address, host the
-- host name in it, which is looked up; quota is how many bytes its files may take. Here as in every file,
-- sort_key is what a list of names is ordered by, made by the program (text.SortKey) and written with the name.
-- +goose Up
create table regions (
	region_id text not null,
	name      text not null,
	url       text not null default '',
	host      text not null default '',
	zone      text not null default 'Asia/Jakarta',
	sample    boolean not null default false,
	quota     bigint,
	primary key (region_id)
);

create unique index regions_host on regions (host) where host <> '';
