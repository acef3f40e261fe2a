from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "goldenthread.people.contacts"
    label = "contacts"
