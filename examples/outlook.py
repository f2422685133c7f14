#!/usr/bin/env python3
"""A what-if as a table, through the C library: chances of a stage by year, as the scenario stands and with changes.

    outlook.py SCENARIO STAGE [PATH=VALUE]...
    outlook.py /usr/share/opcon/scenarios/rok-us transfer plan_kept=0.5"""
import ctypes as c
import datetime
import sys

EPOCH = datetime.date(1970, 1, 1)
NO_DAY = -2**63
Text3 = c.c_char_p * 3


class Estimate(c.Structure):
    """The first fields of oc_estimate_info; later ones are not needed here."""
    _fields_ = [("name", c.c_char_p), ("title", Text3), ("kind", c.c_int), ("p", c.c_double), ("p_error", c.c_double),
                ("p10", c.c_int64), ("p50", c.c_int64), ("p90", c.c_int64), ("p50_low", c.c_int64),
                ("p50_high", c.c_int64),
                ("known", c.c_int64), ("never", c.c_double), ("never_error", c.c_double), ("day_count", c.c_size_t),
                ("done_by", c.POINTER(c.c_double))]


class Outcome(c.Structure):
    """oc_outcome_info"""
    _fields_ = [("futures", c.c_uint64), ("counted", c.c_uint64), ("seed", c.c_uint64), ("digest", c.c_uint64),
                ("complete", c.c_bool), ("as_of", c.c_int64), ("horizon", c.c_int64)]


def library():
    lib = c.CDLL("libopcon.so.0")
    lib.oc_version.restype = c.c_char_p
    lib.oc_scenario_open.argtypes = [c.c_void_p, c.c_char_p, c.POINTER(c.c_void_p)]
    lib.oc_scenario_set.argtypes = [c.c_void_p, c.c_char_p]
    lib.oc_scenario_run.argtypes = [c.c_void_p, c.c_void_p, c.POINTER(c.c_void_p)]
    lib.oc_scenario_messages.argtypes = [c.c_void_p, c.c_int]
    lib.oc_scenario_messages.restype = c.c_char_p
    lib.oc_scenario_close.argtypes = lib.oc_outcome_free.argtypes = [c.c_void_p]
    lib.oc_outcome_facts.argtypes = [c.c_void_p]
    lib.oc_outcome_facts.restype = c.POINTER(Outcome)
    lib.oc_outcome_find.argtypes = [c.c_void_p, c.c_char_p]
    lib.oc_outcome_find.restype = c.POINTER(Estimate)
    return lib


def chances(lib, scenario, stage):
    """{year: probability that the stage is done by its end}, and the first day by which half of the futures are
    there."""
    outcome = c.c_void_p()
    status = lib.oc_scenario_run(scenario, None, c.byref(outcome))
    if status != 0:
        sys.exit(lib.oc_scenario_messages(scenario, 0).decode() or f"status {status}")
    facts, found = lib.oc_outcome_facts(outcome).contents, lib.oc_outcome_find(outcome, stage.encode())
    if not found or not found.contents.day_count:
        sys.exit(f"'{stage}' is no date to come")
    estimate = found.contents
    by_year = {}
    first, last = (EPOCH + datetime.timedelta(day) for day in (facts.as_of, facts.horizon))
    for year in range(first.year, last.year + 1):
        end = (datetime.date(year, 12, 31) - EPOCH).days
        by_year[year] = estimate.done_by[min(end, facts.horizon) - facts.as_of]
    middle = "beyond" if estimate.p50 == NO_DAY else str(EPOCH + datetime.timedelta(estimate.p50))
    lib.oc_outcome_free(outcome)
    return by_year, middle


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    lib = library()
    scenario = c.c_void_p()
    lib.oc_scenario_open(None, sys.argv[1].encode(), c.byref(scenario))
    columns = [chances(lib, scenario, sys.argv[2])]
    for change in sys.argv[3:]:
        lib.oc_scenario_set(scenario, change.encode())
    if sys.argv[3:]:
        columns.append(chances(lib, scenario, sys.argv[2]))
    lib.oc_scenario_close(scenario)
    print(f"{sys.argv[2]} (opcon {lib.oc_version().decode()})")
    for year in columns[0][0]:
        print(year, *(f"{100 * by_year[year]:6.1f} %" for by_year, _ in columns))
    print("half", *(middle for _, middle in columns))


main()
