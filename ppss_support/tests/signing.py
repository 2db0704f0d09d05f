"""Electronic signatures as a school's program makes them: detached CMS with a certificate of its own."""

from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

SIGNER = "ӘБДІҚАЛЫҚОВА ГҮЛНӘР"


def certificate(key):
	name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SIGNER)])
	now = datetime.now(timezone.utc)
	builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
	dates = builder.not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
	return dates.serial_number(x509.random_serial_number()).sign(key, SHA256())


def signed(content: bytes, key, *more, hashing=SHA256, encoding=Encoding.DER) -> bytes:
	"""Return the detached signature of the bytes; `more`: further options of the library."""
	options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, *more]
	builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
	return builder.add_signer(certificate(key), key, hashing()).sign(encoding, options)
