"""The one TLS context of all connections to Slack: making one reads every certificate that the system trusts."""

from functools import cache
from ssl import SSLContext, create_default_context


@cache
def tls() -> SSLContext:
    """Trusts whom the system trusts, or whom SSL_CERT_FILE names, as these stood at the first call of the process."""
    return create_default_context()
