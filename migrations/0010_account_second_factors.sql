-- Second factors: the secret that a person's app shares, the last step whose code was taken, so that none
-- counts twice, and recovery codes as SHA-256. account_settings says what a region demands of its people.
-- +goose Up
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

create table account_settings (
	region_id      text not null,
	demands_factor boolean not null,
	primary key (region_id)
);
