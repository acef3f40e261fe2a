from django.urls import path

from goldenthread.listen.themes import views, views_gaps

app_name = "themes"
urlpatterns = [
    path("p/<slug:project>/themes/", views.all_themes, name="list"),
    path("p/<slug:project>/themes/work/", views.workspace, name="workspace"),
    path(
        "p/<slug:project>/themes/from-survey/<uuid:survey>/<int:area>/",
        views_gaps.from_gap,
        name="from_gap",
    ),
    path("p/<slug:project>/themes/<uuid:theme>/", views.theme, name="theme"),
    path("p/<slug:project>/themes/<uuid:theme>/correct/", views.correct, name="correct"),
    path("p/<slug:project>/themes/<uuid:theme>/work/", views.work, name="work"),
    path("p/<slug:project>/themes/<uuid:theme>/reword/", views.reword, name="reword"),
    path("p/<slug:project>/themes/<uuid:theme>/voices/", views.take_out, name="take_out"),
    path("p/<slug:project>/themes/<uuid:theme>/similar/", views.similar, name="similar"),
    path("p/<slug:project>/themes/<uuid:theme>/merge/", views.merge, name="merge"),
    path("p/<slug:project>/themes/<uuid:theme>/show-back/", views.show_back, name="show_back"),
    path("p/<slug:project>/themes/<uuid:theme>/agree/", views.agree, name="agree"),
    path(
        "p/<slug:project>/themes/<uuid:theme>/corrections/<uuid:correction>/",
        views.deal_with,
        name="deal_with",
    ),
]
