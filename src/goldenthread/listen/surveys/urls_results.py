"""Addresses of what comes after asking: results, and surveys from files."""

from django.urls import path

from goldenthread.listen.surveys.views import files, results

ONE = "p/<slug:project>/surveys/<uuid:survey>/"
SHOWN = "p/<slug:project>/survey/<uuid:survey>/"
after_asking = [
    path("p/<slug:project>/surveys/import/", files.import_survey, name="import"),
    path(f"{ONE}freeze/", results.freeze, name="freeze"),
    path(f"{SHOWN}results/", results.results, name="results"),
    path(f"{SHOWN}results.csv", results.download, {"form": "csv"}, name="results_csv"),
    path(f"{SHOWN}results.xlsx", results.download, {"form": "xlsx"}, name="results_xlsx"),
    path(f"{SHOWN}what-changed/", results.compare, name="compare"),
    path(f"{SHOWN}strengths-and-gaps/", results.gaps, name="gaps"),
]
