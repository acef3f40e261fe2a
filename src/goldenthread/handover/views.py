"""Handing a role on, and taking it over."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.handover import forms, permissions, queries, services
from goldenthread.handover.models import HandOver
from goldenthread.handover.posts import Post
from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.people.accounts.models import Person


def _me(request: HttpRequest) -> Person:
    return cast("Person", cast("Any", request).user)


@login_required
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """List one's own roles, each with the way to its hand-over."""
    posts = queries.posts_of(_me(request), now=clock.now())
    asked = [post for _handover, post in queries.asked_of(_me(request), now=clock.now())]
    return page(request, "handover/roles.html", {"posts": posts, "asked": asked})


def _around(request: HttpRequest, ref: UUID) -> tuple[Post, HandOver | None]:
    """Return the role and its hand-over to those it concerns; to others it is not there."""
    post, now, me = queries.post_at(ref), clock.now(), _me(request)
    if post is None:
        raise Http404
    newest = queries.newest_of(post)
    if not permissions.sees_how_it_goes(me, post, newest, now=now):
        raise Http404
    return post, newest


@login_required
@require_http_methods(["GET", "POST"])
def role(request: HttpRequest, role: UUID) -> HttpResponse:
    """Show what goes with a role; its holder names who follows."""
    post, newest = _around(request, role)
    now, me = clock.now(), _me(request)
    holds = permissions.may_hand_over(me, post, now=now)
    initial = {"last_day": post.ends_on or clock.today(now)}
    members = queries.who_may_follow(post, offered=holds)
    form = forms.NameSuccessor(posted(request), initial=initial, members=members)
    if holds and form.is_valid():
        with form.refusals():
            services.name_successor(by=me, post=post, **form.cleaned_data, now=now)
            messages.success(request, _("They are asked. You see here what they answer."))
            return redirect("handover:role", post.ref)
    return _shown(request, post, newest, form=form, holds=holds)


def _shown(
    request: HttpRequest, post: Post, newest: HandOver | None, **filled: Any
) -> HttpResponse:
    me, now = _me(request), clock.now()
    asked = newest is not None and permissions.may_answer(me, newest, now=now)
    gives = filled["holds"] or permissions.may_follow(me, post, now=now)
    goes_along = gives or asked or permissions.will_hold(me, post, newest, now=now)
    context = {
        "post": post,
        "newest": newest,
        "asked": asked,
        "takes_back": gives,
        "bundle": queries.bundle_of(post, now=now) if goes_along else None,
        "sees_work": filled["holds"] or not post.is_sharp,
        "declining": forms.Decline(),
        "organisation": post.organisation,
        **filled,
    }
    return page(request, "handover/role.html", context)


@login_required
@require_POST
def accept(request: HttpRequest, role: UUID) -> HttpResponse:
    """Take the role over."""
    post, newest = _around(request, role)
    if newest is None:
        raise Http404
    services.accept(by=_me(request), handover=newest, now=clock.now())
    messages.success(request, _("Thank you. The role passes to you."))
    return redirect("handover:role", post.ref)


@login_required
@require_POST
def decline(request: HttpRequest, role: UUID) -> HttpResponse:
    """Say no, with a reason."""
    post, newest = _around(request, role)
    if newest is None or not permissions.may_answer(_me(request), newest, now=clock.now()):
        raise Http404
    form = forms.Decline(request.POST)
    if form.is_valid():
        with form.refusals():
            services.decline(by=_me(request), handover=newest, **form.cleaned_data, now=clock.now())
            messages.success(request, _("Thank you for answering. We tell whoever asked you."))
            return redirect("pages:home")
    return _shown(request, post, newest, declining=form, form=forms.Decline(), holds=False)


@login_required
@require_POST
def take_back(request: HttpRequest, role: UUID) -> HttpResponse:
    """Ask nobody any more."""
    post, _newest = _around(request, role)
    services.take_back(by=_me(request), post=post, now=clock.now())
    messages.success(request, _("It is taken back. You can name somebody else."))
    return redirect("handover:role", post.ref)
