"""What editions of days are made with, as the settings have it."""

from commands.opening import has_archive, open_archive
from commands.settings import Config, find_zone
from graph.editions.editing import Desk
from graph.editions.windows import Window


def make_desk(config: Config) -> Desk:
    """The zone of the settings, and how many articles of a window the archive has set aside."""
    return Desk(find_zone(config.zone), config.zone, lambda window: _count_aside(config, window))


def _count_aside(config: Config, window: Window) -> int:
    if not has_archive(config):
        return 0
    with open_archive(config) as archive:
        return archive.count_aside_in(window.start, window.end, fetched=window.fetched)
