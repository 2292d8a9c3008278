-- The audit log: who did what, written in the transaction of the act, each entry with
-- a hash that covers the previous one. Personal values are in event_details, which
-- can be deleted without invalidating the chain.
-- +goose Up
create table events (
	region_id text not null,
	seq       bigint not null,
	id        text not null,
	subject   text not null,
	event     text not null,
	actor     text,
	at        text not null,
	digest    text not null,
	hash      text not null,
	primary key (region_id, seq)
);

-- For the history of one subject, which no page shows yet; the index exists from the
-- start, so that it never has to be built for a large log.
create index events_subject on events (region_id, subject, seq);

create index events_at on events (region_id, at);

create table event_heads (
	region_id text not null,
	seq       bigint not null,
	hash      text not null,
	primary key (region_id)
);

create table event_details (
	region_id  text not null,
	seq        bigint not null,
	salt       text not null,
	actor_name text not null,
	detail     text not null,
	primary key (region_id, seq)
);
