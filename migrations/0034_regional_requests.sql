-- What BRIDA asks agencies for, row by row, and what they have answered. person_id
-- is empty where all the agency's Deputi are asked. year is zero and file_id null
-- while there is no such data.
-- +goose Up
create table data_requests (
	region_id  text not null,
	id         text not null,
	period_id  text not null,
	code       text not null,
	agency_id  text not null,
	person_id  text not null,
	due        text not null,
	note       text not null,
	state      text not null,
	reason     text not null,
	asked_by   text not null,
	asked_at   text not null,
	year       bigint not null,
	value      text not null,
	unit       text not null,
	source     text not null,
	reply      text not null,
	replied_by text not null,
	replied_at text not null,
	file_id    text,
	taken      boolean not null,
	version    bigint not null,
	primary key (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id),
	foreign key (region_id, file_id) references regional_files (region_id, id)
);

create index data_requests_period on data_requests (region_id, period_id, due);
