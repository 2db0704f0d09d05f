// A help button on every form of ours: the clauses behind the paper, its steps, and the guide of the user's role.
frappe.provide("ppss.help");

$(document).on("form-refresh", (event, frm) => {
	if (!frm?.doctype?.startsWith("PPSS ") || !frappe.model.can_read(frm.doctype)) return;
	// The framework takes the icons away before each refresh, but for a form not yet saved.
	frm.page.wrapper.find(".ppss-help").remove();
	const button = frm.page.add_action_icon("help", () => ppss.help.show(frm.doctype), "ppss-help", __("Help on This Paper"));
	button.attr("aria-label", __("Help on This Paper"));
});

ppss.help.show = async function (doctype) {
	const { message } = await frappe.call({ method: "ppss_support.help.about", args: { doctype }, type: "GET" });
	const dialog = new frappe.ui.Dialog({ title: __(doctype), size: "large" });
	dialog.$body.append(...ppss.help.parts(message, dialog));
	dialog.show();
};

ppss.help.parts = function ({ clauses, steps, guides }, dialog) {
	const parts = [];
	if (clauses.length) parts.push(ppss.help.section(__("What wants it"), clauses));
	if (steps.length) {
		const step = (row) => `${row.state} → ${row.next_state}: ${row.action} (${row.who})`;
		parts.push(ppss.help.section(__("Its steps and who takes them"), steps.map(step)));
	}
	for (const { role, label } of guides) {
		const text = __("Guide: {0}", [label]);
		parts.push(ppss.worklist.button(text, () => ppss.help.read(dialog, role, label)));
	}
	return parts;
};

ppss.help.section = function (title, lines) {
	const list = ppss.worklist.make("ul");
	for (const text of lines) {
		const line = ppss.worklist.make("li");
		line.textContent = text;
		list.append(line);
	}
	return ppss.worklist.section(title, list);
};

ppss.help.read = async function (dialog, role, label) {
	const { message } = await frappe.call({ method: "ppss_support.help.guide", args: { role }, type: "GET" });
	dialog.set_title(label);
	dialog.$body.html(message);
};
