from goldenthread.listen.surveys.urls_results import after_asking
from goldenthread.listen.surveys.views import files
from django.urls import path

app_name = "surveys"
urlpatterns = [*after_asking, path("p/<slug:project>/surveys/", files.import_survey, name="list")]
