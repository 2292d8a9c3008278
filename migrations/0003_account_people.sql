-- People, what they are appointed to, and how they come in: sessions, devices that are known, tries that
-- failed, and the link for a region's first administrator. Of tokens only the SHA-256 is kept.
-- While code_until is set, password_hash is that of a one-time code. A session whose stage is not empty
-- lets nobody in yet: its owner is to take a step first.
-- +goose Up
create table people (
	region_id     text not null,
	id            text not null,
	name          text not null,
	login         text not null,
	password_hash text not null,
	active        boolean not null,
	phone         text not null default '',
	language      text not null default '',
	code_until    text,
	primary key (region_id, id),
	unique (region_id, login)
);

create table assignments (
	region_id      text not null,
	id             text not null,
	person_id      text not null,
	role           text not null,
	agency         text not null,
	acting         text not null default '',
	valid_from     text not null,
	valid_until    text,
	decree_number  text not null default '',
	decree_day     text not null default '',
	decree_subject text not null default '',
	primary key (region_id, id),
	foreign key (region_id, person_id) references people (region_id, id)
);

create index assignments_person on assignments (region_id, person_id);

create index assignments_agency on assignments (region_id, agency, role);

create table sessions (
	region_id  text not null,
	token_hash text not null,
	id         text not null,
	person_id  text not null,
	stage      text not null default '',
	made_at    text not null,
	seen_at    text not null,
	address    text not null,
	agent      text not null,
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

create table setup_links (
	region_id  text not null,
	token_hash text not null,
	expires_at text not null,
	primary key (region_id)
);
