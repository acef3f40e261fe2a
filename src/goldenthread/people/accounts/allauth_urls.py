"""The pages that allauth and Django look for under these names. No others are mounted."""

from django.urls import path

from goldenthread.people.accounts import views

urlpatterns = [
    path("account/sign-in/", views.sign_in, name="account_login"),
    path("account/sign-up/", views.sign_up, name="account_signup"),
    path("account/sign-out/", views.sign_out, name="account_logout"),
    path("account/sign-in/passkey/", views.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("account/sign-in/second-factor/", views.authenticate, name="mfa_authenticate"),
    path("account/2fa/", views.second_factors, name="mfa_index"),
    path("account/2fa/app/", views.activate_totp, name="mfa_activate_totp"),
    path("account/2fa/app/remove/", views.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/2fa/recovery-codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/2fa/recovery-codes/new/",
        views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("account/2fa/passkeys/", views.passkeys, name="mfa_list_webauthn"),
    path("account/2fa/passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("account/2fa/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("account/2fa/again/", views.reauthenticate, name="mfa_reauthenticate"),
    path(
        "account/2fa/again/passkey/",
        views.reauthenticate_with_passkey,
        name="mfa_reauthenticate_webauthn",
    ),
]
