-- What the index of a period was on a day: kept once a day (harian), at a close
-- (tutup), or as the ministry published it (nasional). facts is all that a kept
-- figure came from, as JSON, so that it can be explained for ever.
-- +goose Up
create table index_marks (
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
