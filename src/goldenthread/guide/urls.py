from django.urls import path

from goldenthread.guide import views

app_name = "guide"
urlpatterns = [
    path("guide/", views.guide, name="guide"),
    path("guide/find/", views.find, name="find"),
    path("guide/<slug:guide_page>/", views.document, name="document"),
    path("guide/<slug:guide_part>/<slug:guide_page>/", views.document, name="document_in_part"),
]
