"""Definitions: the shapes of pack files, their checks, and the dated lookup of factors.

A pack is data. A lookup names scheme, keys, period and knowledge date and finds exactly one entry; none or two
is a finding that names the nearest. Nothing is carried forward unless the factor says so and cites why.
"""

from tanheng.kernel.pack.account_example import AccountExample
from tanheng.kernel.pack.area_map import AreaMap, Outline
from tanheng.kernel.pack.balance_layout import BalanceColumn, BalanceLayout, BalanceProcess
from tanheng.kernel.pack.barometer_rule import (
    NO_DATA,
    Barometer,
    BarometerLevel,
    BarometerRule,
    Direction,
    Reach,
    chosen_rules,
)
from tanheng.kernel.pack.calendar import CalendarYear, DaysOff, WorkingCalendar
from tanheng.kernel.pack.choice import Choice, Chooser, Used, choose
from tanheng.kernel.pack.classification import ClassEntry, Classification
from tanheng.kernel.pack.deduction_set import Deduction, DeductionCap, DeductionSet, governing_set
from tanheng.kernel.pack.demo_logins import DemoLogin, DemoLogins
from tanheng.kernel.pack.factor import CarryForward, Factor, FactorEntry, Status, Straddle
from tanheng.kernel.pack.factors import Factors, remarks
from tanheng.kernel.pack.fields import Field, Fields
from tanheng.kernel.pack.layout import KnownRow, LayoutColumn, LayoutProfile, SheetWords
from tanheng.kernel.pack.measure import Measure, MeasureReads, MeasureSource
from tanheng.kernel.pack.overlaps import overlaps
from tanheng.kernel.pack.pack_set import Definition, PackSet
from tanheng.kernel.pack.procedure import Need, Procedure, ProcedureMove, ProcedureState
from tanheng.kernel.pack.role import Role, RoleReach
from tanheng.kernel.pack.scorecard import Grade, Scorecard, ScoreItem, Veto
from tanheng.kernel.pack.shapes import (
    COMPUTING,
    SHAPES,
    Carrier,
    Carriers,
    Demo,
    DirectoryShape,
    Example,
    IndicatorShape,
    InstrumentShape,
    Layout,
    LayoutItem,
    MethodDefinition,
    MethodUse,
    PackManifest,
    Reads,
    Senders,
    Setting,
)
from tanheng.kernel.pack.suppression import Suppression
from tanheng.kernel.pack.template import Template, TemplateColumn, TemplateHead, TemplateVersion

__all__ = [
    "COMPUTING",
    "NO_DATA",
    "SHAPES",
    "AccountExample",
    "AreaMap",
    "BalanceColumn",
    "BalanceLayout",
    "BalanceProcess",
    "Barometer",
    "BarometerLevel",
    "BarometerRule",
    "CalendarYear",
    "Carrier",
    "Carriers",
    "CarryForward",
    "Choice",
    "Chooser",
    "ClassEntry",
    "Classification",
    "DaysOff",
    "Deduction",
    "DeductionCap",
    "DeductionSet",
    "Definition",
    "Demo",
    "DemoLogin",
    "DemoLogins",
    "Direction",
    "DirectoryShape",
    "Example",
    "Factor",
    "FactorEntry",
    "Factors",
    "Field",
    "Fields",
    "Grade",
    "IndicatorShape",
    "InstrumentShape",
    "KnownRow",
    "Layout",
    "LayoutColumn",
    "LayoutItem",
    "LayoutProfile",
    "Measure",
    "MeasureReads",
    "MeasureSource",
    "MethodDefinition",
    "MethodUse",
    "Need",
    "Outline",
    "PackManifest",
    "PackSet",
    "Procedure",
    "ProcedureMove",
    "ProcedureState",
    "Reach",
    "Reads",
    "Role",
    "RoleReach",
    "ScoreItem",
    "Scorecard",
    "Senders",
    "Setting",
    "SheetWords",
    "Status",
    "Straddle",
    "Suppression",
    "Template",
    "TemplateColumn",
    "TemplateHead",
    "TemplateVersion",
    "Used",
    "Veto",
    "WorkingCalendar",
    "choose",
    "chosen_rules",
    "governing_set",
    "overlaps",
    "remarks",
]
