"""Gives a representative access to the parents' page, and takes it away: by the deputy head or the registrar, in the Desk."""

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.sessions import clear_sessions

from ppss_support.answers import answer
from ppss_support.constants import roles
from ppss_support.papers import printed_in
from ppss_support.parents.children import represented_by
from ppss_support.parents.languages import offered_in
from ppss_support.regulation import parents

DOCTYPE = "PPSS Representative"
INVITERS = (roles.DEPUTY, roles.REGISTRAR)
# Logins of the framework itself.
STANDARD = ("Administrator", "Guest")


@frappe.whitelist(methods=["POST"])
def give_access(representative: str, language: str):
	"""Link a login with the role of parents to the representative, a new one with the framework's welcome mail.

	Refuses (A89–A92). The mail names neither child nor support.
	"""
	paper = for_inviting(representative)
	email = (paper.email or "").strip().lower()
	is_legal = bool(represented_by(name=paper.name))
	answer(parents.may_be_invited(paper.full_name, email, is_legal, email == frappe.session.user))
	if language not in offered_in(paper.organisation):
		language = offered_in(paper.organisation)[0]
	user, is_new = login_of(paper, email, language)
	link(paper, user.name)
	if is_new or user.user_type == "Website User":
		send_invitation(user, language)


@frappe.whitelist(methods=["POST"])
def take_access(representative: str):
	"""Take the login off the representative; whoever is on the page with it is signed out at once."""
	end_access(for_inviting(representative))


def for_inviting(representative: str):
	frappe.only_for(INVITERS)
	paper = frappe.get_doc(DOCTYPE, representative)
	paper.check_permission("write")
	return paper


def end_access(paper):
	user = paper.user
	if not user:
		return
	link(paper, None)
	if not frappe.db.exists(DOCTYPE, {"user": user}):
		take_role(frappe.get_doc("User", user))
	# Last: the framework commits for each session it ends.
	clear_sessions(user, force=True)


def take_role(login):
	"""A login without another role keeps this one: it holds the login to the page, which is empty now (gate.py)."""
	others = [row for row in login.roles if row.role != roles.PARENT]
	if others:
		login.set("roles", others)
		# The registrar has no right to logins as such.
		login.save(ignore_permissions=True)


def link(paper, user: str | None):
	paper.user = user
	paper.flags.access_decided = True
	paper.save()


def login_of(paper, email: str, language: str):
	"""Return the login with this address, made if there is none, with the role; and whether it is new."""
	known = frappe.db.get_value("User", {"email": email}, ["name", "enabled"], as_dict=True)
	if not known:
		return new_login(paper, email, language), True
	others = {"user": known.name, "organisation": paper.organisation, "name": ("!=", paper.name)}
	taken = known.name in STANDARD or frappe.db.exists(DOCTYPE, others)
	answer(parents.login_free(email, bool(known.enabled), bool(taken)))
	user = frappe.get_doc("User", known.name)
	if roles.PARENT not in {row.role for row in user.roles}:
		user.append("roles", {"role": roles.PARENT})
		# The registrar has no right to logins as such.
		user.save(ignore_permissions=True)
	return user, False


def new_login(paper, email: str, language: str):
	user = frappe.new_doc("User")
	user.update({"email": email, "first_name": paper.full_name, "language": language, "enabled": 1})
	user.append("roles", {"role": roles.PARENT})
	# A new login is a system user until saved; the first of those on a site would be made its manager.
	user.user_type = "Website User"
	# The mail follows in the parent's language.
	user.flags.no_welcome_mail = True
	# As above.
	return user.insert(ignore_permissions=True)


def send_invitation(user, language: str):
	"""Send the framework's mail with the link to set a password; without a mailbox, say what to do instead."""
	if not EmailAccount.find_outgoing():
		text = _("No mail could be sent: no outgoing mailbox is set up. Access is given all the same.")
		frappe.msgprint(text, indicator="orange")
		return
	with printed_in(language):
		user.send_welcome_mail_to_user()
