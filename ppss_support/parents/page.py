"""The parents' page: every address under /parents and what it answers. One gate stands before all of them.

What is not the parent's own and what does not exist are answered alike, and nothing of it is kept by any cache.
"""

from collections.abc import Callable
from urllib.parse import quote

import frappe
from frappe.rate_limiter import rate_limit
from frappe.sessions import get_csrf_token
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.exceptions import RuleRefused
from ppss_support.parents import copies, languages, statement, support
from ppss_support.parents.children import Child, children_of
from ppss_support.setup.languages import LANGUAGES

HOME = "/parents"
ROUTES = Map(
	[
		Rule("/parents", endpoint="overview", methods=["GET"]),
		Rule("/parents/language", endpoint="language", methods=["POST"]),
		Rule("/parents/sign-out", endpoint="sign_out", methods=["POST"]),
		Rule("/parents/consent-form.pdf", endpoint="blank_form", methods=["GET"]),
		Rule("/parents/<learner>", endpoint="child", methods=["GET"]),
		Rule("/parents/<learner>/consent/<name>.pdf", endpoint="consent_form", methods=["GET"]),
		Rule("/parents/<learner>/consent/<name>/withdraw", endpoint="question", methods=["GET"]),
		Rule("/parents/<learner>/consent/<name>/withdraw", endpoint="withdraw", methods=["POST"]),
		Rule("/parents/<learner>/consent/<name>/statement.pdf", endpoint="statement", methods=["GET"]),
		Rule("/parents/<learner>/programme/<name>.pdf", endpoint="programme", methods=["GET"]),
	]
)
# In an hour, by login: families behind one address of a mobile network do not use up each other's.
DOWNLOADS, STATEMENTS = 60, 10
HOUR = 3600
# No script runs on these pages, and no other site may frame them.
HEADERS = {
	"Cache-Control": "no-store",
	"Content-Security-Policy": (
		"default-src 'none'; style-src 'unsafe-inline'; img-src 'self';"
		" form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	),
	"Referrer-Policy": "same-origin",
	"X-Content-Type-Options": "nosniff",
}


class ParentsPage(BaseRenderer):
	"""Renders the addresses of `ROUTES`; registered as page_renderer."""

	def can_render(self) -> bool:
		return self.path == "parents" or self.path.startswith("parents/")

	def render(self) -> Response:
		if frappe.session.user == "Guest":
			return redirect(login_address("/" + self.path))
		self.children = children_of(frappe.session.user)
		self.languages = languages.offered_to([child.organisation for child in self.children])
		languages.speak(self.languages)
		endpoint, asked = matched("/" + self.path, frappe.request.method)
		if not endpoint:
			return self.not_found()
		try:
			return getattr(self, endpoint)(**asked) or self.not_found()
		except Exception:
			# The framework turns an error into a page and commits what a form has written so far.
			frappe.db.rollback()
			raise

	# ---- pages

	def overview(self) -> Response:
		rows = [(child, class_of(child), support.outline_of(child)) for child in self.children]
		return self.page("children.html", rows=rows)

	def child(self, learner: str) -> Response | None:
		child = self.own(learner)
		if not child:
			return None
		frappe.get_doc("PPSS Learner", child.name).add_viewed()
		return self.page("child.html", child=child, school_class=class_of(child), **support.story_of(child))

	def question(self, learner: str, name: str, **said) -> Response | None:
		child = self.own(learner)
		consent = child and support.own_consent(child, name, states.SIGNED)
		if not consent:
			return None
		given_on = support.day_in_words(consent.date_signed)
		return self.page("withdraw.html", child=child, consent=consent.name, given_on=given_on, **said)

	# ---- steps

	def withdraw(self, learner: str, name: str) -> Response | None:
		child = self.own(learner)
		if not (child and support.own_consent(child, name, states.SIGNED)):
			return None
		if exhausted("statements", STATEMENTS):
			return self.too_many()
		form = frappe.request.form
		if form.get("confirmed") != "yes":
			return self.question(learner, name, unconfirmed=True, words=form.get("words", ""))
		try:
			statement.withdraw(child, name, form.get("words", ""))
		except RuleRefused as refusal:
			frappe.db.rollback()
			return self.question(learner, name, refusals=texts_of(refusal))
		return redirect(f"{HOME}/{child.name}")

	def language(self) -> Response:
		"""Keep the language and lead back to the page it was chosen on."""
		form = frappe.request.form
		if form.get("language") in self.languages:
			languages.choose(frappe.session.user, form["language"])
		endpoint, _asked = matched(form.get("back", ""), "GET")
		return redirect(form["back"] if endpoint else HOME)

	def sign_out(self) -> Response:
		frappe.local.login_manager.logout()
		return redirect(login_address(HOME))

	# ---- papers

	def blank_form(self) -> Response:
		return self.paper("consent-form", lambda: copies.blank_form() if self.children else None)

	def consent_form(self, learner: str, name: str) -> Response | None:
		return self.paper_of(learner, name, copies.consent_form)

	def statement(self, learner: str, name: str) -> Response | None:
		return self.paper_of(learner, name, copies.statement)

	def programme(self, learner: str, name: str) -> Response | None:
		return self.paper_of(learner, name, copies.programme)

	def paper_of(self, learner: str, name: str, make: Callable) -> Response | None:
		child = self.own(learner)
		return self.paper(name, lambda: make(child, name)) if child else None

	def paper(self, name: str, make: Callable) -> Response | None:
		if exhausted("downloads", DOWNLOADS):
			return self.too_many()
		pdf = make()
		named = {"Content-Disposition": f'inline; filename="{quote(name)}.pdf"'}
		return pdf and Response(pdf, headers={**HEADERS, **named}, mimetype="application/pdf")

	# ---- answers

	def own(self, learner: str) -> Child | None:
		return next((child for child in self.children if child.name == learner), None)

	def page(self, template: str, status: int = 200, **values) -> Response:
		common = {
			"lang": frappe.local.lang,
			"languages": self.languages,
			"csrf_token": get_csrf_token(),
			"home": HOME,
			"here": "/" + self.path,
		}
		html = frappe.render_template(f"templates/parents/{template}", {**common, **values}, is_path=True)
		return Response(html, status, HEADERS, mimetype="text/html")

	def not_found(self) -> Response:
		return self.page("not_found.html", 404)

	def too_many(self) -> Response:
		return self.page("too_many.html", 429)


def matched(path: str, method: str) -> tuple[str | None, dict]:
	"""Return the endpoint of an address and what stands in it, None where there is no such address."""
	try:
		return ROUTES.bind("").match(path, method=method)
	except HTTPException:
		return None, {}


def login_address(back: str) -> str:
	"""Return the framework's login page in a language of ours, whatever the browser prefers."""
	lang = frappe.local.lang if frappe.local.lang in LANGUAGES else languages.DEFAULT
	return f"/login?_lang={lang}&redirect-to={quote(back)}"


def redirect(address: str) -> Response:
	"""Lead on to another page of this site; never kept, since the next visit may be another one's."""
	return Response("", 303, {**HEADERS, "Location": address})


def class_of(child: Child) -> str:
	return facts.class_title(child.name) or ""


def exhausted(what: str, times: int) -> bool:
	"""Count a request of this login; tell whether there have been too many within the hour."""
	frappe.form_dict.counted = f"parents-{what}-{frappe.session.user}"
	try:
		rate_limit(key="counted", limit=times, seconds=HOUR, ip_based=False)(lambda: None)()
	except frappe.ValidationError:
		frappe.clear_last_message()
		return True
	return False


def texts_of(refusal: RuleRefused) -> list[str]:
	said = refusal.args[0] if refusal.args else ""
	return [said] if isinstance(said, str) else list(said)
