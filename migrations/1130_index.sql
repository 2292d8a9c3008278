-- Snapshots: the index of a period on a day, stored daily (harian), when the period
-- closes (tutup), or as published by the ministry (nasional). facts are the inputs of
-- the figure as JSON, so that it can always be explained.
-- +goose Up
create table index_snapshots (
	region_id   text not null,
	period_id   text not null,
	day         text not null,
	kind        text not null,
	at          text not null,
	by_name     text,
	figure      text not null,
	innovations bigint not null,
	source      text,
	facts       text,
	primary key (region_id, period_id, day, kind),
	foreign key (region_id, period_id) references periods (region_id, id)
);
