"""Building the national set: `PYTHONPATH=. .venv/bin/python benchmarks/national/build.py` makes the database `nation` anew, within minutes."""

import os
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

DATABASE = os.environ.get("NATION_DATABASE", "nation")


def address(name: str = DATABASE) -> str:
    """The address of a database beside the project's own."""
    from musrenbang.settings import _database_url

    return urlunsplit(urlsplit(_database_url())._replace(path="/" + name))


def empty() -> None:
    """Drop the database where it is there, and make it with all tables and all regions."""
    import psycopg2

    connection = psycopg2.connect(address("postgres").replace("postgis://", "postgresql://"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    connection.close()
    for command in ("migrate", "load_regions"):
        subprocess.run([sys.executable, "manage.py", command], check=True, env={**os.environ, "DATABASE_URL": address()}, stdout=subprocess.DEVNULL)


def fill_up() -> None:
    """Everything in the order in which it refers to each other."""
    from accounts.models import Agency, Assignment, Residency, User
    from benchmarks.national import country, register, talk
    from benchmarks.national.rows import run, said, unguarded
    from deliberation.models import Comment, Support
    from proposals import tallies
    from proposals.models import Cycle, DictionaryEntry, LiveRoom, Proposal, Recommendation, SearchEntry, StageWindow
    from proposals.search import vocabulary

    run("SET synchronous_commit = off; SET work_mem = '256MB'")
    place = [User, Agency, Assignment, Residency, Cycle, StageWindow, DictionaryEntry]
    everything = [*place, Proposal, SearchEntry, Recommendation, Support, LiveRoom, Comment]
    country.place_regions()
    with unguarded(everything):
        country.people()
        country.plan_years()
        run("ANALYZE")
        register.draw_up()
        register.proposals()
        talk.talk()
        run("DROP TABLE bench_asked, bench_village, bench_work")
    begun = time.perf_counter()
    tallies.rebuild()
    said("tallies counted", begun)
    begun = time.perf_counter()
    vocabulary.read_anew()
    said("words of the texts read", begun)
    begun = time.perf_counter()
    run("VACUUM ANALYZE")
    said("vacuum, analyze", begun)


def main() -> None:
    """The whole set, with the seconds of each step. The settings are read once, so the address is set before they are."""
    begun = time.perf_counter()
    import django
    from django.db import connection

    django.setup()
    if connection.settings_dict["NAME"] != DATABASE:
        message = f"this fills {DATABASE} and nothing else"
        raise SystemExit(message)
    from benchmarks.national.rows import run, said

    fill_up()
    counted = {name: run(f"SELECT count(*) FROM {name}")[0][0] for name in ("proposals_proposal", "deliberation_support", "deliberation_comment")}  # noqa: S608
    print(f"  {counted}")
    said("all of it", begun)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")
    if os.environ.get("NATION_READY") == DATABASE:
        main()
    else:
        begun = time.perf_counter()
        empty()
        print(f"  {'database, tables, regions':<44} {time.perf_counter() - begun:7.1f} s", flush=True)
        subprocess.run([sys.executable, __file__], check=True, env={**os.environ, "DATABASE_URL": address(), "NATION_READY": DATABASE})
