from django.urls import path

from goldenthread.projects.views import asking, lending, opening, preparing, public, rota, staffing

app_name = "projects"
urlpatterns = [
    path("asked/<str:token>/", asking.asked, name="asked"),
    path("o/<slug:organisation>/projects/new/", preparing.new, name="new"),
    path("o/<slug:organisation>/lend-readers/", lending.lend, name="lend"),
    path("p/<slug:project>/prepare/people/lent/", lending.answer_offer, name="answer_offer"),
    path("p/<slug:project>/terms/", public.terms, name="terms"),
    path("p/<slug:project>/poster.pdf", public.poster, name="poster"),
    path("p/<slug:project>/slips.pdf", public.slips, name="slips"),
    path("p/<slug:project>/form-<slug:form_shape>.pdf", public.paper_form, name="paper_form"),
    path("p/<slug:project>/invited/", staffing.invited, name="invited"),
    path("p/<slug:project>/prepare/", preparing.prepare, name="prepare"),
    path("p/<slug:project>/prepare/basics/", preparing.basics, name="basics"),
    path("p/<slug:project>/prepare/ages/", preparing.ages, name="ages"),
    path("p/<slug:project>/prepare/terms/", preparing.write_terms, name="write_terms"),
    path("p/<slug:project>/prepare/stages/", preparing.stages, name="stages"),
    path("p/<slug:project>/prepare/strands/", preparing.strands, name="strands"),
    path("p/<slug:project>/prepare/strands/remove/", preparing.remove_strand, name="remove_strand"),
    path("p/<slug:project>/prepare/people/", staffing.people, name="people"),
    path("p/<slug:project>/prepare/people/end/", staffing.end_role, name="end_role"),
    path("p/<slug:project>/prepare/rota/", staffing.rota, name="rota"),
    path("p/<slug:project>/prepare/rota/remove/", staffing.remove_duty, name="remove_duty"),
    path("p/<slug:project>/reading-times/", rota.reading_times, name="reading_times"),
    path("p/<slug:project>/reading-times/instead/", rota.read_instead, name="read_instead"),
    path("p/<slug:project>/reading-times/back/", rota.take_back, name="take_back"),
    path("p/<slug:project>/prepare/partners/", staffing.partners, name="partners"),
    path("p/<slug:project>/prepare/partners/change/", staffing.change_partner, name="partner"),
    path("p/<slug:project>/prepare/open/", opening.open_project, name="open"),
    path("p/<slug:project>/prepare/box/", opening.box, name="box"),
    path("p/<slug:project>/prepare/close/", opening.close, name="close"),
    path("p/<slug:project>/prepare/close/agree/", opening.agree, name="agree_to_close"),
]
