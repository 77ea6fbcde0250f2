"""Which screens the window has, for whom. A screen whose keys a user does not hold is not in the rail at all."""

from __future__ import annotations

from functools import partial

from victimcare.store.rights import Right
from victimcare.ui.commands import Command
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.activities import ActivitiesScreen
from victimcare.ui.screens.admin import AdminScreen
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.cases import CasesScreen
from victimcare.ui.screens.danger import DangerScreen
from victimcare.ui.screens.importing.screen import ImportScreen
from victimcare.ui.screens.investigations import InvestigationsScreen
from victimcare.ui.screens.leftovers import LeftoversScreen
from victimcare.ui.screens.new_case import NewCaseScreen
from victimcare.ui.screens.office_tasks import OfficeTasksScreen
from victimcare.ui.screens.partners import PartnersScreen
from victimcare.ui.screens.refer.screen import ReferScreen
from victimcare.ui.screens.referrals import ReferralsScreen
from victimcare.ui.screens.summaries import SummariesScreen
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.window import MainWindow

# Where Today's lines about no single case are worked on.
MATTERS = ("investigation", "investigation case", "arrest", "prosecution", "outcome", "crime outcome")
PLACES = {
    "draft.put_off": Place("today"), "draft.cover": Place("today"),
    "draft.danger steps": Place("admin", "settings"), "tasks": Place("tasks"), "draft.office task": Place("tasks"), "draft.office task done": Place("tasks"), "leftovers": Place("leftovers"), "cases.imported": Place("cases", "imported"), "draft.new case": Place("new_case"), "draft.import mapping": Place("import"),
    "draft.activity": Place("activities"), "draft.partner": Place("partners"), "draft.partner_change": Place("partners"),
    **{f"draft.{form}": Place("investigations") for form in MATTERS},
}  # fmt: skip


def add_screens(window: MainWindow, people: People, rights: frozenset[Right]) -> str:
    """Add the screens that `rights` reach; returns the one to show first."""
    casework, counts = Right.CASEWORK in rights, Right.SUMMARISE in rights or Right.CASEWORK in rights
    if casework:
        _add_casework(window, people)
    if counts:
        window.add_screen("summaries", SummariesScreen, RailItem("Summaries", "table", "Ctrl+6"))
    if casework:
        window.add_screen("partners", PartnersScreen, RailItem("Partners", "people", "Ctrl+7"))
    window.add_screen("danger", DangerScreen)
    window.add_screen("admin", AdminScreen, RailItem("Admin", "sliders", "Ctrl+9", at_foot=True))
    return "today" if casework else "summaries" if counts else "admin"


def _add_casework(window: MainWindow, people: People) -> None:
    window.add_screen("today", partial(TodayScreen, people=people, places=PLACES), RailItem("Today", "today", "Ctrl+1"))
    window.add_screen("cases", partial(CasesScreen, people=people), RailItem("Cases", "folder", "Ctrl+2"))
    window.add_screen("referrals", partial(ReferralsScreen, people=people), RailItem("Referrals", "refer", "Ctrl+3"))
    window.add_screen("activities", ActivitiesScreen, RailItem("Activities", "place", "Ctrl+4"))
    window.add_screen("investigations", partial(InvestigationsScreen, people=people), RailItem("Investigations", "investigation", "Ctrl+5"))
    for name, make in (
        ("case", partial(CaseScreen, people=people)),
        ("new_case", partial(NewCaseScreen, people=people)),
        ("import", ImportScreen),
        ("leftovers", LeftoversScreen),
    ):
        window.add_screen(name, make, under="cases")
    window.add_screen("tasks", OfficeTasksScreen, under="today")
    window.commands.add(Command("go_tasks", "Go to the tasks of the office", partial(window.go, Place("tasks")), "", "flag"))
    window.add_screen("refer", ReferScreen, under="referrals")
