from django.urls import path

from goldenthread.people.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/name/", views.name, name="name"),
    path("account/address/", views.add_address, name="add_address"),
    path("account/address/code/", views.address_code, name="address_code"),
    path("account/sign-in/code/", views.code, name="code"),
    path("account/sign-out-elsewhere/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("account/close/", views.close, name="close"),
    path("mailbox/", views.development_mailbox, name="mailbox"),
    path("mailbox/<slug:mail>/", views.development_mail, name="mailbox_html"),
]
