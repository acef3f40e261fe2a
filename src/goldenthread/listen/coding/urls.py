from django.urls import path

from goldenthread.listen.coding import views

app_name = "coding"
BOOK = "p/<slug:project>/codebook/"
ROUND = f"{BOOK}rounds/<uuid:round_>/"
urlpatterns = [
    path(BOOK, views.book, name="book"),
    path(f"{BOOK}themes/<uuid:theme>/", views.write_code, name="write"),
    path(f"{BOOK}rounds/", views.start, name="start"),
    path(ROUND, views.one_round, name="round"),
    path(f"{ROUND}code/", views.code, name="code"),
    path(f"{ROUND}code/<uuid:unit>/", views.code, name="code_one"),
    path(f"{ROUND}done/", views.be_done, name="done"),
    path(f"{ROUND}voices/<uuid:unit>/", views.agree_on, name="agree"),
    path(f"{ROUND}settle/", views.settle, name="settle"),
    path(f"{ROUND}stop/", views.stop, name="stop"),
]
