"""The collections of `/ogc/`: each room brings its own."""

from geo.ogc.regions import REGIONS
from geo.ogc.views import urlpatterns_of
from proposals.ogc import PROPOSALS, WORKS

urlpatterns = urlpatterns_of((REGIONS, PROPOSALS, WORKS))
