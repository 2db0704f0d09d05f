// Names of days and months where the framework brings none: it has no Kazakh and no Kyrgyz, and writes the dates
// of cards and of changes with English months whatever the reader's language.
const ppss_calendars = {
	kk: {
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
	},
	ky: {
		days: ["жекшемби", "дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби"],
		daysShort: ["жек", "дүй", "шей", "шар", "бей", "жум", "ише"],
		daysMin: ["Жк", "Дш", "Шш", "Шр", "Бш", "Жм", "Иш"],
		months: [
			"Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
			"Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
		],
		monthsShort: ["Янв", "Фев", "Мар", "Апр", "Май", "Июн", "Июл", "Авг", "Сен", "Окт", "Ноя", "Дек"],
		today: "Бүгүн",
		clear: "Тазалоо",
	},
};
// A month after the number of its day, which Russian declines.
const ppss_months_of_days = {
	ru: [
		"января", "февраля", "марта", "апреля", "мая", "июня",
		"июля", "августа", "сентября", "октября", "ноября", "декабря",
	],
	kk: ppss_calendars.kk.months.map((month) => month.toLowerCase()),
	ky: ppss_calendars.ky.months.map((month) => month.toLowerCase()),
};

if ($.fn.datepicker) {
	for (const [lang, names] of Object.entries(ppss_calendars)) {
		$.fn.datepicker.language[lang] = { ...names, dateFormat: "dd.mm.yyyy", timeFormat: "hh:ii", firstDay: 1 };
	}
}

// The framework formats with moment's "en" alone; only what "en" calls months and days changes, not how dates are read.
const ppss_months = window.moment && ppss_months_of_days[frappe.boot?.lang];
if (ppss_months) {
	moment.updateLocale("en", {
		months: ppss_months,
		monthsShort: ppss_months.map((month) => month.slice(0, 3)),
		ordinal: (number) => `${number}`,
	});
}

// Tips and words for screen readers which libraries of the framework write in English, past any translation.
const ppss_retold = {
	".dt-filter": (node) => {
		const column = (node.title || "").replace(/^Filter based on /, "");
		if (column !== node.title) {
			const tip = __("Filter based on {0}", [column === "Index" ? "№" : column]);
			$(node).attr({ title: tip, "aria-label": tip });
		}
	},
	".awesomplete > input": (node) => {
		const status = node.parentElement.querySelector("[role=status]");
		if (status?.textContent === "Begin typing for results.") status.textContent = __("Begin typing for results.");
	},
};
for (const [selector, retell] of Object.entries(ppss_retold)) {
	$(document).on("mouseover focusin", selector, (event) => retell(event.currentTarget));
}

// An advertisement of another product of the framework's makers, in English.
localStorage.setItem("show_insights_banner", "false");
