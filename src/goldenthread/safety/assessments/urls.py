from django.urls import path

from goldenthread.safety.assessments import views

app_name = "assessments"
ONE = "p/<slug:project>/assessments/<slug:assessment>/"
urlpatterns = [
    path("p/<slug:project>/assessments/", views.assessments, name="list"),
    path(ONE, views.assessment, name="assessment"),
    path(f"{ONE}write/", views.write, name="write"),
    path(f"{ONE}sign/", views.sign, name="sign"),
]
