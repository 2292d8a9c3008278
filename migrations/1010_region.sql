-- The regions of this installation. region_id is the ministry's code, such as 18.01;
-- it is the first column of every other key, so that the data can be partitioned by
-- it. url is the region's public address, host its host name, by which requests find
-- the region; quota is the number of bytes that its files may take. In all files null
-- means none, and sort_key is the sort key of a name, computed by the program
-- (text.SortKey) and written with the name.
-- +goose Up
create table regions (
	region_id text not null,
	name      text not null,
	url       text,
	host      text,
	zone      text not null,
	sample    boolean not null,
	quota     bigint,
	primary key (region_id)
);

create unique index regions_host on regions (host);
