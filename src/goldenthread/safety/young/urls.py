from django.urls import path

from goldenthread.safety.young import views

app_name = "young"
urlpatterns = [
    path("p/<slug:project>/parents/", views.guardians, name="guardians"),
    path("p/<slug:project>/prepare/parents/", views.write_guardians, name="write_guardians"),
    path("o/<slug:organisation>/settings/school/", views.school, name="school"),
    path("o/<slug:organisation>/settings/school/terms/", views.add_term, name="add_term"),
    path(
        "o/<slug:organisation>/settings/school/terms/<uuid:term>/remove/",
        views.remove_term,
        name="remove_term",
    ),
]
