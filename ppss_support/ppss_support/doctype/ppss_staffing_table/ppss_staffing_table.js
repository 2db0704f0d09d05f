ppss.paper.setup("PPSS Staffing Table");

frappe.ui.form.on("PPSS Staffing Table", {
	setup(frm) {
		frm.set_query("supersedes", () => {
			const { organisation } = frm.doc;
			return { filters: { organisation, workflow_state: "Approved" } };
		});
	},

	refresh(frm) {
		frm.get_field("gap").$wrapper.html(gap_table((frm.doc.__onload || {}).gap));
	},
});

// The first column names the position, all others are figures.
function gap_table(gap) {
	if (!gap || !gap.rows.length) return "";
	const cells = (tag, values) =>
		values
			.map((value, place) => {
				const side = place ? "text-right" : "";
				return `<${tag} class="${side}">${frappe.utils.escape_html(String(value ?? ""))}</${tag}>`;
			})
			.join("");
	const lines = gap.rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("");
	return `<p class="mt-3"><b>${frappe.utils.escape_html(gap.title)}</b></p>
		<table class="table table-bordered table-sm"><tr>${cells("th", gap.heads)}</tr>${lines}</table>`;
}
