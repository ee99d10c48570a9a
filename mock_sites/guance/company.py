"""What Guance tells the world about itself."""

from typing import Final

from mock_sites.guance.domain.tables import Table
from mock_sites.guance.people import people, populate
from mock_sites.world.company import Company

COMPANY: Final = Company(name="guance", metadata=Table.metadata, jobs={}, populate=populate, people=people)
