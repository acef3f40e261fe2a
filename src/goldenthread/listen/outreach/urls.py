from django.urls import path

from goldenthread.listen.outreach import views, views_population

app_name = "outreach"
_population = "o/<slug:organisation>/settings/population/"
urlpatterns = [
    path("p/<slug:project>/not-heard/", views.missing, name="missing"),
    path("p/<slug:project>/outreach/", views.organisers, name="organisers"),
    path("p/<slug:project>/outreach/new/", views.new, name="new"),
    path("p/<slug:project>/outreach/<uuid:outreach>/", views.change, name="change"),
    path("p/<slug:project>/outreach/<uuid:outreach>/end/", views.end, name="end"),
    path(_population, views_population.populations, name="populations"),
    path(_population + "file/", views_population.upload, name="upload"),
    path(_population + "file/save/", views_population.save, name="save"),
    path(
        _population + "about/<slug:equality_question>/",
        views_population.population,
        name="population",
    ),
]
