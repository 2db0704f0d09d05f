frappe.ui.form.on("PPSS Support Case", {
	refresh(frm) {
		const path = (frm.doc.__onload || {}).path || [];
		frm.get_field("path_html").$wrapper.html(path.map(milestone).join(""));
		frm.get_field("summary_html").$wrapper.html(summary((frm.doc.__onload || {}).summary || {}));
	},
});

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
