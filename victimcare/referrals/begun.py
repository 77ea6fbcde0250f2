"""A referral that was begun and not sent, as the page takes it up again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from victimcare.referrals.referrals import DRAFT, Referral, ReferralService
from victimcare.referrals.sharing import Asked
from victimcare.store.session import VaultSession


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """The draft and what was chosen in it."""

    referral_id: UUID
    asked: Asked


def begun(session: VaultSession, case_id: UUID) -> Begun | None:
    """The newest referral of a case that waits to be sent; None when there is none. Needs `Reading.case(case_id)`."""
    waiting = (DRAFT, "AWAITING_CONSENT")
    query = select(Referral).where(Referral.case_id == case_id, Referral.status.in_(waiting)).order_by(Referral.id.desc())
    referral = session.scalars(query.limit(1)).first()
    if referral is None:
        return None
    services = session.scalars(select(ReferralService.service).where(ReferralService.referral_id == referral.id).order_by(ReferralService.id))
    chosen = json.loads(referral.reason or "{}")
    asked = Asked(case_id=case_id, partner_id=referral.partner_id, services=tuple(services), wanted_from=referral.wanted_from, **chosen)
    return Begun(referral.id, asked)
