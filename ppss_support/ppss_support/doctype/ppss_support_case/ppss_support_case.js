frappe.ui.form.on("PPSS Support Case", {
	refresh(frm) {
		const path = (frm.doc.__onload || {}).path || [];
		frm.get_field("path_html").$wrapper.html(path.map(milestone).join(""));
		frm.get_field("summary_html").$wrapper.html(summary((frm.doc.__onload || {}).summary || {}));
		show_timeline(frm);
	},
});

async function show_timeline(frm) {
	if (frm.is_new()) return;
	const { name } = frm.doc;
	const place = frm.get_field("timeline_html").$wrapper;
	try {
		const { message: lines } = await frappe.call("ppss_support.timeline.of_case", { name });
		if (frm.doc.name === name) place.html(timeline(lines));
	} catch {
		if (frm.doc.name === name) not_read(frm, place);
	}
}

function not_read(frm, place) {
	const text = __("The events could not be read. Check the connection and try again; nothing is lost.");
	const again = $('<button type="button" class="btn btn-default btn-sm">').text(__("Try Again"));
	again.on("click", () => show_timeline(frm));
	place.empty().append($('<p role="alert">').text(text), again);
}

function timeline(lines) {
	const days = {};
	for (const line of lines) (days[line.at.slice(0, 10)] ??= []).push(line);
	const events = Object.entries(days).map(
		([day, of_day]) => `<div style="display: flex; gap: 12px; padding: 6px 0;">
			<div class="text-muted" style="flex: 0 0 90px;">${frappe.datetime.str_to_user(day)}</div>
			<div style="min-width: 0;">${of_day.map(event_of).join("")}</div></div>`,
	);
	return `<div class="ppss-timeline">${events.join("")}</div>`;
}

function event_of({ at, title, text, who, doctype, name }) {
	const escape = frappe.utils.escape_html;
	const hour = at.slice(11, 16);
	const what = name ? `<a href="${frappe.utils.get_form_link(doctype, name)}">${escape(title)}</a>` : escape(title);
	const line = [hour !== "00:00" && hour, what].filter(Boolean).join(" ");
	const details = [text, who].filter(Boolean).map(escape).join(" · ");
	return `<div class="ppss-event" style="padding-bottom: 4px;">${line}<div class="text-muted small">${details}</div></div>`;
}

const COLOUR = { done: "green", next: "blue", blocked: "red", later: "gray" };
const STATUS = { done: __("Done"), next: __("Next"), blocked: __("Blocked"), later: __("Later") };

function milestone(line) {
	const escape = frappe.utils.escape_html;
	const title = line.name
		? `<a href="${frappe.utils.get_form_link(line.doctype, line.name)}">${escape(line.title)}</a>`
		: escape(line.title);
	const details = [
		line.state && __(line.state),
		line.status !== "done" && line.who && `${__("Who acts")}: ${line.who}`,
		line.blocked_by,
	].filter(Boolean);
	return `<div class="ppss-milestone" style="display: flex; gap: 12px; padding: 6px 0;">
		<span class="indicator-pill ${COLOUR[line.status]}" style="flex: 0 0 110px;">${STATUS[line.status]}</span>
		<div><div>${title}</div><div class="text-muted small">${details.map(escape).join(" · ")}</div></div>
	</div>`;
}

function summary({ help = [], conditions = [], warnings = [] }) {
	const escape = frappe.utils.escape_html;
	const given = help.map(({ title, count }) => `<div>${escape(title)}: <b>${count}</b></div>`);
	const missing = warnings.map((text) => `<div class="small" style="color: var(--red-700);">${escape(text)}</div>`);
	const provided = conditions.map(
		(line) => `<div style="display: flex; gap: 12px; padding: 4px 0;">
			<span class="indicator-pill ${line.provided ? "green" : "red"}" style="flex: 0 0 200px;">
				${line.provided ? __("Provided") : __("Not provided")}</span>
			<div>${escape(line.title)}</div></div>`,
	);
	return [...given, ...missing, ...provided].join("");
}
