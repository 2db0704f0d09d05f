frappe.views.calendar["PPSS Meeting"] = ppss.calendar;
