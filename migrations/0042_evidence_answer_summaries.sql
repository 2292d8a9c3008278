-- What the answers of an innovation in a period add up to, written once in the
-- transaction of each change of them. What lists filter or sort by is a column;
-- the rest is JSON in detail: {"proven":{CODE:LEVEL},"unproven":{CODE:LEVEL}}, the
-- options that are chosen, with and without a document that proves them.
-- +goose Up
create table answer_summaries (
	region_id     text not null,
	innovation_id text not null,
	period_id     text not null,
	answered      bigint not null,
	finished      bigint not null,
	detail        text not null,
	primary key (region_id, period_id, innovation_id),
	foreign key (region_id, innovation_id) references innovations (region_id, id),
	foreign key (region_id, period_id) references periods (region_id, id)
);

insert into answer_summaries (region_id, innovation_id, period_id, answered, finished, detail)
select a.region_id, a.innovation_id, a.period_id,
	count(*) filter (where a.level > 0),
	count(*) filter (where a.finished),
	'{"proven":{' ||
		coalesce(string_agg(case when a.level > 0 and p.code is not null then '"' || a.code || '":' || cast(a.level as text) end, ',' order by a.code), '') ||
	'},"unproven":{' ||
		coalesce(string_agg(case when a.level > 0 and p.code is null then '"' || a.code || '":' || cast(a.level as text) end, ',' order by a.code), '') ||
	'}}'
from answers a
left join (
	select distinct d.region_id, d.innovation_id, u.period_id, u.code
	from documents d
	join document_uses u on u.region_id = d.region_id and u.document_id = d.id
) p on p.region_id = a.region_id and p.innovation_id = a.innovation_id and p.period_id = a.period_id and p.code = a.code
group by a.region_id, a.innovation_id, a.period_id;

drop table standings;
