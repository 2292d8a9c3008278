-- What the heads of agencies have endorsed: a row for each innovation, period and
-- agency whose head stands behind it. profile_version and answers_sum say what he
-- saw; where they differ from what is there now the endorsement no longer holds.
-- agency_name, name and acting are those of the moment.
-- +goose Up
create table endorsements (
	region_id       text not null,
	innovation_id   text not null,
	period_id       text not null,
	agency_id       text not null,
	agency_name     text not null,
	endorsed_by     text not null,
	name            text not null,
	acting          text not null,
	profile_version bigint not null,
	answers_sum     text not null,
	endorsed_at     text not null,
	primary key (region_id, innovation_id, period_id, agency_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id),
	foreign key (region_id, agency_id) references agencies (region_id, id)
);
