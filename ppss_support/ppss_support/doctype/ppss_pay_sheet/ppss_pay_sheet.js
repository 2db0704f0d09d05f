ppss.paper.setup("PPSS Pay Sheet");

frappe.ui.form.on("PPSS Pay Sheet", {
	refresh(frm) {
		if (frm.is_new()) return;
		const escape = frappe.utils.escape_html;
		for (const text of (frm.doc.__onload || {}).missing || []) {
			frm.dashboard.add_comment(escape(text), "yellow", true);
		}
		frm.get_field("explained").$wrapper.html(explained(frm));
		for (const format of ["xlsx", "csv"]) {
			const title = format === "xlsx" ? __("Download XLSX") : __("Download CSV");
			frm.add_custom_button(title, () => {
				const args = new URLSearchParams({ sheet: frm.doc.name, file_format: format });
				window.open(`/api/method/ppss_support.payroll.export.download?${args}`);
			});
		}
		if (frm.doc.docstatus === 1 && frm.doc.kind === "Monthly Pay Sheet" && (frm.doc.__onload || {}).payroll) {
			frm.add_custom_button(__("Pass to the Payroll App"), () =>
				frappe.call("ppss_support.payroll.link.pass_on", { sheet: frm.doc.name }).then(() => frm.reload_doc())
			);
		}
		if (frm.doc.docstatus === 0 && ["Draft", "Returned"].includes(frm.doc.workflow_state)) {
			// Each save computes the figures anew.
			frm.add_custom_button(__("Compute Anew"), () => frm.dirty() || frm.save());
		}
	},
});

function explained(frm) {
	const escape = frappe.utils.escape_html;
	const found = Object.fromEntries(((frm.doc.__onload || {}).explained || []).map((one) => [one.row, one.parts]));
	return (frm.doc.rows || [])
		.map((row) => {
			const lines = (found[row.idx] || []).map(
				(part) => `<tr>
					<td>${escape(part.component)}<br><span class="text-muted small">${escape(part.days)}</span></td>
					<td>${escape(part.formula)}<br><span class="text-muted small">${escape(part.parameters)}</span></td>
					<td class="text-right nowrap">${escape(part.amount)}</td></tr>`
			);
			return `<p class="mt-3"><b>${escape(row.full_name)}</b>, ${escape(row.position_title)}</p>
				<table class="table table-bordered table-sm">${lines.join("")}</table>`;
		})
		.join("");
}
