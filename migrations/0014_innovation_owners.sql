-- Whose an innovation was and is, and the open requests to hand one on. A row of
-- owners runs from from_day up to until_day, the first day on which it is no more;
-- '' leaves that end open. step counts the owners of an innovation from 1.
-- +goose Up
create table innovation_owners (
	region_id     text not null,
	innovation_id text not null,
	step          bigint not null,
	agency_id     text not null,
	from_day      text not null,
	until_day     text not null,
	number        text not null,
	primary key (region_id, innovation_id, step),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);

create table innovation_transfers (
	region_id     text not null,
	innovation_id text not null,
	to_agency_id  text not null,
	note          text not null,
	asked_at      text not null,
	primary key (region_id, innovation_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, to_agency_id) references agencies (region_id, id)
);
