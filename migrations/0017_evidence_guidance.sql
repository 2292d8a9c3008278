-- What BRIDA tells about an indicator of a period, in its own words.
-- +goose Up
create table guidance (
	region_id  text not null,
	period_id  text not null,
	code       text not null,
	words      text not null,
	changed_by text not null,
	changed_at text not null,
	version    bigint not null,
	primary key (region_id, period_id, code),
	foreign key (region_id, period_id) references periods (region_id, id)
);
