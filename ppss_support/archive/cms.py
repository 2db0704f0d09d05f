"""Detached CMS signatures (RFC 5652) made outside the program: who signed these bytes, and does it hold.

Without Frappe. The parts are read by asn1crypto, the mathematics is done by cryptography: RSA (PKCS #1 v1.5, PSS) and
ECDSA. The algorithms of GOST 34.310, which certificates of the National Certification Authority of Kazakhstan use beside
RSA, are in neither library: of such a signature only what can be checked is checked, and it says so. Whether the
certificate was issued by a trusted authority and is not revoked is not judged here.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone

from asn1crypto import cms, pem
from cryptography import exceptions, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

HASHES = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
VALID, UNKNOWN_ALGORITHM = "Valid", "Not Checked: Algorithm"


class Unreadable(ValueError):
	"""Not a detached CMS signature of one signer or more with their certificates."""


class Mismatch(ValueError):
	"""The signature is not of these bytes."""


@dataclass(frozen=True)
class Signature:
	"""One signer: name from the certificate, time as the signer claims it (UTC, without zone), standing of the check."""

	signer: str
	signed_at: datetime | None
	standing: str


def read(envelope: bytes, signed: bytes) -> list[Signature]:
	"""Return the signers of the bytes. Raises Unreadable or Mismatch; a mismatch of one signer is one of all."""
	try:
		data = parsed(envelope)
		certificates = [one.chosen for one in data["certificates"] if one.name == "certificate"]
		return [signature(info, certificates, signed) for info in data["signer_infos"]]
	except (ValueError, TypeError, KeyError, IndexError) as error:
		raise error if isinstance(error, Unreadable | Mismatch) else Unreadable(str(error)) from error


def parsed(envelope: bytes):
	if pem.detect(envelope):
		envelope = pem.unarmor(envelope)[2]
	info = cms.ContentInfo.load(envelope, strict=True)
	if info["content_type"].native != "signed_data":
		raise Unreadable("no signed data")
	data = info["content"]
	if data["encap_content_info"]["content"].native is not None or not len(data["signer_infos"]):
		raise Unreadable("not detached, or without a signer")
	return data


def signature(info, certificates: list, signed: bytes) -> Signature:
	certificate = certificate_of(info, certificates)
	attributes = {one["type"].native: one["values"][0] for one in info["signed_attrs"] or []}
	time = attributes["signing_time"].native if "signing_time" in attributes else None
	return Signature(
		signer=signer_name(certificate),
		signed_at=time and time.astimezone(timezone.utc).replace(tzinfo=None),
		standing=check(info, certificate, attributes, signed),
	)


def certificate_of(info, certificates: list):
	wanted = info["sid"].chosen
	for one in certificates:
		if info["sid"].name == "issuer_and_serial_number":
			if one.issuer == wanted["issuer"] and one.serial_number == wanted["serial_number"].native:
				return one
		elif one.key_identifier == wanted.native:
			return one
	raise Unreadable("the signer's certificate is not in the signature")


def signer_name(certificate) -> str:
	subject = certificate.subject.native
	return str(subject.get("common_name") or certificate.subject.human_friendly)


def check(info, certificate, attributes: dict, signed: bytes) -> str:
	"""Return how far the signature was checked. Raises Mismatch."""
	digest = known_digest(info["digest_algorithm"]["algorithm"].native)
	if not digest:
		return UNKNOWN_ALGORITHM
	if attributes and attributes["message_digest"].native != hashlib.new(digest, signed).digest():
		raise Mismatch("the digest is of other bytes")
	body = info["signed_attrs"].untag().dump() if attributes else signed
	return verify(info, certificate, digest, body)


def known_digest(name: str) -> str | None:
	return name if name in HASHES else None


def verify(info, certificate, digest: str, body: bytes) -> str:
	key = public_key(certificate)
	value, algorithm = info["signature"].native, info["signature_algorithm"]
	hashing = HASHES[digest]()
	try:
		if isinstance(key, rsa.RSAPublicKey):
			key.verify(value, body, padding_of(algorithm, hashing), hashing)
		elif isinstance(key, ec.EllipticCurvePublicKey):
			key.verify(value, body, ec.ECDSA(hashing))
		else:
			return UNKNOWN_ALGORITHM
	except exceptions.InvalidSignature as error:
		raise Mismatch("the signature does not hold") from error
	return VALID


def public_key(certificate):
	"""Return the key, None where the library does not know its kind."""
	try:
		return x509.load_der_x509_certificate(certificate.dump()).public_key()
	except (exceptions.UnsupportedAlgorithm, ValueError):
		return None


def padding_of(algorithm, hashing):
	if algorithm.signature_algo == "rsassa_pss":
		length = algorithm["parameters"]["salt_length"].native
		return padding.PSS(padding.MGF1(hashing), length)
	return padding.PKCS1v15()
