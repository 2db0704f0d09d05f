// Screen readers say what a field is: the framework writes a label above its inputs and ties it to none of them.

$(document).on("form-refresh", (_event, frm) => {
	// The inputs are made by the step that follows this event.
	if (frm.doctype.startsWith("PPSS ")) setTimeout(name_fields, 0, frm);
});

$(document).on("shown.bs.modal", () => window.cur_dialog && name_inputs(cur_dialog.fields_list));

const label_of = (df) => __(df.label, null, df.parent);

function name_fields(frm) {
	name_inputs(frm.fields);
	frm.fields
		.filter((control) => control.grid)
		.flatMap(({ grid }) => [grid.header_row, ...(grid.grid_rows || [])])
		.filter(Boolean)
		.forEach(name_boxes);
	$(frm.wrapper)
		.off("grid-row-render.ppss")
		.on("grid-row-render.ppss", (_rendered, row) => name_boxes(row));
}

function name_inputs(controls) {
	controls
		.filter((control) => control.$input?.is("input, select, textarea") && control.df.label)
		.forEach(({ $input, df }) => $input.attr({ "aria-label": label_of(df), "aria-required": Boolean(df.reqd) }));
}

function name_boxes(row) {
	row.wrapper.find(".grid-row-check").attr("aria-label", __("Select row"));
	row.docfields
		.filter((df) => df.fieldtype === "Check")
		.forEach((df) => row.wrapper.find(`[data-fieldname="${df.fieldname}"] input`).attr("aria-label", label_of(df)));
}
