-- People, what they are appointed to, and how they come in: sessions, devices that are known, tries that
-- failed, and the link for a region's first administrator. Of tokens only the SHA-256 is kept.
-- +goose Up
create table people (
	region_id     text not null,
	id            text not null,
	name          text not null,
	login         text not null,
	password_hash text not null,
	active        boolean not null,
	primary key (region_id, id),
	unique (region_id, login)
);

create table assignments (
	region_id   text not null,
	person_id   text not null,
	role        text not null,
	agency      text not null,
	valid_from  text not null,
	valid_until text,
	primary key (region_id, person_id, role, agency, valid_from),
	foreign key (region_id, person_id) references people (region_id, id)
);

create table sessions (
	region_id  text not null,
	token_hash text not null,
	person_id  text not null,
	made_at    text not null,
	seen_at    text not null,
	address    text not null,
	agent      text not null,
	primary key (region_id, token_hash),
	foreign key (region_id, person_id) references people (region_id, id)
);

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
