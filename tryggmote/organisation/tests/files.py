"""Files to import, made for tests: a small office in words, and one as large as the nation."""

import csv
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from tryggmote.organisation.importing.columns import SHEETS
from tryggmote.organisation.importing.reading import Line, Page, Pages

Table = list[dict[str, Any]]
Tables = dict[str, Table]


def office() -> Tables:
    """A joint office for two municipalities with dual leadership, a few people, their roles and an area."""
    return {
        "units": [
            {"code": "NAV", "name": "Arbeids- og velferdsdirektoratet", "kind": "Direktorat"},
            {"code": "F1", "name": "Nav Fjordfylket", "kind": "Fylke", "parents": "NAV"},
            {"code": "K1", "name": "Lillevik kommune", "kind": "Kommune"},
            {"code": "K2", "name": "Storvik kommune", "kind": "Kommune"},
            {
                "code": "0451",
                "name": "Nav Lillevik og Storvik",
                "kind": "Nav-kontor",
                "parents": "F1, K1 K2",
                "meeting_forms": "mottak, hjemmebesøk",
            },
        ],
        "areas": [{"code": "V1", "name": "Mottaket", "unit": "0451"}],
        "people": [
            _person("S1", "Stine Statlig", "NAV", title="Nav-leder stat"),
            _person("K1", "Karl Kommunal", "K1", title="Nav-leder kommune"),
            _person("S2", "Vera Veileder", "NAV", formal_leader="S1", daily_leader="K1", safety_area="V1"),
            _person("K2", "Kari Kollega", "K2", formal_leader="K1", daily_leader="S1", safety_area="V1"),
        ],
        "roles": [
            {"person": "S1", "role": "Nav-leder", "unit": "0451", "employer": "NAV"},
            {"person": "K1", "role": "Nav-leder", "unit": "0451", "employer": "K1"},
            {"person": "S2", "role": "Verneombud", "unit": "0451", "safety_area": "V1"},
        ],
    }


def _person(number: str, name: str, employer: str, **more: str) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "email": f"{number.lower()}@example.invalid",
        "employer": employer,
        "unit": "0451",
        "starts_on": "2024-01-01",
        **more,
    }


def nation(people: int = 22_000, offices: int = 300) -> Tables:
    """As many people and offices as the whole of Nav; one in twelve leads, one in thirty represents."""
    municipalities = [f"K{n:03}" for n in range(offices)]
    units: Table = [{"code": "NAV", "name": "Direktoratet", "kind": "directorate"}]
    units += [
        {"code": f"F{n:02}", "name": f"Fylke {n}", "kind": "county", "parents": "NAV"} for n in range(12)
    ]
    units += [{"code": code, "name": f"Kommune {code}", "kind": "municipality"} for code in municipalities]
    units += [
        {"code": f"N{n:03}", "name": f"Kontor {n}", "kind": "office", "parents": f"F{n % 12:02} K{n:03}"}
        for n in range(offices)
    ]
    areas = [{"code": f"V{n:03}", "name": f"Verneområde {n}", "unit": f"N{n:03}"} for n in range(offices)]
    rows: Table = []
    roles: Table = []
    for n in range(people):
        office = n % offices
        is_leader = n < people // 12
        leader = f"P{office + offices * ((n // offices) % max(1, people // 12 // offices)):05}"
        rows.append(
            {
                "id": f"P{n:05}",
                "name": f"Ansatt Nummer {n}",
                "email": f"p{n}@example.invalid",
                "phone": f"9{n:07}",
                "employer": "NAV" if n % 2 else municipalities[office],
                "unit": f"N{office:03}",
                "formal_leader": "" if is_leader else leader,
                "daily_leader": "" if is_leader else leader,
                "safety_area": f"V{office:03}",
                "title": "Veileder",
                "meets_clients": "ja" if n % 5 else "nei",
                "starts_on": "2024-01-01",
            }
        )
        if is_leader:
            roles.append({"person": f"P{n:05}", "role": "leader", "unit": f"N{office:03}"})
        elif n % 30 == 0:
            representative = {"person": f"P{n:05}", "role": "safety_representative", "unit": f"N{office:03}"}
            roles.append({**representative, "safety_area": f"V{office:03}"})
    return {"units": units, "areas": areas, "people": rows, "roles": roles}


def pages(tables: Tables) -> Pages:
    """As if read from a file: line 1 is the heading, empty cells are left out."""
    return {
        name: Page(
            frozenset(key for row in rows for key in row) or frozenset({"code", "id", "person"}),
            [
                Line(number, {key: value for key, value in row.items() if value not in ("", None)})
                for number, row in enumerate(rows, start=2)
            ],
        )
        for name, rows in tables.items()
    }


def workbook(tables: Tables) -> bytes:
    """The same as an XLSX file, with the Norwegian names of sheets and columns."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"default_date_format": "dd.mm.yyyy"}) as book:
        for sheet in SHEETS:
            if sheet.key in tables:
                page = book.add_worksheet(sheet.title)
                page.write_row(0, 0, [column.title for column in sheet.columns])
                for number, row in enumerate(tables[sheet.key], start=1):
                    page.write_row(number, 0, [row.get(column.key, "") for column in sheet.columns])
    return memory.getvalue()


def csv_folder(folder: Path, tables: Tables, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> Path:
    """The same as a folder of CSV files, with the English names."""
    for sheet in SHEETS:
        if sheet.key in tables:
            with (folder / f"{sheet.key}.csv").open("w", encoding=encoding, newline="") as file:
                writer = csv.writer(file, delimiter=delimiter)
                writer.writerow(column.names[1] for column in sheet.columns)
                writer.writerows(
                    [row.get(column.key, "") for column in sheet.columns] for row in tables[sheet.key]
                )
    return folder
