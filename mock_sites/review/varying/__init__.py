"""What varies from run to run: found by its kind before two recordings are compared, or named by a user's rules."""

from mock_sites.review.varying.applying import RulesAtWork, RuleUse
from mock_sites.review.varying.rules import Rules, find_rules
from mock_sites.review.varying.varying import align_values

__all__ = ["RuleUse", "Rules", "RulesAtWork", "align_values", "find_rules"]
