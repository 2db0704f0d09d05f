ppss.reports.define("PPSS Special Conditions Provided", [
	"organisation",
	"school_year",
	"school_class",
	ppss.reports.select("about", __("What It Concerns"), ["Learner", "Building or Place", "Room"]),
	"condition",
	"only_gaps",
]);
