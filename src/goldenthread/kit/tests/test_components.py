import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from goldenthread.kit.forms import Form
from goldenthread.kit.shapes import Stage, Work


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Send" kind="loud" %}',
        '{% button "" %}',
        "{% button %}",
        '{% button "Send" colour="red" %}',
        '{% tag "Yes" tone="green" %}',
        '{% notice tone="loud" %}x{% endnotice %}',
        "{% knot %}x{% endknot %}",
        '{% card title="x" level=7 %}y{% endcard %}',
        '{% card title="x" %}y',
    ],
)
def test_a_wrong_constant_is_an_error_when_the_template_loads(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% button missing %}",
        '{% tag "Yes" tone=missing %}',
        "{% day missing %}",
        "{% errors missing %}",
        "{% field missing %}",
        "{% thread_picture missing %}",
        "{% stage_rail missing %}",
    ],
)
def test_a_wrong_variable_is_an_error_when_the_page_renders(source):
    with pytest.raises(TypeError):
        rendered(source)


def test_what_is_given_is_escaped():
    html = rendered("{% card title=words %}{{ words }}{% endcard %}{% tag words %}", words="<b>&")

    assert "<b>" not in html
    assert html.count("&lt;b&gt;&amp;") == 3


def test_a_block_keeps_the_markup_inside_it():
    html = rendered(
        '{% card title="A" href="/a/" %}<p>{% tag "Yes" tone="good" %}</p>{% endcard %}'
    )

    assert '<h3 class="card-title"><a href="/a/">A</a></h3>' in html
    assert '<p><span class="tag tone-good">Yes</span></p>' in html


def test_a_post_button_is_a_form_with_its_own_token():
    source = Template('{% post_button "Take it back" action="/back/" name="why" value="me" %}')
    from django.template import RequestContext  # noqa: PLC0415  only here

    html = source.render(RequestContext(RequestFactory().get("/")))

    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)
    assert 'action="/back/"' in html
    assert 'name="why" value="me"' in html


def test_a_post_button_without_a_request_is_refused():
    with pytest.raises(TypeError, match="request"):
        rendered('{% post_button "Go" action="/" %}')


def test_the_rail_says_in_words_where_it_is():
    stages = [Stage("Listen", "listen", "done"), Stage("Act", "act", "now", "Three actions.")]

    html = rendered("{% stage_rail stages %}", stages=stages)

    assert html.count('aria-current="step"') == 1
    assert "(Done)" in html
    assert "(Now)" in html


def test_a_rail_takes_dictionaries_and_refuses_one_without_a_state():
    with pytest.raises(TypeError, match="state"):
        rendered("{% stage_rail stages %}", stages=[{"name": "Act", "key": "act"}])


def test_the_help_panel_is_never_empty():
    assert "116 123" in rendered("{% help_panel lines=help_lines %}")
    assert "999" in rendered("{% help_panel lines=help_lines %}", help_lines=[])


def test_the_help_panel_makes_numbers_ready_to_call():
    line = {"name": "Shout", "number": "0800 111 222"}

    assert 'href="tel:0800111222"' in rendered("{% help_panel lines=lines %}", lines=[line])


def test_dates_are_written_as_we_say_them():
    source = "{% day on %}|{% week on %}|{% month on %}"

    assert (
        rendered(source, on=date(2026, 1, 14))
        == "14 January 2026|the week of 12 January|January 2026"
    )


def test_a_moment_is_named_by_its_day_here_not_in_greenwich():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert rendered("{% day on %}", on=late) == "1 July 2026"


def test_a_table_with_a_row_too_short_is_refused():
    with pytest.raises(TypeError, match="1 cells, 2 headers"):
        rendered('{% data_table "Topics" headers rows %}', headers=["A", "B"], rows=[["x"]])


def test_numbers_in_a_table_stand_on_the_right():
    html = rendered('{% data_table "T" h r %}', h=["Topic", "Voices"], r=[["Waiting", 80]])

    assert '<td class="number">80</td>' in html
    assert '<th scope="row">Waiting</th>' in html


def test_an_empty_table_says_so():
    assert "Nothing here yet." in rendered('{% data_table "T" h r %}', h=["Topic"], r=[])


def test_overdue_work_says_so_in_a_word():
    html = rendered(
        "{% worklist w %}", w=[Work("Answer 4", "/a/", "overdue"), Work("Tell 3", "/t/")]
    )

    assert html.count("Overdue") == 1


def test_a_pager_without_anything_to_say_is_nothing():
    page = {"next_href": "", "how_many": ""}

    assert rendered("{% pager page %}", page=page).strip() == ""


class Question(Form):
    words = forms.CharField(max_length=40, widget=forms.Textarea, help_text="Short.")
    day = forms.DateField(required=False)
    known = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField()

    def __init__(self, *args, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["known"].choice_hints = hints or {"a": "The first."}


def test_a_field_ties_its_hint_its_error_and_its_count_to_the_box():
    html = rendered("{% field form.words %}", form=Question({"words": "x" * 50}))

    assert 'aria-describedby="id_words_hint id_words_error id_words_count"' in html
    assert 'aria-invalid="true"' in html
    assert "Keep this to 40 letters. You wrote 50." in html
    assert "x" * 50 in html


def test_what_was_typed_is_never_cut_short_by_the_browser():
    assert "maxlength" not in rendered("{% field form.words %}", form=Question())


def test_choices_show_their_hints():
    html = rendered("{% field form.known %}", form=Question({"known": "b"}))

    assert 'id="id_known_0_hint">The first.' in html
    assert re.search(r'value="b" id="id_known_1" checked', html)


def test_a_hint_for_a_choice_that_is_not_there_is_refused():
    with pytest.raises(TypeError, match="hints for choices"):
        rendered("{% field form.known %}", form=Question(hints={"c": "Which?"}))


def test_a_date_goes_back_to_the_browser_as_browsers_want_it():
    form = Question(initial={"day": date(2026, 3, 3)})

    assert 'name="day" type="date" value="2026-03-03"' in rendered(
        "{% field form.day %}", form=form
    )


def test_the_summary_leads_to_each_field_in_plain_words():
    html = rendered("{% errors form %}", form=Question({}))

    assert "Three things to look at again" in html
    assert '<a href="#id_known_0">Please choose one.</a>' in html
    assert '<a href="#id_agreed">Please tick this to go on.</a>' in html
    assert "nvalid" not in html


def test_a_form_that_has_no_errors_has_no_summary():
    assert rendered("{% errors form %}", form=Question()) == ""
