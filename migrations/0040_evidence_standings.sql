-- How far the answers of an innovation have come in a period, and what they
-- claim: a sum of answers and document_uses, written with them, so that a page of
-- a region need not read all of these. claims holds the options that are chosen,
-- as "CODE=LEVEL", with a "!" where a document proves it, by code.
-- +goose Up
create table standings (
	region_id     text not null,
	innovation_id text not null,
	period_id     text not null,
	answered      bigint not null,
	proven        bigint not null,
	finished      bigint not null,
	claims        text not null,
	primary key (region_id, period_id, innovation_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id)
);

insert into standings (region_id, innovation_id, period_id, answered, proven, finished, claims)
select a.region_id, a.innovation_id, a.period_id,
	count(*) filter (where a.level > 0),
	count(*) filter (where a.level > 0 and p.code is not null),
	count(*) filter (where a.finished),
	coalesce(string_agg(
		case when a.level > 0 then a.code || '=' || cast(a.level as text) || case when p.code is null then '' else '!' end end, ' ' order by a.code
	), '')
from answers a
left join (
	select distinct d.region_id, d.innovation_id, u.period_id, u.code
	from documents d
	join document_uses u on u.region_id = d.region_id and u.document_id = d.id
) p on p.region_id = a.region_id and p.innovation_id = a.innovation_id and p.period_id = a.period_id and p.code = a.code
group by a.region_id, a.innovation_id, a.period_id;

-- Nobody reads answers and uses by period any more. Without statistics, as in a
-- region that was just filled, PostgreSQL would take these for as good as the keys.
drop index document_uses_period;
drop index answers_period;
