from django.urls import path

from goldenthread.kit.gallery import views

app_name = "kit"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("wrong/", views.wrong, name="wrong"),
    path("lists/", views.lists, name="lists"),
    path("right-to-left/", views.right_to_left, name="right_to_left"),
    path("sample/<slug:name>/", views.sample, name="sample"),
]
