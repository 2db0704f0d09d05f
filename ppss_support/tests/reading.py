"""What stands on a page of the Desk in Latin letters: English left over, but for names, codes and addresses."""

import re
from pathlib import Path

ALLOWED_FILE = Path(__file__).parent / "latin_words.txt"
# Word by word: what both languages write in Latin letters, and the names of products.
ALLOWED = set(ALLOWED_FILE.read_text(encoding="utf-8").split())
# What names a record, a file, an address or a time zone is no word.
NAMES = re.compile(r"\S+@\S+|https?://\S+|(?=[\w./-]*\d)[\w./-]+|#\w+|[A-Z][a-z]+/[A-Z]\w+")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Text in sight and the tips of what is in sight; menus that open at a click count as seen. What is left out: what people
# typed, and the names of fields the framework shows to developers.
COLLECT = """
	const found = [];
	// Ours retells what libraries write in English once it is pointed at.
	for (const node of document.querySelectorAll(".dt-filter, .awesomplete > input"))
		node.dispatchEvent(new Event("mouseover", { bubbles: true }));
	const menu = ".dropdown-menu, .awesomplete li";
	const seen = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden";
	const page = document.querySelector(".page-container:not([style*='display: none'])");
	const aside = document.querySelectorAll(".modal.show, .popover, .alert, .page-content-wrapper");
	const roots = [document.querySelector(".navbar"), page, ...aside];
	const put = (text, node) => {
		if (/[A-Za-z]{2}/.test(text || "")) found.push([text.trim().replace(/\\s+/g, " "), place(node)]);
	};
	const place = (node) => node.closest("[data-fieldname]")?.dataset.fieldname
		|| node.closest("[class]")?.className?.toString().slice(0, 80) || node.tagName;
	for (const root of roots.filter(Boolean)) {
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
		for (let node = root; node; node = walker.nextNode()) {
			if (/^(script|style|svg|use|path|symbol|iframe)$/i.test(node.tagName)) continue;
			const holder = node.closest(menu);
			const shown = seen(node) || (holder && seen(holder.parentElement));
			if (!shown || node.closest(".ql-editor, .hidden, .hide, .no-translate, .tooltip-content, symbol, defs")) continue;
			for (const name of ["title", "placeholder", "aria-label", "data-original-title"])
				put(node.getAttribute(name), node);
			// A menu underlines the letter of its key, which cuts its first word in two.
			if (node.matches(".menu-item-label")) put(node.textContent, node);
			if (node.closest(".menu-item-label")) continue;
			for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) put(child.textContent, node);
		}
	}
	return found;
"""


def english_on(desk) -> set[tuple[str, str]]:
	"""Return the texts with an English word on the page in sight, each with the place it stands at."""
	return {(text, place) for text, place in desk.script(COLLECT) if foreign_words(text)}


def foreign_words(text: str) -> list[str]:
	return [word for word in LATIN.findall(NAMES.sub(" ", text)) if word not in ALLOWED]
