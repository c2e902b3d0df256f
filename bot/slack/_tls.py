"""The one TLS context of all connections to Slack: making one reads every certificate that the system trusts."""

from functools import cache
from ssl import SSLContext, create_default_context
from urllib.request import HTTPSHandler, build_opener, install_opener

from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env


@cache
def tls() -> SSLContext:
    """Trusts whom the system trusts, or whom SSL_CERT_FILE names, as these stood at the first call of the process.

    From then on urllib trusts the same where it is given no context, and makes nothing anew for each request.
    """
    context = create_default_context()
    install_opener(build_opener(HTTPSHandler(context=context)))
    return context


def for_clients() -> SSLContext | None:
    """What slack_sdk's clients are given as `ssl`: nothing, but behind a proxy, which they go through by themselves."""
    context = tls()
    return context if load_http_proxy_from_env() else None
