-- What the official letters of a region have around their words: letterhead,
-- pattern of numbers, and who signs. report_files are the crest and the files of
-- issued reports.
-- +goose Up
create table report_files (
	region_id text not null,
	id        text not null,
	name      text not null,
	media     text not null,
	size      bigint not null,
	sum       text not null,
	added_by  text not null,
	added_at  text not null,
	primary key (region_id, id)
);

create table report_letterheads (
	region_id    text not null,
	government   text not null,
	agency       text not null,
	address      text not null,
	contact      text not null,
	logo_id      text,
	pattern      text not null,
	code         text not null,
	place        text not null,
	office       text not null,
	position     text not null,
	title_before text not null,
	name         text not null,
	title_after  text not null,
	rank         text not null,
	nip          text not null,
	saved_by     text not null,
	saved_at     text not null,
	version      bigint not null,
	primary key (region_id),
	foreign key (region_id, logo_id) references report_files (region_id, id)
);
