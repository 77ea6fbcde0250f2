"""Roles, the rights they give, and who holds which grant."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """What a member may change. A right is no secret: it is checked in the flush and named by `verify`."""

    CASEWORK = "CASEWORK"
    SUMMARISE = "SUMMARISE"
    ADMINISTER = "ADMINISTER"
    SUPERVISE = "SUPERVISE"
    ANY = "ANY"  # every member: drafts of one's own, the audit of one's own reading


class Role(StrEnum):
    """What the office calls a person's part. One person may hold several."""

    CASEWORKER = "CASEWORKER"
    SUPERVISOR = "SUPERVISOR"
    ANALYST = "ANALYST"
    ADMINISTRATOR = "ADMINISTRATOR"


RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.CASEWORKER: frozenset({Right.CASEWORK}),
    Role.SUPERVISOR: frozenset({Right.CASEWORK, Right.SUPERVISE}),
    Role.ANALYST: frozenset({Right.SUMMARISE}),
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER}),
}


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """The rights that `roles` give together, with ANY."""
    return frozenset({Right.ANY}).union(*(RIGHTS_OF[role] for role in roles))


def needs_casework_key(roles: frozenset[Role]) -> bool:
    """Whether a holder of `roles` reads cases, and so must be let in by somebody who does."""
    return Right.CASEWORK in rights_of(roles)
