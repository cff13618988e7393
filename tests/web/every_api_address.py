"""What every path of the API answers to every role: the second half of the table in every_address.py.

Whoever comes by without a token or a session is told so (403), and is not led to a page. What changes something is no
address to open (405).
"""

from __future__ import annotations

from tests.web.every_address import ALL_SEEING, EVERYBODY, MILL, NOBODY, NORTH, PERIOD, ROLES, Line, to

MANDATED = to(*ROLES[1:], others=403)
READERS = to(*ROLES[1:5], "verifier", "leader", others=403)
NO_DOCUMENT = to(*ROLES[1:5], "verifier", "leader", others=403, as_well=404)
NO_TASKS = to("office", "district", others=403, as_well=422)
NO_MAILING = to("office", "district", others=403, as_well=404)
NO_REVIEW = to("office", others=403, as_well=404)
IMPORTERS = to("office", "district", "town", "unit", others=403)
NOTHING_THERE = dict.fromkeys(ROLES, 404) | {"anyone": 403}
SENT = dict.fromkeys(ROLES, 405)
REVIEW = "/api/reviews/00000000-0000-0000-0000-000000000000"

API_LINES = (
    Line("api/", "/api/", NOBODY),
    Line("api/<path:rest>", "/api/nothing", NOBODY),
    Line("api/openapi.json", "/api/openapi.json", EVERYBODY),
    Line("api/me", "/api/me", MANDATED),
    Line("api/areas", "/api/areas", MANDATED),
    Line("api/units", "/api/units", MANDATED),
    Line("api/units/<unit>", "/api/units/t-mill", MILL | {"anyone": 403}),
    Line("api/units/<unit>", "/api/units/t-shop", to(*ALL_SEEING) | {"anyone": 403}),
    Line("api/units/<unit>/record", "/api/units/t-mill/record", MILL | {"anyone": 403}),
    Line("api/units/<unit>/record", "/api/units/t-shop/record", to(*ALL_SEEING) | {"anyone": 403}),
    Line("api/parties", "/api/parties", MANDATED),
    Line("api/tokens", "/api/tokens", MANDATED),
    Line("api/tokens/<token>/end", "/api/tokens/none/end", SENT),
    Line("api/log", "/api/log", to(*ALL_SEEING, others=403)),
    Line("api/log/check", "/api/log/check", to(*ALL_SEEING, others=403)),
    # the rules: definitions that everybody may read
    Line("api/rules/packs", "/api/rules/packs", EVERYBODY),
    Line("api/rules/factors", "/api/rules/factors", EVERYBODY),
    Line("api/rules/factors/<factor>", "/api/rules/factors/carbon_content", EVERYBODY),
    Line("api/rules/factors/<factor>", "/api/rules/factors/none", NOBODY),
    Line("api/rules/indicators", "/api/rules/indicators", EVERYBODY),
    Line("api/rules/methods", "/api/rules/methods", EVERYBODY),
    Line("api/rules/methods/<method>", "/api/rules/methods/unit_energy_and_co2", EVERYBODY),
    Line("api/rules/scorecards", "/api/rules/scorecards", EVERYBODY),
    Line("api/rules/lights", "/api/rules/lights", EVERYBODY),
    Line("api/rules/documents", "/api/rules/documents", EVERYBODY),
    Line("api/rules/documents/<document>", "/api/rules/documents/none", NOBODY),
    Line("api/rules/unverified", "/api/rules/unverified", EVERYBODY),
    # the library: for whoever works with documents; only the office takes them in
    Line("api/documents", "/api/documents", READERS),
    Line("api/documents/<document>", "/api/documents/none", NO_DOCUMENT),
    Line("api/documents/<document>/text", "/api/documents/none/text", NO_DOCUMENT),
    Line("api/documents/<document>/obligations/<obligation>", "/api/documents/none/obligations/none", NO_DOCUMENT),
    Line("api/documents/<document>/succeed", "/api/documents/none/succeed", SENT),
    Line("api/search", "/api/search?q=能耗", READERS),
    Line("api/documents-compared", "/api/documents-compared?first=none&second=none", NO_DOCUMENT),
    Line("api/reviews", "/api/reviews", MANDATED),
    Line("api/reviews/<review>", REVIEW, NO_REVIEW),
    Line("api/reviews/<review>/proposals/<key>", f"{REVIEW}/proposals/t-1", NO_REVIEW),
    Line("api/reviews/<review>/accept", f"{REVIEW}/accept", SENT),
    Line("api/reviews/<review>/register", f"{REVIEW}/register", SENT),
    Line("api/reviews/<review>/discard", f"{REVIEW}/discard", SENT),
    # facts: what was stated, workbooks, and who owes which figure
    Line("api/observations", "/api/observations?period=2024", MANDATED),
    Line("api/observations", "/api/observations?subject=facility/t-shop", to(*ALL_SEEING) | {"anyone": 403}),
    Line("api/imports", "/api/imports", IMPORTERS),
    Line(
        "api/imports/<position>", "/api/imports/999", to("office", "district", "town", "unit", others=403, as_well=404)
    ),
    Line("api/imports/<position>/undo", "/api/imports/999/undo", SENT),
    Line("api/workbooks", "/api/workbooks", SENT),
    Line("api/workbooks/<batch>", "/api/workbooks/none", NOTHING_THERE),
    Line("api/workbooks/<batch>/check", "/api/workbooks/none/check", SENT),
    Line("api/workbooks/<batch>/record", "/api/workbooks/none/record", SENT),
    Line("api/workbooks/<batch>/discard", "/api/workbooks/none/discard", SENT),
    Line("api/workbooks/<batch>/files/<number>/layout", "/api/workbooks/none/files/1/layout", NOTHING_THERE),
    Line("api/workbooks/<batch>/files/<number>/layout/try", "/api/workbooks/none/files/1/layout/try", SENT),
    Line("api/layouts", "/api/layouts", IMPORTERS),
    Line("api/entry/<unit>", "/api/entry/t-mill", IMPORTERS),
    Line(
        "api/entry/<unit>",
        "/api/entry/t-shop",
        to("district", "town", "unit", others=403, as_well=404) | {"office": 200},
    ),
    Line("api/entry/<unit>/with-evidence", "/api/entry/t-mill/with-evidence", SENT),
    Line("api/entry-form", "/api/entry-form", IMPORTERS),
    Line("api/forms", "/api/forms", IMPORTERS),
    Line("api/forms/<form>", "/api/forms/gdp_quarterly?subject=area/t-town&month=2024-06", IMPORTERS | {"unit": 404}),
    Line(
        "api/forms/<form>/workbook",
        "/api/forms/gdp_quarterly/workbook?subject=area/t-south&month=2024-06",
        to("district", "town", "unit", others=403, as_well=404) | {"office": 200},
    ),
    Line("api/forms/<form>/with-evidence", "/api/forms/gdp_quarterly/with-evidence", SENT),
    Line("api/data-calendar", "/api/data-calendar?period=2024-01", MANDATED),
    Line("api/data-calendar/reminders", "/api/data-calendar/reminders", SENT),
    # cases, and work that is done in the background
    Line("api/cases", "/api/cases", MANDATED),
    Line("api/cases/<procedure>/<name>", "/api/cases/publishing/1", to(*ALL_SEEING) | {"anyone": 403}),
    Line("api/cases/<procedure>/<name>", "/api/cases/publishing/99", NOTHING_THERE),
    Line("api/cases/<procedure>", "/api/cases/publishing", SENT),
    Line("api/cases/<procedure>/<name>/moves/<move>", "/api/cases/publishing/1/moves/withdraw", SENT),
    Line("api/cases-with-evidence/<procedure>", "/api/cases-with-evidence/publishing", SENT),
    Line(
        "api/cases-with-evidence/<procedure>/<name>/moves/<move>",
        "/api/cases-with-evidence/publishing/1/moves/withdraw",
        SENT,
    ),
    Line(
        "api/cases/<procedure>/<name>/evidence/<number>/<piece>",
        "/api/cases/publishing/1/evidence/1/0",
        NOTHING_THERE,
    ),
    Line("api/procedures", "/api/procedures", MANDATED),
    Line("api/jobs", "/api/jobs", MANDATED),
    Line("api/jobs/<job>", "/api/jobs/none", NOTHING_THERE),
    Line("api/outgoing", "/api/outgoing", to("office", "district", others=403)),
    Line("api/outgoing/<id>/again", "/api/outgoing/none/again", SENT),
    Line("api/delegations", "/api/delegations", MANDATED),
    # tasks: where no plan was recorded
    Line("api/tasks", "/api/tasks", MANDATED),
    Line("api/tasks/<task>", "/api/tasks/none", NOTHING_THERE),
    Line("api/tasks/from-point", "/api/tasks/from-point", SENT),
    Line("api/tasks/reports", "/api/tasks/reports", SENT),
    Line("api/tasks/<task>/reports", "/api/tasks/none/reports", SENT),
    # workbooks of tasks: of no plan none, and for whoever may split them
    Line("api/task-workbooks", "/api/task-workbooks", NO_TASKS),
    Line("api/task-workbooks/<number>", "/api/task-workbooks/1", NO_MAILING),
    Line("api/task-workbooks/<number>/zip", "/api/task-workbooks/1/zip", NO_MAILING),
    Line("api/task-workbooks/<number>/sheet", "/api/task-workbooks/1/sheet?party=x", NO_MAILING),
    Line("api/task-workbooks/<number>/letter", "/api/task-workbooks/1/letter?party=x", NO_MAILING),
    Line("api/task-workbooks/<number>/reminders", "/api/task-workbooks/1/reminders", SENT),
    Line("api/task-workbooks/<number>/notes", "/api/task-workbooks/1/notes", SENT),
    Line("api/task-workbooks/<number>/returned", "/api/task-workbooks/1/returned", SENT),
    Line("api/task-workbooks/<number>/merges/<job>", "/api/task-workbooks/1/merges/none", NO_MAILING),
    Line("api/task-workbooks/<number>/merges/<job>/record", "/api/task-workbooks/1/merges/none/record", SENT),
    Line("api/task-workbooks/<number>/merges/<job>/workbook", "/api/task-workbooks/1/merges/none/workbook", NO_MAILING),
    Line("api/tasks/<task>/evidence/<position>/<number>", "/api/tasks/none/evidence/1/0", NOTHING_THERE),
    Line("api/task-filters", "/api/task-filters", MANDATED),
    Line("api/task-filters/<name>", "/api/task-filters/none", SENT),
    # results
    Line("api/results", "/api/results", EVERYBODY),
    Line("api/results/<result>", "/api/results/{result}", to(*ROLES[1:])),
    Line("api/results/<result>/findings", "/api/results/{result}/findings", to(*ROLES[1:])),
    Line("api/results/<result>/figures", "/api/results/{result}/figures", to(*ROLES[1:])),
    Line("api/results/<result>/figures", "/api/results/{result}/figures?parent=area/t-north", NORTH),
    Line("api/results/<result>/explain", "/api/results/{result}/explain?address=co2@facility/t-mill@" + PERIOD, MILL),
    Line(
        "api/results/<result>/explain",
        "/api/results/{result}/explain?address=co2@facility/t-shop@" + PERIOD,
        to(*ALL_SEEING),
    ),
    Line("api/results/<result>/explain", "/api/results/{result}/explain?address={quoted}", EVERYBODY),
    Line("api/results/<result>/publish", "/api/results/{result}/publish", SENT),
    Line("api/publications", "/api/publications", EVERYBODY),
    Line("api/publications/<position>", "/api/publications/{position}", EVERYBODY),
    Line("api/publications/<position>", "/api/publications/999", NOBODY),
    Line("api/publications/<position>/repeat", "/api/publications/{position}/repeat", MANDATED),
    Line("api/publications/<position>/fresh", "/api/publications/{position}/fresh", SENT),
    Line("api/publications/<position>/compare/<result>", "/api/publications/{position}/compare/{result}", MANDATED),
    Line("api/sources/<digest>/cell", "/api/sources/{digest}/cell?sheet={sheet}&cell={mill_cell}", MILL),
    Line("api/sources/<digest>/cell", "/api/sources/{digest}/cell?sheet={sheet}&cell={shop_cell}", to(*ALL_SEEING)),
    Line("api/sources/<digest>", "/api/sources/{digest}", to(*ALL_SEEING)),
    # targets and the barometer: where nothing is demanded and nobody has made one
    Line("api/home", "/api/home", MANDATED),
    Line("api/targets", "/api/targets", MANDATED),
    Line("api/targets/<target>", "/api/targets/none", NOTHING_THERE),
    Line("api/barometer", "/api/barometer", MANDATED),
    Line("api/barometer/<quarter>", "/api/barometer/2024Q1", NOTHING_THERE),
    Line("api/barometer/<quarter>/paper", "/api/barometer/2024Q1/paper", to(*ALL_SEEING) | {"anyone": 403}),
    Line("api/barometer/<quarter>/paper/work", "/api/barometer/2024Q1/paper/work", SENT),
    Line("api/barometer/<quarter>/paper/drafts", "/api/barometer/2024Q1/paper/drafts", SENT),
    Line("api/barometer/<quarter>/paper/signature", "/api/barometer/2024Q1/paper/signature", SENT),
    Line("api/barometer/<quarter>/paper/moves/<move>", "/api/barometer/2024Q1/paper/moves/send", SENT),
    # splits and the month: where nobody has begun one; and what is published
    Line("api/splits", "/api/splits", MANDATED),
    Line("api/splits/<split>", "/api/splits/none", NOTHING_THERE),
    Line("api/splits/<split>/answers", "/api/splits/none/answers", SENT),
    Line("api/splits/<split>/moves/<stage>", "/api/splits/none/moves/issued", SENT),
    Line("api/split-proposals", "/api/split-proposals", SENT),
    Line("api/splits/<split>/document", "/api/splits/none/document", SENT),
    Line("api/splits/<split>/round-tables", "/api/splits/none/round-tables", SENT),
    Line("api/splits/<split>/papers/<paper>.<form>", "/api/splits/none/papers/round.xlsx", NOTHING_THERE),
    Line("api/months", "/api/months", MANDATED),
    Line("api/months/<area>/<period>", "/api/months/t-north/2024-01", NOTHING_THERE),
    Line("api/months/<area>/<period>/work", "/api/months/t-north/2024-01/work", SENT),
    Line("api/months/<area>/<period>/accepted", "/api/months/t-north/2024-01/accepted", SENT),
    Line("api/months/<area>/<period>/comments", "/api/months/t-north/2024-01/comments", SENT),
    Line("api/months/<area>/<period>/points", "/api/months/t-north/2024-01/points", SENT),
    Line("api/months/<area>/<period>/settled", "/api/months/t-north/2024-01/settled", SENT),
    Line("api/months/<area>/<period>/drafts", "/api/months/t-north/2024-01/drafts", SENT),
    Line("api/months/<area>/<period>/signature", "/api/months/t-north/2024-01/signature", SENT),
    Line("api/months/<area>/<period>/moves/<move>", "/api/months/t-north/2024-01/moves/ask", SENT),
    Line("api/open-data", "/api/open-data", EVERYBODY),
    Line("api/open-data/<position>", "/api/open-data/{position}", EVERYBODY),
    Line("api/open-data/<position>", "/api/open-data/999", NOBODY),
)
