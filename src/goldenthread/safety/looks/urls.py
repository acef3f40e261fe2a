from django.urls import path

from goldenthread.safety.looks import views

app_name = "looks"
AGAIN = "p/<slug:project>/reading/again/"
urlpatterns = [
    path(AGAIN, views.again, name="again"),
    path(f"{AGAIN}next/", views.take_next, name="next"),
    path(f"{AGAIN}<uuid:look>/", views.look, name="look"),
    path(f"{AGAIN}<uuid:look>/sentence/", views.sentence, name="sentence"),
    path(f"{AGAIN}<uuid:look>/put-back/", views.put_back, name="put_back"),
]
