"""What every address of the site answers to every role: the table that the walk over all addresses checks.

The town and the unit lie in the north; nobody but the office and the leader sees the south. Whoever adds an address
adds a line: its route as the resolver knows it, an address, and who gets what. Paths of the API: every_api_address.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ROLES = ("anyone", "office", "department", "district", "town", "unit", "verifier", "leader")
ALL_SEEING = ("office", "leader")

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """A route, one address of it, and the status that each role gets on opening it."""

    route: str
    address: str
    answers: Answers


def to(*roles: str, others: int = 404, as_well: int = 200) -> Answers:
    """200 for some roles, and one answer for all others."""
    return {role: as_well if role in roles else others for role in ROLES}


EVERYBODY = to(*ROLES)
NOBODY = to()
LOGGED_IN = to(*ROLES[1:], others=302)
LOGGED_IN_ONLY = to(*ROLES[1:])
LED_BACK = dict.fromkeys(ROLES, 302)
ASKED = {"anyone": 302}
"""Who is not logged in is asked to, whatever the address."""
NORTH = to(*ALL_SEEING, "department", "district", "verifier")
TOWN = to(*ALL_SEEING, "department", "district", "verifier", "town")
SOUTH = to(*ALL_SEEING, "department")
NORTH_SUM = to(*ALL_SEEING, "district", "verifier")
MILL = to(*ALL_SEEING, "district", "town", "unit", "verifier")
READERS = to(*ROLES[1:5], "verifier", "leader", others=403) | ASKED
NO_DOCUMENT = to(*ROLES[1:5], "verifier", "leader", others=403, as_well=404) | ASKED
SENDERS = to("office", "district", "town", "unit", others=403) | ASKED
NO_SENDER = dict.fromkeys(("department", "verifier", "leader"), 403) | ASKED
NO_IMPORT = to("office", "district", "town", "unit", others=403, as_well=404) | ASKED
SPLITTERS = to("office", "district", others=403) | ASKED
NOTHING_SENT = to("office", "district", others=403, as_well=404) | ASKED
RETURNED, NO_JOB = "/tasks/workbooks/1/returned/", "00000000-0000-0000-0000-000000000000"
NO_DRAFT = "/library/reviews/00000000-0000-0000-0000-000000000000/"

PERIOD = "2024-01..2024-02"
HOME = "home/"  # with a stroke before it, it would read like a path of somebody's computer
LINES = (
    Line("", "/", to("anyone", others=302)),
    Line("areas/", "/areas/", LED_BACK),
    Line("results/", "/results/", LOGGED_IN),
    Line("results/<str:result>/", "/results/{result}/", to(*ROLES[1:], as_well=302)),
    Line("results/<str:result>/area/<path:area>/", "/results/{result}/area/t-city/", SOUTH),
    Line("results/<str:result>/area/<path:area>/", "/results/{result}/area/t-north/", NORTH),
    Line("results/<str:result>/area/<path:area>/", "/results/{result}/area/t-town/", TOWN),
    Line("results/<str:result>/area/<path:area>/", "/results/{result}/area/t-south/", SOUTH),
    Line("results/<str:result>/area/<path:area>/", "/results/{result}/area/t-nowhere/", NOBODY),
    Line("results/<str:result>/area/<path:area>/", "/results/ffff/area/t-north/", NOBODY),
    Line(
        "results/<str:result>/figure/<path:address>/",
        "/results/{result}/figure/energy_calorific@area/t-north@" + PERIOD + "/",
        NORTH_SUM,
    ),
    Line("results/<str:result>/figure/<path:address>/", "/results/{result}/figure/{quoted}/", EVERYBODY),
    Line(
        "results/<str:result>/figure/<path:address>/",
        "/results/{result}/figure/co2@facility/t-mill@" + PERIOD + "/",
        MILL,
    ),
    Line(
        "results/<str:result>/figure/<path:address>/",
        "/results/{result}/figure/co2@facility/t-shop@" + PERIOD + "/",
        to(*ALL_SEEING),
    ),
    Line(
        "results/<str:result>/figure/<path:address>/",
        "/results/{result}/figure/co2@facility/t-mill@2024-01@electricity/",
        MILL,
    ),
    Line("results/<str:result>/figure/<path:address>/", "/results/{result}/figure/co2@facility/none@2024/", NOBODY),
    Line("results/<str:result>/gaps/<path:address>/", "/results/{result}/gaps/{quoted}/", EVERYBODY),
    Line(
        "results/<str:result>/gaps/<path:address>/", "/results/{result}/gaps/co2@facility/t-mill@" + PERIOD + "/", MILL
    ),
    Line("results/<str:result>/findings/", "/results/{result}/findings/", LOGGED_IN_ONLY),
    Line("results/<str:result>/findings/list.csv", "/results/{result}/findings/list.csv", LOGGED_IN_ONLY),
    Line("results/<str:result>/findings/list.xlsx", "/results/{result}/findings/list.xlsx", LOGGED_IN_ONLY),
    Line("results/<str:result>/findings/", "/results/ffff/findings/", NOBODY),
    Line("results/<str:result>/publish/", "/results/{result}/publish/", to("office", others=403) | {"anyone": 302}),
    Line("sources/<str:digest>/<str:sheet>/<str:cell>/", "/sources/{digest}/{sheet}/{mill_cell}/", MILL),
    Line("sources/<str:digest>/<str:sheet>/<str:cell>/", "/sources/{digest}/{sheet}/{shop_cell}/", to(*ALL_SEEING)),
    Line("sources/<str:digest>/<str:sheet>/<str:cell>/", "/sources/{digest}/{sheet}/ZZ9/", NOBODY),
    Line("sources/<str:digest>/", "/sources/{digest}/", to(*ALL_SEEING)),
    Line("publications/", "/publications/", EVERYBODY),
    Line("publications/<int:position>/", "/publications/{position}/", EVERYBODY),
    Line("publications/<int:position>/", "/publications/999/", NOBODY),
    Line("publications/<int:position>/repeat/", "/publications/{position}/repeat/", LED_BACK),
    Line("publications/<int:position>/fresh/", "/publications/{position}/fresh/", LED_BACK),
    Line("publications/<int:position>/compare/<str:result>/", "/publications/{position}/compare/{result}/", LOGGED_IN),
    # who reads and acts
    Line("login/", "/login/", to("anyone", others=302)),
    Line("login/second-factor/", "/login/second-factor/", LED_BACK),
    Line("login/sso/oidc/^(?P<provider_id>[^/]+)/login/", "/login/sso/oidc/nobody/login/", NOBODY),
    Line("login/sso/oidc/^(?P<provider_id>[^/]+)/login/callback/", "/login/sso/oidc/nobody/login/callback/", NOBODY),
    Line("login/sso-cancelled/", "/login/sso-cancelled/", EVERYBODY),
    Line("login/sso-error/", "/login/sso-error/", dict.fromkeys(ROLES, 401)),
    Line("login/closed/", "/login/closed/", EVERYBODY),
    Line("logout/", "/logout/", LOGGED_IN),
    Line("account/", "/account/", LOGGED_IN),
    Line("account/mandate/", "/account/mandate/", dict.fromkeys(ROLES, 405)),
    Line("account/tokens/", "/account/tokens/", dict.fromkeys(ROLES, 405)),
    Line("account/tokens/<str:token>/end/", "/account/tokens/none/end/", dict.fromkeys(ROLES, 405)),
    Line("account/password/", "/account/password/", LOGGED_IN),
    Line("account/confirm/", "/account/confirm/", LOGGED_IN),
    Line("account/second-factor/", "/account/second-factor/", LOGGED_IN),
    Line("account/second-factor/confirm/", "/account/second-factor/confirm/", LED_BACK),
    Line("account/second-factor/activate/", "/account/second-factor/activate/", LED_BACK),
    Line("account/second-factor/deactivate/", "/account/second-factor/deactivate/", to("anyone", as_well=302)),
    Line("account/second-factor/codes/", "/account/second-factor/codes/", to("anyone", as_well=302)),
    Line("account/second-factor/codes/new/", "/account/second-factor/codes/new/", LED_BACK),
    Line("i18n/setlang/", "/i18n/setlang/", LED_BACK),
    # the rules: definitions that everybody may read
    Line("rules/", "/rules/", EVERYBODY),
    Line("rules/unverified/", "/rules/unverified/", EVERYBODY),
    Line("rules/factors/", "/rules/factors/", EVERYBODY),
    Line("rules/factors/<str:id>/", "/rules/factors/carbon_content/", EVERYBODY),
    Line("rules/factors/<str:id>.csv", "/rules/factors/carbon_content.csv", EVERYBODY),
    Line("rules/methods/", "/rules/methods/", EVERYBODY),
    Line("rules/methods/<str:id>/", "/rules/methods/unit_energy_and_co2/", EVERYBODY),
    Line("rules/scorecards/", "/rules/scorecards/", EVERYBODY),
    Line("rules/scorecards/<str:id>/", "/rules/scorecards/none/", NOBODY),
    Line("rules/lights/<str:id>/", "/rules/lights/none/", NOBODY),
    Line("rules/documents/", "/rules/documents/", EVERYBODY),
    Line("rules/documents/<str:id>/", "/rules/documents/none/", NOBODY),
    # the library: for whoever works with documents; only the office takes them in
    Line("library/", "/library/", READERS),
    Line("library/search/", "/library/search/?q=能耗", READERS),
    Line("library/compare/", "/library/compare/", READERS),
    Line("library/upload/", "/library/upload/", dict.fromkeys(ROLES, 405)),
    Line("library/reviews/<uuid:draft>/", NO_DRAFT, to("office", others=403, as_well=404) | ASKED),
    Line("library/reviews/<uuid:draft>/<str:key>/", f"{NO_DRAFT}t-1/", to("office", others=403, as_well=404) | ASKED),
    Line("library/reviews/<uuid:draft>/register/", f"{NO_DRAFT}register/", dict.fromkeys(ROLES, 405)),
    Line("library/reviews/<uuid:draft>/discard/", f"{NO_DRAFT}discard/", dict.fromkeys(ROLES, 405)),
    Line("library/documents/<str:id>/", "/library/documents/none/", NO_DOCUMENT),
    Line("library/documents/<str:id>/text/", "/library/documents/none/text/", NO_DOCUMENT),
    Line("library/documents/<str:id>/succeed/", "/library/documents/none/succeed/", dict.fromkeys(ROLES, 405)),
    Line(
        "library/documents/<str:id>/obligations/<str:obligation>/",
        "/library/documents/none/obligations/none/",
        NO_DOCUMENT,
    ),
    # cases, and work that is done in the background
    Line("inbox/", "/inbox/", LOGGED_IN),
    Line("cases/new/<str:procedure>/", "/cases/new/supervision_note/", to("office", "district", others=403) | ASKED),
    Line("cases/new/<str:procedure>/", "/cases/new/none/", NOBODY | ASKED),
    Line("cases/<str:procedure>/<str:name>/", "/cases/publishing/1/", to(*ALL_SEEING) | ASKED),
    Line("cases/<str:procedure>/<str:name>/", "/cases/publishing/99/", NOBODY | ASKED),
    Line(
        "cases/<str:procedure>/<str:name>/evidence/<int:number>/<int:piece>/",
        "/cases/publishing/1/evidence/1/0/",
        NOBODY | ASKED,
    ),
    # the facts
    Line("facts/calendar/", "/facts/calendar/", LOGGED_IN),
    Line("facts/calendar/", "/facts/calendar/?month=nonsense&view=x&state=y", LOGGED_IN),
    Line("facts/calendar/remind/", "/facts/calendar/remind/", to("anyone", others=405, as_well=302)),
    Line("facts/", "/facts/", SENDERS),
    Line("facts/imports/", "/facts/imports/", SENDERS),
    Line("facts/revisions/<str:key>/", "/facts/revisions/none/", NOBODY | ASKED),
    Line("facts/layouts/", "/facts/layouts/", SENDERS),
    Line("facts/layouts/learn/<int:file>/", "/facts/layouts/learn/99/", to("office", others=403, as_well=404) | ASKED),
    Line("facts/entry/", "/facts/entry/", SENDERS),
    Line("facts/entry/template/", "/facts/entry/template/", SENDERS),
    Line("facts/entry/", "/facts/entry/?unit=facility/t-shop", to("office", others=404) | NO_SENDER),
    Line("facts/entry/template/", "/facts/entry/template/?unit=facility/t-none", NO_IMPORT),
    Line("facts/entry/form/", "/facts/entry/form/?form=gdp_quarterly&subject=area/t-town", SENDERS | {"unit": 404}),
    Line("facts/entry/form/", "/facts/entry/form/?form=none&subject=area/t-town", NO_IMPORT),
    Line(
        "facts/entry/form/workbook/",
        "/facts/entry/form/workbook/?form=gdp_quarterly&subject=area/t-south",
        to("office", others=404) | NO_SENDER,
    ),
    Line("facts/imports/<int:position>/", "/facts/imports/99/", NO_IMPORT),
    Line("facts/imports/<int:position>/undo/", "/facts/imports/99/undo/", dict.fromkeys(ROLES, 405) | ASKED),
    Line("facts/imports/<int:position>/evidence/<int:number>/", "/facts/imports/99/evidence/0/", NO_IMPORT),
    Line("facts/imports/sent/<str:id>/", "/facts/imports/sent/none/", NO_IMPORT),
    Line("facts/imports/sent/<str:id>/record/", "/facts/imports/sent/none/record/", dict.fromkeys(ROLES, 405) | ASKED),
    Line("facts/imports/sent/<str:id>/check/", "/facts/imports/sent/none/check/", dict.fromkeys(ROLES, 405) | ASKED),
    Line(
        "facts/imports/sent/<str:id>/discard/", "/facts/imports/sent/none/discard/", dict.fromkeys(ROLES, 405) | ASKED
    ),
    Line("facts/imports/sent/<str:id>/problems/", "/facts/imports/sent/none/problems/", NO_IMPORT),
    Line("jobs/<str:id>/", "/jobs/none/", NOBODY | ASKED),
    Line("tasks/from-point/", "/tasks/from-point/?point=none", to("office", others=403, as_well=422) | ASKED),
    Line("outgoing/", "/outgoing/", SPLITTERS),
    Line("outgoing/<str:id>/again/", "/outgoing/none/again/", dict.fromkeys(ROLES, 405) | ASKED),
    Line("delegation/", "/delegation/", LOGGED_IN),
    Line("delegation/end/", "/delegation/end/", to("anyone", others=405, as_well=302)),
    # the barometer: where nobody has made one
    Line("units/<str:unit>/hours/", "/units/t-mill/hours/", NOBODY | ASKED),
    Line("readings/<path:reference>/", "/readings/none/2024-01-01/2024-02-01@00/", NOBODY | ASKED),
    Line("barometer/", "/barometer/", LOGGED_IN),
    Line("barometer/<str:quarter>/", "/barometer/2024Q1/", to("anyone", as_well=302)),
    # the month, where none was opened, and the papers
    Line("month/", "/month/", LOGGED_IN),
    Line("month/<str:area>/<str:period>/", "/month/t-north/2024-01/", to("anyone", as_well=302)),
    Line("papers/", "/papers/", LOGGED_IN),
    Line("papers/adopting/", "/papers/adopting/", to(*ALL_SEEING, "district", others=403) | ASKED),
    Line("papers/barometer/<str:quarter>/", "/papers/barometer/2024Q1/", to(*ALL_SEEING) | ASKED),
    Line(
        "papers/assessment/<str:scorecard>/<str:year>/",
        "/papers/assessment/units_14th_plan/2024/",
        to(*ALL_SEEING) | ASKED,
    ),
    Line("papers/assessment/<str:scorecard>/<str:year>/", "/papers/assessment/none/2024/", NOBODY | ASKED),
    Line(
        "papers/assessment/<str:scorecard>/<str:year>/files/<int:number>/<int:piece>/",
        "/papers/assessment/units_14th_plan/2024/files/1/0/",
        NOBODY | ASKED,
    ),
    Line(HOME, f"/{HOME}", LOGGED_IN),
    Line("targets/", "/targets/", LOGGED_IN),
    Line("units/", "/units/", LOGGED_IN),
    Line("units/list.xlsx", "/units/list.xlsx", LOGGED_IN),
    Line("units/<str:unit>/", "/units/t-mill/", MILL | ASKED),
    Line("units/<str:unit>/", "/units/t-shop/", to(*ALL_SEEING) | ASKED),
    Line("units/<str:unit>/", "/units/none/", NOBODY | ASKED),
    Line("targets/splits/", "/targets/splits/", LOGGED_IN),
    Line("targets/splits/new/", "/targets/splits/new/", to("office", "district", others=403) | ASKED),
    Line("targets/splits/<str:split>/", "/targets/splits/none/", NOBODY | ASKED),
    Line("targets/splits/<str:split>/move/", "/targets/splits/none/move/", dict.fromkeys(ROLES, 405) | ASKED),
    Line("targets/splits/<str:split>/answer/", "/targets/splits/none/answer/", dict.fromkeys(ROLES, 405) | ASKED),
    Line("targets/splits/<str:split>/upload/", "/targets/splits/none/upload/", dict.fromkeys(ROLES, 405) | ASKED),
    Line("targets/splits/<str:split>/<str:paper>.<str:form>", "/targets/splits/none/round.xlsx", NOBODY | ASKED),
    Line("targets/list.xlsx", "/targets/list.xlsx", LOGGED_IN),
    Line("targets/<str:target>/", "/targets/none/", to("anyone", as_well=302)),
    # tasks: where no plan was recorded
    Line("tasks/", "/tasks/", LOGGED_IN),
    Line("tasks/report/", "/tasks/report/", to("anyone", others=405, as_well=302)),
    Line("tasks/filters/", "/tasks/filters/", to("anyone", others=405, as_well=302)),
    # workbooks of tasks: for whoever splits and sends; where nothing was sent
    Line("tasks/workbooks/", "/tasks/workbooks/", SPLITTERS),
    Line("tasks/workbooks/send/", "/tasks/workbooks/send/", to("anyone", others=405, as_well=302)),
    Line("tasks/workbooks/<int:number>/", "/tasks/workbooks/1/", NOTHING_SENT),
    Line("tasks/workbooks/<int:number>/zip/", "/tasks/workbooks/1/zip/", NOTHING_SENT),
    Line("tasks/workbooks/<int:number>/sheet/", "/tasks/workbooks/1/sheet/", NOTHING_SENT),
    Line("tasks/workbooks/<int:number>/letter/", "/tasks/workbooks/1/letter/", NOTHING_SENT),
    Line("tasks/workbooks/<int:number>/remind/", "/tasks/workbooks/1/remind/", to("anyone", others=405, as_well=302)),
    Line("tasks/workbooks/<int:number>/note/", "/tasks/workbooks/1/note/", to("anyone", others=405, as_well=302)),
    Line("tasks/workbooks/<int:number>/returned/", f"{RETURNED}", to("anyone", others=405, as_well=302)),
    Line("tasks/workbooks/<int:number>/returned/<uuid:job>/", f"{RETURNED}{NO_JOB}/", NOTHING_SENT),
    Line(
        "tasks/workbooks/<int:number>/returned/<uuid:job>/record/",
        f"{RETURNED}{NO_JOB}/record/",
        to("anyone", others=405, as_well=302),
    ),
    Line("tasks/workbooks/<int:number>/returned/<uuid:job>/workbook/", f"{RETURNED}{NO_JOB}/workbook/", NOTHING_SENT),
    Line("tasks/<str:task>/", "/tasks/none/", to("anyone", as_well=302)),
    Line(
        "tasks/<str:task>/evidence/<int:position>/<int:number>/",
        "/tasks/none/evidence/1/0/",
        to("anyone", as_well=302),
    ),
    # the public site, open data, and frames for other sites: one figure of the north is published, and no barometer
    Line("public/", "/public/", EVERYBODY),
    Line("public/indicators/", "/public/indicators/", EVERYBODY),
    Line("public/indicators/<str:id>/", "/public/indicators/co2/", EVERYBODY),
    Line("public/indicators/<str:id>/", "/public/indicators/co2/?area=area/t-south", NOBODY),
    Line("public/indicators/<str:id>/", "/public/indicators/energy_calorific/", NOBODY),
    Line("public/areas/", "/public/areas/", EVERYBODY),
    Line("public/areas/<path:area>/", "/public/areas/t-north/", EVERYBODY),
    Line("public/areas/<path:area>/", "/public/areas/t-south/", NOBODY),
    Line("public/barometer/", "/public/barometer/", EVERYBODY),
    Line("public/barometer/<str:quarter>/", "/public/barometer/2024Q1/", NOBODY),
    Line("public/data/", "/public/data/", EVERYBODY),
    Line("public/data/catalogue.jsonld", "/public/data/catalogue.jsonld", EVERYBODY),
    Line("public/data/<int:position>/", "/public/data/{position}/", EVERYBODY),
    Line("public/data/<int:position>/", "/public/data/999/", NOBODY),
    Line("public/data/<int:position>.csv", "/public/data/{position}.csv", EVERYBODY),
    Line("public/data/<int:position>.csv", "/public/data/999.csv", NOBODY),
    Line("public/data/<int:position>.csv-metadata.json", "/public/data/{position}.csv-metadata.json", EVERYBODY),
    Line("public/data/<int:position>.json", "/public/data/{position}.json", EVERYBODY),
    Line("embed/indicator/<str:id>/", "/embed/indicator/co2/", EVERYBODY),
    Line("embed/indicator/<str:id>/", "/embed/indicator/energy_calorific/", NOBODY),
    Line("embed/barometer/", "/embed/barometer/", NOBODY),
    Line("embed/barometer/<str:quarter>/", "/embed/barometer/2024Q1/", NOBODY),
)
