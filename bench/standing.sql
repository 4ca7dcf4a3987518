-- The nation's units all stand alike: let them differ, as they would, with two earlier states of each a year back.

update compliance_standing set
  state = (array['met', 'partly', 'missing', 'met'])[1 + abs(hashtext(unit_id::text || rule)) % 4],
  since = now() - interval '100 days', from_at = now() - interval '100 days'
where until_at is null;
with earlier as (
  insert into compliance_standing (unit_id, rule, state, reason, figures, rule_version, thresholds_version, since,
    from_at, until_at, is_change)
  select s.unit_id, s.rule, 'missing', s.reason, s.figures, s.rule_version, s.thresholds_version, at.begins, at.begins,
    at.ends, false
  from compliance_standing s
  cross join (values (now() - interval '300 days', now() - interval '200 days'),
    (now() - interval '200 days', now() - interval '100 days')) at (begins, ends)
  where s.until_at is null
  returning id, unit_id, rule, until_at
)
update compliance_standing s set before_id = e.id, is_change = true from earlier e
where e.unit_id = s.unit_id and e.rule = s.rule and e.until_at = s.from_at;
