"""The working days of `workdays.py` for the database, so that evidence counts deadlines as people do."""

from datetime import date, timedelta

from tryggmote.organisation.workdays import is_workday

FIRST, LAST = date(2020, 1, 1), date(2049, 12, 31)


def workdays_sql() -> str:
    """`app.is_workday` and `app.add_workdays`, made of the Python rules. Weekends need no list."""
    days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    public_holidays = ",".join(str(day) for day in days if day.weekday() < 5 and not is_workday(day))
    return f"""
-- Monday to Friday and not a public holiday.
create or replace function app.is_workday(day date) returns boolean
language sql immutable parallel safe
return extract(isodow from day) < 6 and day <> all ('{{{public_holidays}}}'::date[]);

-- The same time in Oslo, this many working days later; counting starts on the day after.
create or replace function app.add_workdays(moment timestamptz, days integer) returns timestamptz
language plpgsql stable parallel safe as $$
declare
  there timestamp := moment at time zone 'Europe/Oslo';
begin
  while days > 0 loop
    there := there + interval '1 day';
    days := days - app.is_workday(there::date)::integer;
  end loop;
  return there at time zone 'Europe/Oslo';
end
$$;
"""
