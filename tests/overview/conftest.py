"""The person whose file is full, from the referral tests."""

from tests.referrals.conftest import Merita, merita

__all__ = ["Merita", "merita"]
