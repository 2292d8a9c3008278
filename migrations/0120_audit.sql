-- Who did what, written in the same transaction as the act, each entry chained to the one before it.
-- What is personal lies in event_details, which may be emptied without breaking a chain.
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

-- For the history of one thing, which no page shows yet. The index is here from the start, so that no log that has
-- grown for years must be indexed for it.
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
