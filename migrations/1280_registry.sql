-- What the list of innovations searches, filters and sorts by. The words of an innovation
-- are those of its name and its design, as sort keys; they are null in older rows until the
-- program adds them at its next start. So are in older summaries points, the maturity in
-- ten-thousandths, and mend, the number of indicators that are not finished although
-- documents were sent for them, which cannot be opened.
-- +goose Up
create table innovation_words (
	region_id     text not null,
	innovation_id text not null,
	words         text,
	primary key (region_id, innovation_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id)
);

insert into innovation_words (region_id, innovation_id)
select region_id, id
from innovations;

create index innovation_words_old on innovation_words (region_id, innovation_id)
	where words is null;

alter table answer_summaries add column points bigint;
alter table answer_summaries add column mend bigint;

update answer_summaries
set answers_sha256 = null
where answers_sha256 is not null;

create index answer_summaries_list on answer_summaries (region_id, period_id, innovation_id, answered, finished, mend, points);

create index innovations_list on innovations (region_id, agency_id, id, state, affair, tried_on, applied_on, developed_on, sort_key, changed_at);
