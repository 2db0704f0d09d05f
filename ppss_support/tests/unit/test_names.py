"""Names are joined and sorted, never changed."""

import pytest

from ppss_support.names import full_name, sort_key


def test_absent_patronymic_leaves_no_gap():
	assert full_name("Әлиев", "Нұрлан", None) == "Әлиев Нұрлан"
	assert full_name(" Әлиев", "Нұрлан ", "Серікұлы") == "Әлиев Нұрлан Серікұлы"


def test_order_of_the_kazakh_alphabet():
	names = [
		"Юсупов",
		"Ұзақов",
		"Уәлиев",
		"Өмірова",
		"Омаров",
		"Ильин",
		"Ілиясова",
		"Әлиев",
		"Алиев",
		"Ёлкин",
		"Есенов",
	]
	expected = [
		"Алиев",
		"Әлиев",
		"Есенов",
		"Ёлкин",
		"Ильин",
		"Омаров",
		"Өмірова",
		"Уәлиев",
		"Ұзақов",
		"Ілиясова",
		"Юсупов",
	]
	assert sorted(names, key=sort_key) == expected


def test_space_comes_before_letters():
	assert sort_key("Ким Анна") < sort_key("Кимов Анна")


@pytest.mark.parametrize(
	"ordered",
	[
		["7 А", "7 Ә", "7 Б", "10 А", "11 Г", "А тобы"],
		# The Kyrgyz alphabet: Ң after Н, Ө after О, Ү after У.
		["Асанов", "Нурматов", "Ңазимов", "Осмонов", "Өмүров", "Усенов", "Үсөнов", "Эркинов"],
		[
			"Ғабитов",
			"Дәулетов",
			"Қалиев",
			"Лесов",
			"Наурызов",
			"Ңұр",
			"Уәлиев",
			"Ұзақов",
			"Үсенов",
			"Һашимов",
			"Шәріп",
		],
		["Ыбыраев", "Ілиясова", "Юсупов"],
		["", "Ахметов", "ахметова", "Smith"],
	],
)
def test_classes_and_names_of_neighbours_stand_in_order(ordered):
	mixed = ordered[1::2] + ordered[::2]
	assert sorted(mixed, key=sort_key) == ordered


def test_no_name_has_an_empty_key():
	assert sort_key(None) == sort_key(" ") == ""
