"""Quiet hours: when a phone does not ring for a notice. In Oslo time, when the clock is changed too."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tryggmote.organisation.workdays import OSLO, is_workday


@dataclass(frozen=True)
class QuietHours:
    """From and until full hours of the clock, each day; the same twice means none. `days_off`: all of them.

    Full hours, since the clock is changed by one at two or three: each hour then begins where it says.
    """

    starts: int = 17
    ends: int = 7
    days_off: bool = True

    def cover(self, moment: datetime) -> bool:
        """Whether it is quiet at this moment."""
        local = moment.astimezone(OSLO)
        if self.days_off and not is_workday(local.date()):
            return True
        if self.starts <= self.ends:
            return self.starts <= local.hour < self.ends
        return local.hour >= self.starts or local.hour < self.ends

    def next_open(self, moment: datetime) -> datetime:
        """The first moment from this one on that is not quiet: this one itself, or when the quiet ends."""
        if not self.cover(moment):
            return moment
        day = moment.astimezone(OSLO).date()
        while True:
            for hour in (0, self.ends):
                end = datetime.combine(day, time(hour), OSLO)
                # Compared as moments: two times of the same zone are compared by what the clocks show.
                if end.timestamp() > moment.timestamp() and not self.cover(end):
                    return end
            day += timedelta(days=1)
