from django.urls import path

from goldenthread.organisations import views

app_name = "organisations"
_settings = "o/<slug:organisation>/settings/"
urlpatterns = [
    path("o/new/", views.new, name="new"),
    path("o/<slug:organisation>/logo.png", views.logo, name="logo"),
    path("o/<slug:organisation>/accent.css", views.accent_css, name="accent_css"),
    path("o/<slug:organisation>/join/", views.join_by_email, name="join_by_email"),
    path("join/<str:secret>/", views.join, name="join"),
    path(_settings, views.settings, name="settings"),
    path(_settings + "look/", views.look, name="look"),
    path(_settings + "look/logo/", views.change_logo, name="change_logo"),
    path(_settings + "look/logo/remove/", views.remove_logo, name="remove_logo"),
    path(_settings + "labels/", views.labels, name="labels"),
    path(_settings + "labels/<uuid:label>/remove/", views.remove_label, name="remove_label"),
    path(_settings + "help-lines/", views.help_lines, name="help_lines"),
    path(_settings + "help-lines/<uuid:line>/", views.help_line, name="help_line"),
    path(_settings + "help-lines/<uuid:line>/checked/", views.check_line, name="check_line"),
    path(_settings + "help-lines/<uuid:line>/remove/", views.remove_line, name="remove_line"),
    path(_settings + "people/", views.people, name="people"),
    path(_settings + "people/<uuid:membership>/", views.person, name="person"),
    path(_settings + "people/<uuid:membership>/suspend/", views.suspend, name="suspend"),
    path(_settings + "people/<uuid:membership>/restore/", views.restore, name="restore"),
    path(_settings + "roles/<uuid:role>/end/", views.end_role, name="end_role"),
    path(_settings + "invitations/", views.invitations, name="invitations"),
    path(_settings + "invitations/<uuid:invitation>/revoke/", views.revoke, name="revoke"),
    path(_settings + "domains/", views.domains, name="domains"),
    path(_settings + "list/", views.upload_list, name="upload_list"),
    path(_settings + "list/save/", views.save_list, name="save_list"),
]
