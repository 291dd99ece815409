"""What day it is in a district: the one place that looks at the clock."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.problems import SetupError
from generator.records.folders import Project
from generator.source import read


def today_in(project: Project) -> date:
    """Today in the district's time zone, UTC when it names none.

    The environment's `SOURCE_DATE_EPOCH` (seconds since 1970, see reproducible-builds.org) stands in for the clock.
    """
    document, _ = read(project.root / "district/district.yml", relative="district/district.yml")
    zone = document.data.get("time_zone") if document else None
    now = moment()
    try:
        return now.astimezone(ZoneInfo(str(zone))).date() if zone else now.date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.date()


def moment() -> datetime:
    """This moment in UTC, or that of the environment's `SOURCE_DATE_EPOCH`."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise SetupError(f"SOURCE_DATE_EPOCH must be seconds since 1970, not {epoch!r}") from error
    return datetime.now(UTC)
