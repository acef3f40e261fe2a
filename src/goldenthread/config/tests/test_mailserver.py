import pytest

from goldenthread.config.mailserver import mail_server
from goldenthread.config.problems import Problem


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://10.0.0.3:2525", ("10.0.0.3", 2525, "", "", False, False)),
        (
            "smtp+starttls://us%40er:p%2Fw@mail.example.org",
            ("mail.example.org", 587, "us@er", "p/w", True, False),
        ),
        ("smtps://u:p@mail.example.org", ("mail.example.org", 465, "u", "p", False, True)),
    ],
)
def test_an_address_is_read(url, read):
    assert mail_server(url) == read


@pytest.mark.parametrize("url", ["localhost", "mail.example.org:587", "https://mail", "smtp://"])
def test_what_is_no_such_address_is_refused_in_one_sentence(url):
    with pytest.raises(Problem, match="GOLDENTHREAD_SMTP must be"):
        mail_server(url)


@pytest.mark.parametrize("port", ["58x", "99999"])
def test_a_port_that_is_none_is_refused_in_one_sentence(port):
    with pytest.raises(Problem, match="The port in GOLDENTHREAD_SMTP"):
        mail_server(f"smtps://user:password@mail.example.org:{port}")
