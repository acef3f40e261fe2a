from django.urls import path

from goldenthread.organisations.views import belonging, cards, doors, looking

app_name = "organisations"
_settings = "o/<slug:organisation>/settings/"
urlpatterns = [
    path("o/new/", doors.new, name="new"),
    path("o/<slug:organisation>/logo.png", doors.logo, name="logo"),
    path("o/<slug:organisation>/accent.css", doors.accent_css, name="accent_css"),
    path("o/<slug:organisation>/join/", doors.join_by_email, name="join_by_email"),
    path("join/<str:secret>/", doors.join, name="join"),
    path(_settings, looking.settings, name="settings"),
    path(_settings + "look/", looking.look, name="look"),
    path(_settings + "look/logo/", looking.change_logo, name="change_logo"),
    path(_settings + "look/logo/remove/", looking.remove_logo, name="remove_logo"),
    path(_settings + "labels/", looking.labels, name="labels"),
    path(_settings + "labels/<uuid:label>/remove/", looking.remove_label, name="remove_label"),
    path(_settings + "help-lines/", looking.help_lines, name="help_lines"),
    path(_settings + "help-lines/<uuid:line>/", looking.help_line, name="help_line"),
    path(_settings + "help-lines/<uuid:line>/checked/", looking.check_line, name="check_line"),
    path(_settings + "help-lines/<uuid:line>/remove/", looking.remove_line, name="remove_line"),
    path(_settings + "people/", belonging.people, name="people"),
    path(_settings + "people/<uuid:membership>/", belonging.person, name="person"),
    path(_settings + "people/<uuid:membership>/suspend/", belonging.suspend, name="suspend"),
    path(_settings + "people/<uuid:membership>/restore/", belonging.restore, name="restore"),
    path(_settings + "without-mail/", cards.without_mail, name="without_mail"),
    path(_settings + "without-mail/cards/", cards.make_cards, name="make_cards"),
    path(_settings + "without-mail/sheet/", cards.sheet_of_cards, name="sheet_of_cards"),
    path(
        _settings + "without-mail/<uuid:membership>/stop/",
        cards.withdraw_card,
        name="withdraw_card",
    ),
    path(_settings + "roles/<uuid:role>/end/", belonging.end_role, name="end_role"),
    path(_settings + "invitations/", belonging.invitations, name="invitations"),
    path(_settings + "invitations/<uuid:invitation>/revoke/", belonging.revoke, name="revoke"),
    path(_settings + "domains/", looking.domains, name="domains"),
    path(_settings + "list/", belonging.upload_list, name="upload_list"),
    path(_settings + "list/save/", belonging.save_list, name="save_list"),
]
