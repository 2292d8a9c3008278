-- Sign-in: passwords and one-time codes, sessions, known devices, failed attempts,
-- second factors, and the link for a region's first administrator. Of tokens only the
-- SHA-256 is stored. While code_until is set, password_hash is that of a one-time
-- code. A session with a stage is not open: its person has to complete that step.
-- +goose Up
create table credentials (
	region_id     text not null,
	person_id     text not null,
	password_hash text not null,
	code_until    text,
	primary key (region_id, person_id),
	foreign key (region_id, person_id) references people (region_id, id)
);

create table sessions (
	region_id  text not null,
	token_hash text not null,
	id         text not null,
	person_id  text not null,
	stage      text,
	created_at text not null,
	seen_at    text not null,
	address    text not null,
	agent      text,
	primary key (region_id, token_hash),
	foreign key (region_id, person_id) references people (region_id, id)
);

create index sessions_person on sessions (region_id, person_id);

create table devices (
	region_id  text not null,
	token_hash text not null,
	person_id  text not null,
	seen_at    text not null,
	primary key (region_id, token_hash, person_id),
	foreign key (region_id, person_id) references people (region_id, id)
);

create table login_failures (
	region_id text not null,
	id        text not null,
	login     text not null,
	address   text not null,
	at        text not null,
	primary key (region_id, id)
);

create index login_failures_address on login_failures (region_id, address, at);

-- Failed sign-ins by hour, of people and of unknown logins. The audit log has the
-- first of a person, hour and kind, and none of unknown logins.
create table person_failures (
	region_id text not null,
	hour      text not null,
	person_id text not null,
	kind      text not null,
	count     bigint not null,
	primary key (region_id, hour, person_id, kind),
	foreign key (region_id, person_id) references people (region_id, id)
);

create table stranger_failures (
	region_id text not null,
	hour      text not null,
	kind      text not null,
	count     bigint not null,
	primary key (region_id, hour, kind)
);

create table setup_links (
	region_id  text not null,
	token_hash text not null,
	expires_at text not null,
	primary key (region_id)
);

-- The secret that a person's app shares, and the last time step whose code was used,
-- so that no code is accepted twice.
create table second_factors (
	region_id text not null,
	person_id text not null,
	secret    text not null,
	confirmed boolean not null,
	last_step bigint not null,
	primary key (region_id, person_id),
	foreign key (region_id, person_id) references people (region_id, id)
);

create table recovery_codes (
	region_id text not null,
	person_id text not null,
	hash      text not null,
	primary key (region_id, person_id, hash),
	foreign key (region_id, person_id) references people (region_id, id)
);

-- Whether a region demands second factors.
create table auth_settings (
	region_id      text not null,
	demands_factor boolean not null,
	primary key (region_id)
);
