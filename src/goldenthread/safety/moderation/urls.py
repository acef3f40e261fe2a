from django.urls import path

from goldenthread.safety.moderation import views

app_name = "moderation"
_project, _organisation = "p/<slug:project>/", "o/<slug:organisation>/"
urlpatterns = [
    path("content/", views.content, name="policy"),
    path(f"{_project}report/<slug:kind>/<uuid:reported>/", views.report, name="report"),
    path(f"{_project}moderation/", views.reports, name="reports"),
    path(f"{_project}moderation/reports/<uuid:report>/", views.one_report, name="one_report"),
    path(f"{_project}moderation/appeals/", views.appeals, name="appeals"),
    path(f"{_project}moderation/appeals/<uuid:appeal>/", views.appeal, name="appeal"),
    path(f"{_project}moderation/log/", views.log, name="log"),
    path(f"{_project}moderation/log.csv", views.log_csv, name="log_csv"),
    path(f"{_project}moderation/log.json", views.log_json, name="log_json"),
    path(f"{_organisation}complain/", views.complain, name="complain"),
    path(f"{_organisation}complaints/", views.complaints, name="complaints"),
    path(f"{_organisation}complaints/<uuid:complaint>/", views.complaint, name="complaint"),
    path(
        f"{_organisation}complaints/<uuid:complaint>/acknowledge/",
        views.acknowledge,
        name="acknowledge",
    ),
]
