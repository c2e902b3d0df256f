"""A certificate for loopback, made on the spot by the program openssl; nobody trusts it unless told to."""

import ssl
import subprocess
from pathlib import Path


def new_certificate(folder: Path, names: str = "IP:127.0.0.1") -> tuple[Path, ssl.SSLContext]:
    """The file that a client is to trust (SSL_CERT_FILE), and the context of the server that shows it."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    asked = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    written = ("-subj", "/CN=localhost", "-addext", f"subjectAltName={names}", "-keyout", key, "-out", certificate)
    subprocess.run(["openssl", *asked, *written], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return certificate, server
