// The list would read the assessment beside its number; those who write only their own sheet may not.
frappe.meta.get_docfield("PPSS Assessment Part", "assessment").in_list_view = 0;
