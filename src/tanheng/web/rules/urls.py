"""The addresses of the rules."""

from django.urls import path

from tanheng.web.rules.views.factor import factor, factor_csv, factors
from tanheng.web.rules.views.instrument import instrument, instruments
from tanheng.web.rules.views.judgement import lights, scorecard, scorecards
from tanheng.web.rules.views.method import method, methods
from tanheng.web.rules.views.overview import rules, unverified

urlpatterns = [
    path("rules/", rules, name="rules"),
    path("rules/unverified/", unverified, name="rules-unverified"),
    path("rules/factors/", factors, name="rule-factors"),
    path("rules/factors/<str:id>/", factor, name="rule-factor"),
    path("rules/factors/<str:id>.csv", factor_csv, name="rule-factor-csv"),
    path("rules/methods/", methods, name="rule-methods"),
    path("rules/methods/<str:id>/", method, name="rule-method"),
    path("rules/scorecards/", scorecards, name="rule-scorecards"),
    path("rules/scorecards/<str:id>/", scorecard, name="rule-scorecard"),
    path("rules/lights/<str:id>/", lights, name="rule-lights"),
    path("rules/documents/", instruments, name="rule-instruments"),
    path("rules/documents/<str:id>/", instrument, name="rule-instrument"),
]
