const base64_of = (file) =>
	new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result);
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(file);
	});

const send = (method, args) =>
	frappe.call({ method: `ppss_support.archive.${method}`, type: "POST", args, freeze: true }).then(() =>
		frappe.set_route("List", "PPSS Archive Entry", { document: args.name || cur_frm.doc.document })
	);

const add_signature = (frm) => {
	const input = $('<input type="file" accept=".p7s,.cms,.sig">')[0];
	input.onchange = async () =>
		send("signatures.add", { entry: frm.doc.name, signature: await base64_of(input.files[0]) });
	input.click();
};

const add_scan = (frm) =>
	frappe.prompt({ fieldname: "archive_index", fieldtype: "Data", label: __("Archive Index") }, (values) => {
		new frappe.ui.FileUploader({
			doctype: frm.doc.document_type,
			docname: frm.doc.document,
			make_attachments_public: false,
			restrictions: { max_number_of_files: 1, allowed_file_types: [".pdf", ".jpg", ".jpeg", ".png"] },
			on_success: (file) =>
				send("scans.add", {
					doctype: frm.doc.document_type,
					name: frm.doc.document,
					file: file.name,
					...values,
				}),
		});
	});

frappe.ui.form.on("PPSS Archive Entry", {
	refresh(frm) {
		if (frm.doc.file_url) {
			frm.add_custom_button(__("Open File"), () =>
				window.open(`/api/method/ppss_support.archive.doors.download?entry=${frm.doc.name}`)
			);
		}
		if (frm.doc.event === "Frozen") {
			frm.add_custom_button(__("Add Scan"), () => add_scan(frm));
			frm.add_custom_button(__("Add Electronic Signature"), () => add_signature(frm));
		}
	},
});
