"""All norms, by the profile whose act sets them."""

from ppss_support.regulation.norms import almaty2015, order92, overview, school95
from ppss_support.regulation.norms.model import NormValue

NORMS_BY_PROFILE: dict[str, tuple[NormValue, ...]] = {
	"KZ92": order92.NORMS,
	"ALM15": almaty2015.NORMS,
	"KG95": school95.NORMS,
	"OVR": overview.NORMS,
}

ALL_NORMS: tuple[NormValue, ...] = tuple(norm for norms in NORMS_BY_PROFILE.values() for norm in norms)
