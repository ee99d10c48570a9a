"""Every form with text fields: the page it is sent from and valid values, for ``test_odd_texts``."""

from typing import Final

from mock_sites.tests.support.typed import guance, huawei, others

CASES: Final = huawei.CASES | guance.CASES | others.CASES
