frappe.views.calendar["PPSS Session"] = ppss.calendar;
