from django.urls import path

from goldenthread.act.frameworks import views

app_name = "frameworks"
_here = "p/<slug:project>/frameworks/"
urlpatterns = [
    path(_here, views.list_frameworks, name="list"),
    path(_here + "choose/", views.choose, name="choose"),
    path(_here + "own/", views.own, name="own"),
    path(_here + "own/save/", views.save_own, name="save_own"),
    path(_here + "<uuid:framework>/", views.show_map, name="map"),
    path(_here + "<uuid:framework>/leave/", views.leave, name="leave"),
    path(_here + "<uuid:framework>/themes/", views.themes, name="themes"),
    path(_here + "<uuid:framework>/themes/<uuid:theme>/", views.place, name="place"),
]
