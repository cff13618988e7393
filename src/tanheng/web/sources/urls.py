"""The addresses of the library."""

from django.urls import path

from tanheng.web.sources.views.compare import compare
from tanheng.web.sources.views.document import document, document_text, passage
from tanheng.web.sources.views.library import library
from tanheng.web.sources.views.review import discard, proposal, register, review, upload
from tanheng.web.sources.views.search import search
from tanheng.web.sources.views.succeed import succeed

urlpatterns = [
    path("library/", library, name="library"),
    path("library/search/", search, name="library-search"),
    path("library/compare/", compare, name="library-compare"),
    path("library/upload/", upload, name="library-upload"),
    path("library/reviews/<uuid:draft>/", review, name="review"),
    path("library/reviews/<uuid:draft>/register/", register, name="review-register"),
    path("library/reviews/<uuid:draft>/discard/", discard, name="review-discard"),
    path("library/reviews/<uuid:draft>/<str:key>/", proposal, name="review-proposal"),
    path("library/documents/<str:id>/", document, name="document"),
    path("library/documents/<str:id>/text/", document_text, name="document-text"),
    path("library/documents/<str:id>/succeed/", succeed, name="document-succeed"),
    path("library/documents/<str:id>/obligations/<str:obligation>/", passage, name="passage"),
]
