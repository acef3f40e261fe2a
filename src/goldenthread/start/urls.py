from django.urls import path

from goldenthread.start import views

app_name = "start"
urlpatterns = [
    path("o/<slug:organisation>/start/", views.begin, name="begin"),
    path("p/<slug:project>/start/", views.overview, name="overview"),
    path("p/<slug:project>/start/remind/", views.remind, name="remind"),
    path("p/<slug:project>/pack/", views.pack, name="pack"),
    path("p/<slug:project>/pack/<slug:document>.pdf", views.pdf, name="pdf"),
    path("p/<slug:project>/pack/<slug:document>.docx", views.word, name="docx"),
    path("p/<slug:project>/start/<slug:question_key>/", views.question, name="step"),
]
