"""Names are joined and sorted, never changed."""

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
