from django.urls import path

from goldenthread.listen.stories import views

app_name = "stories"
urlpatterns = [
    path("p/<slug:project>/stories/", views.all_stories, name="list"),
    path("p/<slug:project>/stories/tell/", views.tell, name="tell"),
    path("p/<slug:project>/stories/cover/", views.choose, name="choose"),
    path("p/<slug:project>/stories/settings/", views.settings, name="settings"),
    path("p/<slug:project>/stories/settings/off/", views.switch_off, name="switch_off"),
    path("p/<slug:project>/stories/<uuid:story>/", views.story, name="story"),
    path("p/<slug:project>/stories/<uuid:story>/sharing/", views.share, name="share"),
]
