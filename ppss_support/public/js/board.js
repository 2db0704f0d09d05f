// The board of cases: its columns are stages of order No 92, which the Desk would head with bare numbers.
frappe.provide("ppss.board");

ppss.board.TITLES = () => ({ 1: __("Stage 1: Assessment"), 2: __("Stage 2: Support") });

ppss.board.name_columns = function (wrapper) {
	for (const [value, title] of Object.entries(ppss.board.TITLES())) {
		const heading = wrapper.querySelector(`.kanban-column[data-column-value="${value}"] .kanban-title`);
		if (heading && heading.textContent !== title) Object.assign(heading, { textContent: title, title });
	}
};

// The Desk draws the columns anew after each drag, and calls nothing of ours but on a refresh.
ppss.board.watch = function (list) {
	if (list.view_name !== "Kanban" || list.board?.field_name !== "stage") return;
	const wrapper = list.$result[0];
	ppss.board.name_columns(wrapper);
	ppss.board.observer?.disconnect();
	ppss.board.observer = new MutationObserver(() => ppss.board.name_columns(wrapper));
	ppss.board.observer.observe(wrapper, { childList: true, subtree: true });
};

Object.assign((frappe.listview_settings["PPSS Support Case"] ??= {}), {
	add_fields: ["opened_on"],
	refresh: ppss.board.watch,
});
