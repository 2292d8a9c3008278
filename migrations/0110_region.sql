-- The regions that this installation serves. region_id is the ministry's code, such as 18.01: it leads
-- every other key, because by it the data can be partitioned. url is the region's public address, host the
-- host name in it, which is looked up; quota is how many bytes its files may take. Here as in every file null is
-- none, and sort_key what a list of names is ordered by, made by the program (text.SortKey) and written with the name.
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
