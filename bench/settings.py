"""The product's own settings, with the two floors in front and a stopwatch that is asked for by a header."""

from tryggmote.config.settings import *  # noqa: F403
from tryggmote.config.settings import MIDDLEWARE as PRODUCTS

MIDDLEWARE = ["bench.stopwatch.Stopwatch", "bench.floors.Floors", *PRODUCTS, "bench.floors.FloorsWithin"]
