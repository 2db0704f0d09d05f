"""The nomenclature of cases of the demo school; how long each is kept is for its archivist to fill in."""

from ppss_support.demo.hands import make
from ppss_support.demo.school import School

# Index, title in Kazakh and Russian, and the papers filed there.
CASES = (
	(
		"01-03",
		"Қолдау қызметін құру және құрамын бекіту туралы бұйрықтар",
		"Приказы о создании службы сопровождения и её составе",
		("Support Order",),
	),
	(
		"05-01",
		"Ата-аналардың және өзге де заңды өкілдердің келісімдері",
		"Согласия родителей и иных законных представителей",
		("Consent",),
	),
	("05-02", "Бағалау хаттамалары", "Протоколы оценки", ("Needs Assessment",)),
	("05-03", "Қолдауға алынған балалардың тізімдері", "Списки детей для сопровождения", ("Learner List",)),
	("05-04", "Қолдау бағдарламалары", "Программы сопровождения", ("Programme",)),
	("05-05", "Қызмет отырыстарының хаттамалары", "Протоколы заседаний службы", ("Meeting",)),
	(
		"05-06",
		"Жолдамалар және педагог-ассистентті тағайындау құжаттары",
		"Направления и документы о назначении педагога-ассистента",
		("Referral", "Assistant Assignment"),
	),
	("05-07", "Қызметтің жылдық жоспарлары", "Годовые планы службы", ("Annual Plan",)),
	(
		"05-08",
		"Қағидаттармен және құпиялылықпен танысу парақтары",
		"Листы ознакомления с принципами и конфиденциальностью",
		("Ethics Acknowledgement",),
	),
	("06-01", "Штат кестелері", "Штатные расписания", ("Staffing Table",)),
	(
		"06-02",
		"Тарификациялық тізімдер және есептеу парақтары",
		"Тарификационные списки и расчётные листы",
		("Pay Sheet",),
	),
)


def add():
	school = School().read()
	with school.acting("ADM1"):
		for number, title, title_ru, kinds in CASES:
			papers = [{"document_type": f"PPSS {kind}"} for kind in kinds]
			make("PPSS Case Index", case_number=number, title=title, title_ru=title_ru, papers=papers)
