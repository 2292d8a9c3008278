-- Measuring years, each pinned to the pack it was opened from. opens_at and closes_at
-- are the window in which agencies write; null is an open bound. version is
-- incremented when window or note is saved.
-- +goose Up
create table periods (
	region_id   text not null,
	id          text not null,
	year        bigint not null,
	pack_id     text not null,
	pack_sha256 text not null,
	opened_at   text not null,
	state       text not null,
	moved_at    text not null,
	opens_at    text,
	closes_at   text,
	note        text,
	version     bigint not null default 0,
	primary key (region_id, id)
);

-- Deadlines: moments inside a period by which something is due.
create table period_deadlines (
	region_id text not null,
	period_id text not null,
	id        text not null,
	name      text not null,
	at        text not null,
	primary key (region_id, period_id, id)
);

-- More time than the window gives, for one agency, or for all if agency_id is null.
-- Names are those at the time. A revoked extension has ended_at and stays, with who
-- revoked it.
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
	granted_at    text not null,
	ended_at      text,
	ended_by_id   text,
	ended_by_name text,
	primary key (region_id, period_id, id)
);
