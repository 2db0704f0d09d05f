ppss.reports.define(
	"PPSS Eligibility",
	["organisation", "specialist", "qualification_category"],
	{ tree: true, initial_depth: 1 },
);
