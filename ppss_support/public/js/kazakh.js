// The calendar of the Desk knows no Kazakh and would fall back to English names.
if ($.fn.datepicker) {
	$.fn.datepicker.language.kk = {
		days: ["жексенбі", "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі"],
		daysShort: ["жек", "дүй", "сей", "сәр", "бей", "жұм", "сен"],
		daysMin: ["Жс", "Дс", "Сс", "Ср", "Бс", "Жм", "Сб"],
		months: [
			"Қаңтар", "Ақпан", "Наурыз", "Сәуір", "Мамыр", "Маусым",
			"Шілде", "Тамыз", "Қыркүйек", "Қазан", "Қараша", "Желтоқсан",
		],
		monthsShort: ["Қаң", "Ақп", "Нау", "Сәу", "Мам", "Мау", "Шіл", "Там", "Қыр", "Қаз", "Қар", "Жел"],
		today: "Бүгін",
		clear: "Тазалау",
		dateFormat: "dd.mm.yyyy",
		timeFormat: "hh:ii",
		firstDay: 1,
	};
}
