"""Special measures and related protections: from discussed to granted and used, each step a dated event. Only ever added to.

The court decides each measure; eligibility under YJCEA 1999 s17(4) is automatic for MSA 2015 s1 and s2 and sexual offences unless the person says no.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class SpecialMeasureEvent(Record):
    """One step of one measure. `measure`: a code of `special_measure`. `status`: a code of `special_measure.measure_status`."""

    __tablename__ = "special_measure_event"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    measure: Mapped[str]
    status: Mapped[str]
    words = SealedText()
