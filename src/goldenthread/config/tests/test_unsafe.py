"""R39: with any of these the house does not open, and says why in one sentence."""

import pytest
from django.conf import global_settings

from goldenthread.config import settings as shipped
from goldenthread.config import unsafe
from goldenthread.config.problems import Problem


@pytest.fixture(autouse=True)
def keys(tmp_path, monkeypatch):
    path = tmp_path / "keys.json"
    path.write_text("{}")
    path.chmod(0o600)
    monkeypatch.setenv("GOLDENTHREAD_KEYS", str(path))
    return path


def test_the_settings_we_ship_are_safe():
    assert unsafe.faults(Shipped()) == []


BAD = [
    ("DEBUG", True),
    ("ADMINS", [("A", "a@example.org")]),
    ("MANAGERS", [("A", "a@example.org")]),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "django-insecure-" + "x" * 50),
    ("PEPPER", b"salt"),
    ("SEALING_KEYS", []),
    ("SITE_URL", "http://voices.example.org"),
    ("SITE_URL", "https://voices.example.org"),  # not among the hosts, cookies not Secure
    ("ALLOWED_HOSTS", ["*"]),
    ("ALLOWED_HOSTS", ["elsewhere.example"]),
    ("SESSION_COOKIE_HTTPONLY", False),
    ("SESSION_COOKIE_SAMESITE", "None"),
    ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"]),
    ("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
    ("DATA_UPLOAD_MAX_MEMORY_SIZE", 2**30),
    ("USE_TZ", False),
    ("DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}}),
    ("CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": ["'self'"]}}),
    (
        "CONTENT_SECURITY_POLICY",
        {"DIRECTIVES": {"default-src": ["'none'"], "script-src": ["'unsafe-inline'"]}},
    ),
    (
        "CONTENT_SECURITY_POLICY",
        {"DIRECTIVES": {"default-src": ["'none'"], "img-src": ["cdn.example.org"]}},
    ),
]


class Shipped:
    """The settings as we ship them (those of the session are changed for tests), but for one."""

    def __init__(self, changed="", value=None):
        self.changed, self.value = changed, value

    def __getattr__(self, name):
        if name == self.changed:
            return self.value
        return getattr(shipped, name, None) or getattr(global_settings, name, None)


@pytest.mark.parametrize(("name", "value"), BAD)
def test_an_unsafe_setting_stops_the_start(name, value):
    with pytest.raises(Problem) as stopped:
        unsafe.refuse(Shipped(name, value))
    assert str(stopped.value).endswith(".")


def test_the_mailbox_for_trying_out_is_not_opened_to_the_world():
    tried = Shipped("DEV", True)
    assert unsafe.faults(tried) == []  # localhost
    tried.SITE_URL, tried.ALLOWED_HOSTS = "https://voices.example.org", ["voices.example.org"]
    with pytest.raises(Problem, match="GOLDENTHREAD_DEV"):
        unsafe.refuse(tried)


def test_a_mail_password_does_not_travel_in_the_open():
    far = Shipped("EMAIL_HOST_PASSWORD", "secret")
    assert unsafe.faults(far) == []  # localhost
    far.EMAIL_HOST = "mail.example.org"
    with pytest.raises(Problem, match="travel in the open"):
        unsafe.refuse(far)
    far.EMAIL_USE_TLS = True
    assert unsafe.faults(far) == []


@pytest.mark.parametrize("guard", unsafe.GUARDS)
def test_a_missing_guard_stops_the_start(guard):
    others = [each for each in shipped.MIDDLEWARE if each != guard]
    with pytest.raises(Problem, match=guard):
        unsafe.refuse(Shipped("MIDDLEWARE", others))


def test_a_keys_file_that_others_can_read_stops_the_start(keys):
    keys.chmod(0o640)
    with pytest.raises(Problem, match="chmod 600"):
        unsafe.refuse(Shipped())


def test_no_keys_file_stops_the_start(monkeypatch):
    monkeypatch.delenv("GOLDENTHREAD_KEYS")
    with pytest.raises(Problem, match="keys file"):
        unsafe.refuse(Shipped())


def test_the_keys_of_backups_do_not_lie_beside_them(tmp_path, monkeypatch):
    backups = tmp_path / "backups"
    for keys in (backups, backups / "keys"):
        monkeypatch.setenv("GOLDENTHREAD_BACKUP_KEYS", str(keys))
        with pytest.raises(Problem, match="beside what they lock"):
            unsafe.refuse(Shipped("BACKUPS", backups))
    keys = tmp_path / "keys"
    monkeypatch.setenv("GOLDENTHREAD_BACKUP_KEYS", str(keys))
    assert unsafe.faults(Shipped("BACKUPS", backups)) == []
    keys.mkdir(mode=0o755)
    with pytest.raises(Problem, match="chmod 700"):
        unsafe.refuse(Shipped("BACKUPS", backups))


def test_there_are_twenty_bad_configurations_at_least():
    assert len(BAD) + len(unsafe.GUARDS) >= 20


@pytest.mark.django_db
def test_a_database_that_may_lose_words_stops_the_start():
    with pytest.raises(Problem, match="fsync and synchronous_commit and full_page_writes"):
        unsafe.refuse(Shipped())  # the throwaway database of the tests
