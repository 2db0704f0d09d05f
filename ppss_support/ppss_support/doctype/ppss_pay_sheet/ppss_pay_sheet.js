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
			frm.add_custom_button(title, () => ask_and_download(frm, title, format));
		}
		if (frm.doc.docstatus === 1 && frm.doc.kind === "Monthly Pay Sheet" && (frm.doc.__onload || {}).payroll) {
			frm.add_custom_button(__("Pass to the Payroll App"), () =>
				frappe.call("ppss_support.payroll.link.pass_on", { sheet: frm.doc.name }).then(() => frm.reload_doc())
			);
		}
		if ((frm.doc.__onload || {}).employees && frappe.model.can_create("PPSS Pay Sheet")) {
			frm.add_custom_button(__("Match People with Employees"), () => match_people(frm));
		}
		if (frm.doc.docstatus === 0 && ["Draft", "Returned"].includes(frm.doc.workflow_state)) {
			// Each save computes the figures anew.
			frm.add_custom_button(__("Compute Anew"), () => frm.dirty() || frm.save());
		}
	},
});

function ask_and_download(frm, title, file_format) {
	const reason = {
		fieldname: "reason",
		fieldtype: "Small Text",
		label: __("Why Identity Numbers Are Needed"),
		description: __("Without a reason the column of identity numbers stays empty; with one each number is recorded as shown"),
	};
	const send = ({ reason }) => {
		const about = { sheet: frm.doc.name, file_format };
		const door = "/api/method/ppss_support.payroll.export.download";
		if (reason) open_url_post(`${door}_with_numbers`, { ...about, reason });
		else window.open(`${door}?${new URLSearchParams(about)}`);
	};
	frappe.prompt(reason, send, title, title);
}

// Whoever is proposed by name only is noted when somebody has looked at the pair and ticked it.
async function match_people(frm) {
	const { organisation } = frm.doc;
	const found = await frappe.xcall("ppss_support.payroll.matching.match_people", { organisation });
	const escape = frappe.utils.escape_html;
	const line = (title, names) => (names.length ? `<p><b>${title}</b>: ${names.map(escape).join(", ")}</p>` : "");
	const summary = [
		line(__("Matched"), Object.entries(found.matched).map(([name, employee]) => `${name} – ${employee}`)),
		line(__("More than one fits"), found.unclear),
		line(__("No employee is found"), found.missing),
	];
	const pairs = found.proposed.map((pair, place) => ({
		fieldname: `pair_${place}`,
		fieldtype: "Check",
		label: escape(`${pair.name} – ${pair.employee_name}, ${pair.employee} (${pair.company || ""})`),
	}));
	const dialog = new frappe.ui.Dialog({
		title: __("Match People with Employees"),
		fields: [
			{ fieldname: "summary", fieldtype: "HTML", options: summary.join("") },
			...(pairs.length ? [{ fieldtype: "Section Break", label: __("The same name: tick who is the same person") }] : []),
			...pairs,
		],
		primary_action_label: pairs.length ? __("Confirm") : __("Close"),
		async primary_action(ticked) {
			dialog.hide();
			for (const [place, { specialist, employee }] of found.proposed.entries()) {
				const about = { organisation, specialist, employee };
				if (ticked[`pair_${place}`]) await frappe.xcall("ppss_support.payroll.matching.confirm", about);
			}
		},
	});
	dialog.show();
}

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
