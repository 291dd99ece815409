"""From a plan to a whole site in its place, or to a part of one, with nothing done twice."""
