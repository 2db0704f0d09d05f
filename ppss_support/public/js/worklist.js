// The work list of a workspace: what waits for the user and why, with the button that does it, the user's children and
// week. The server says what is there; no rules live here.
frappe.provide("ppss.worklist");

// How many rows are shown before the user asks for all of them.
ppss.worklist.FIRST = 10;

ppss.worklist.show = function (root) {
	const place = root.querySelector(".ppss-worklist");
	place.setAttribute("lang", frappe.boot.lang);
	ppss.worklist.load(place);
};

ppss.worklist.load = async function (place, said = "") {
	place.setAttribute("aria-busy", "true");
	if (!place.childElementCount) place.append(ppss.worklist.line("quiet", __("Your work list is being read…")));
	try {
		const { message } = await frappe.call({ method: "ppss_support.worklist.mine", type: "GET" });
		ppss.worklist.draw(place, message, said);
	} catch {
		ppss.worklist.fail(place);
	}
	place.removeAttribute("aria-busy");
};

ppss.worklist.draw = function (place, found, said) {
	const status = ppss.worklist.line("status", said);
	status.setAttribute("role", "status");
	const parts = [
		ppss.worklist.steps(found.steps),
		ppss.worklist.waiting(place, found),
		ppss.worklist.week(found.week),
		ppss.worklist.children(found.children),
		ppss.worklist.caseload(found.caseload),
	];
	place.replaceChildren(status, ...parts.filter(Boolean));
};

ppss.worklist.fail = function (place) {
	const again = ppss.worklist.button(__("Try Again"), () => ppss.worklist.load(place));
	const text = __("The work list could not be read. Check the connection and try again; nothing is lost.");
	place.replaceChildren(ppss.worklist.line("failed", text), again);
};

// ---- what a new school does first

ppss.worklist.steps = function (steps) {
	if (!steps) return null;
	const list = ppss.worklist.make("ol", "steps");
	for (const step of steps) {
		const row = ppss.worklist.make("li", step.done ? "done" : "");
		row.append(ppss.worklist.link(step.label, () => frappe.set_route(...step.route)));
		row.append(ppss.worklist.line("quiet", step.done ? __("Done") : step.help));
		list.append(row);
	}
	return ppss.worklist.section(__("Five Steps to Begin"), list);
};

// ---- waiting

ppss.worklist.waiting = function (place, { waiting, more }) {
	const title = __("Waiting for Me: {0}", [waiting.length]);
	if (!waiting.length) {
		const text = __("Nothing waits for you. What others hand over to you appears here.");
		return ppss.worklist.section(title, ppss.worklist.line("quiet", text));
	}
	const list = ppss.worklist.make("ul", "waiting");
	const rows = waiting.map((row) => ppss.worklist.row(place, row));
	list.append(...rows.slice(0, ppss.worklist.FIRST));
	const section = ppss.worklist.section(title, list);
	if (rows.length > ppss.worklist.FIRST) {
		const all = ppss.worklist.button(__("Show All {0}", [rows.length]), () => {
			list.replaceChildren(...rows);
			all.remove();
			rows[ppss.worklist.FIRST].querySelector("a").focus();
		});
		section.append(all);
	}
	for (const { doctype, label } of more) {
		const text = __("{0}: the list shows the rest", [label]);
		section.append(ppss.worklist.link(text, () => frappe.set_route("List", doctype)));
	}
	return section;
};

ppss.worklist.row = function (place, row) {
	const line = ppss.worklist.make("li", row.late ? "late" : "");
	const words = ppss.worklist.make("div", "words");
	const open = () => frappe.set_route("Form", row.doctype, row.name);
	words.append(ppss.worklist.link(`${row.what}: ${row.whose}`, open));
	const when = row.due
		? __("by {0}", [ppss.worklist.day(row.due)])
		: __("since {0}", [ppss.worklist.day(row.since)]);
	const late = row.late ? [__("Late")] : [];
	words.append(ppss.worklist.line("quiet", [...late, row.state, when, ...row.why].filter(Boolean).join(" · ")));
	const act = row.opens ? open : () => ppss.worklist.take(place, row);
	const button = ppss.worklist.button(row.label, act);
	button.setAttribute("aria-label", `${row.label}: ${row.what}, ${row.whose}`);
	line.append(words, button);
	return line;
};

// The step is taken as by the button of the form: the server asks its rules.
ppss.worklist.take = function (place, row) {
	const about = `${row.what}: ${row.whose}`;
	frappe.confirm([about, row.label].map(frappe.utils.escape_html).join("<br>"), () =>
		frappe
			.call({
				method: "frappe.model.workflow.apply_workflow",
				args: { doc: { doctype: row.doctype, name: row.name }, action: row.action },
				freeze: true,
			})
			.then(() => ppss.worklist.load(place, __("Done: {0}", [`${row.label}, ${about}`])))
	);
};

// ---- week, children, caseload

ppss.worklist.week = function (week) {
	if (!week) return null;
	if (!week.length) {
		const text = __("No lessons or meetings are planned for you this week.");
		return ppss.worklist.section(__("My Week"), ppss.worklist.line("quiet", text));
	}
	const list = ppss.worklist.make("ul", "week");
	for (const row of week) {
		const line = ppss.worklist.make("li");
		const when = [ppss.worklist.day(row.date), row.start].filter(Boolean).join(", ");
		line.append(ppss.worklist.link(`${when} · ${row.text}`, () => frappe.set_route("Form", row.doctype, row.name)));
		line.append(ppss.worklist.line("quiet", row.state));
		list.append(line);
	}
	return ppss.worklist.section(__("My Week"), list);
};

ppss.worklist.children = function (children) {
	if (!children) return null;
	if (!children.rows.length) {
		const text = __("You are in no open case. A case opens with the deputy head, who names its members.");
		return ppss.worklist.section(__("My Children"), ppss.worklist.line("quiet", text));
	}
	const list = ppss.worklist.make("ul", "children");
	for (const row of children.rows) {
		const line = ppss.worklist.make("li");
		line.append(ppss.worklist.link(row.child, () => frappe.set_route("Form", "PPSS Support Case", row.name)));
		const marks = [__("Stage {0}", [row.stage]), row.without_consent && __("No consent in force")];
		line.append(ppss.worklist.line("quiet", marks.filter(Boolean).join(" · ")));
		list.append(line);
	}
	const section = ppss.worklist.section(__("My Children"), list);
	if (children.more) {
		section.append(ppss.worklist.link(__("All My Children"), () => frappe.set_route("List", "PPSS Support Case")));
	}
	return section;
};

ppss.worklist.caseload = function (caseload) {
	if (!caseload?.length) return null;
	const list = ppss.worklist.make("ul", "caseload");
	for (const row of caseload) {
		const line = ppss.worklist.make("li", row.late ? "late" : "");
		const norm = [row.children, row.comfortable, row.cap];
		line.append(ppss.worklist.line("", row.specialist));
		line.append(ppss.worklist.line("quiet", __("{0} children; the norm is {1} to {2}", norm)));
		const bar = ppss.worklist.make("div", "bar");
		const full = ppss.worklist.make("div");
		full.style.width = `${Math.min(100, row.cap ? (100 * row.children) / row.cap : 0)}%`;
		bar.setAttribute("aria-hidden", "true");
		bar.append(full);
		line.append(bar);
		list.append(line);
	}
	return ppss.worklist.section(__("Children of Each Special Pedagogue"), list);
};

// ---- underneath

ppss.worklist.make = function (tag, name = "") {
	const made = document.createElement(tag);
	if (name) made.className = name;
	return made;
};

ppss.worklist.line = function (name, text) {
	const line = ppss.worklist.make("p", name);
	line.textContent = text;
	return line;
};

ppss.worklist.section = function (title, ...content) {
	const section = ppss.worklist.make("section");
	const heading = ppss.worklist.make("h3");
	heading.textContent = title;
	section.append(heading, ...content);
	return section;
};

ppss.worklist.button = function (label, act) {
	const button = ppss.worklist.make("button", "btn btn-default btn-sm");
	button.type = "button";
	button.textContent = label;
	button.addEventListener("click", act);
	return button;
};

ppss.worklist.link = function (text, act) {
	const link = ppss.worklist.make("a");
	link.href = "#";
	link.textContent = text;
	link.addEventListener("click", (event) => {
		event.preventDefault();
		event.stopPropagation();
		act();
	});
	return link;
};

// Days are written as on the papers: 21.11.2026.
ppss.worklist.day = (day) => day.split("-").reverse().join(".");
