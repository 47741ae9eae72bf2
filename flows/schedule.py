"""When a served flow runs: the words of the command line made into a schedule of Prefect's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cleaning.errors import BadCall

if TYPE_CHECKING:
    from prefect.schedules import Schedule

_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_EVERY = re.compile(r"(?:\d{1,6}[smhd])+", re.ASCII)
_PART = re.compile(r"(\d+)([smhd])", re.ASCII)


def parse_every(text: str) -> timedelta | None:
    """The interval that a text like ``30s``, ``15m`` or ``1h30m`` names, or None.

    >>> parse_every("1h30m")
    datetime.timedelta(seconds=5400)
    >>> parse_every("soon") is None
    True
    """
    written = text.strip().lower()
    if not _EVERY.fullmatch(written):
        return None
    seconds = sum(int(number) * _UNIT_SECONDS[unit] for number, unit in _PART.findall(written))
    return timedelta(seconds=seconds) or None


def schedule_of(*, cron: str | None, every: str | None) -> Schedule:
    """The schedule that exactly one of ``cron`` (in UTC) and ``every`` (from now on) names.

    Raises BadCall.
    """
    if (cron is None) == (every is None):
        raise BadCall('Say when to run: either --every 1h or --cron "0 3 * * *" (minute, hour, day …, in UTC).')
    if every is not None:
        interval = parse_every(every)
        if interval is None:
            raise BadCall(f'--every "{every}" is not a time span. Write 30s, 15m, 1h, 1d or 1h30m.')
        from prefect.schedules import Interval

        return Interval(interval, anchor_date=datetime.now(UTC), timezone="UTC")
    assert cron is not None
    return _cron_schedule(cron)


def _cron_schedule(cron: str) -> Schedule:
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.schedules import Cron

    try:
        CronSchedule(cron=cron)
    except ValueError:
        raise BadCall(
            f'--cron "{cron}" is not a schedule. Write five fields, minute hour day month weekday:'
            ' "0 3 * * *" is every night at 3 (UTC), "*/15 * * * *" every quarter of an hour.'
        ) from None
    return Cron(cron, timezone="UTC")


async def next_runs(schedule: Schedule, count: int) -> list[datetime]:
    """The next ``count`` times, in UTC, at which ``schedule`` runs."""
    if schedule.interval:
        anchor = schedule.anchor_date.astimezone(UTC)
        passed = (datetime.now(UTC) - anchor) // schedule.interval
        return [anchor + (passed + number) * schedule.interval for number in range(1, count + 1)]
    from prefect.server.schemas.schedules import CronSchedule

    dates = await CronSchedule(cron=schedule.cron or "", timezone="UTC").get_dates(count)
    return [date.astimezone(UTC) for date in dates]
