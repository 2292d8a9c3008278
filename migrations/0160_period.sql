-- Measuring years, each bound to the pack it was opened from. opens_at and
-- closes_at are the window in which agencies write; null leaves that side open.
-- version counts the saves of window and note.
-- +goose Up
create table periods (
	region_id text not null,
	id        text not null,
	year      bigint not null,
	pack_id   text not null,
	pack_sum  text not null,
	opened_at text not null,
	state     text not null,
	moved_at  text not null,
	opens_at  text,
	closes_at text,
	note      text,
	version   bigint not null default 0,
	primary key (region_id, id)
);

-- Moments inside a period by which something is to be done.
create table period_deadlines (
	region_id text not null,
	period_id text not null,
	id        text not null,
	name      text not null,
	at        text not null,
	primary key (region_id, period_id, id)
);

-- More time than the window gives: to one agency, or to all where there is no agency_id.
-- Names are those of the time. One that was taken back has ended_at, and who did so stays to be read.
create table period_extensions (
	region_id     text not null,
	period_id     text not null,
	id            text not null,
	agency_id     text,
	agency_name   text,
	until_at      text not null,
	reason        text not null,
	by_id         text not null,
	by_name       text not null,
	given_at      text not null,
	ended_at      text,
	ended_by_id   text,
	ended_by_name text,
	primary key (region_id, period_id, id)
);
