-- Measuring years, each bound to the pack it was opened from.
-- +goose Up
create table periods (
	region_id text not null,
	id        text not null,
	year      bigint not null,
	pack_id   text not null,
	pack_sum  text not null,
	opened_at text not null,
	primary key (region_id, id)
);
