"""Opens a web address at a given byte for the download, and turns every way to fail into a sentence."""

import http.client
import ssl
import urllib.error
import urllib.request
from http import HTTPStatus
from typing import IO
from urllib.parse import urlsplit

from clipsorter.errors import DownloadError

TIMEOUT_S = 20.0  # without a single byte
SCHEMES = ("http", "https")
_ASKS_FOR_PASSWORD = "The proxy asks for a password: set https_proxy and http_proxy to http://USER:PASSWORD@HOST:PORT."


class BrokenError(Exception):
    """An attempt failed in a way that the next one may not; the message is a sentence."""


def open_at(url: str, offset: int) -> http.client.HTTPResponse | None:
    """Ask for a file from byte `offset` on; None if the server says that there is nothing beyond it.

    Goes through the proxies that the environment or the system names. Raises BrokenError or DownloadError.
    """
    headers = {"User-Agent": "clipsorter"}  # some servers refuse the name that Python gives
    if offset:
        headers["Range"] = f"bytes={offset}-"
    try:
        request = urllib.request.Request(url, headers=headers)
        response: http.client.HTTPResponse = _opener().open(request, timeout=TIMEOUT_S)
        return response
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and offset:
            return None
        raise _refusal(host_of(url), error.code) from error
    except (OSError, http.client.HTTPException) as error:
        raise _failure(url, error) from error
    except ValueError as error:  # a host name or a redirect that no address can have
        raise DownloadError(f"{host_of(url)} can't be asked for the model: an address is malformed.") from error


def read_some(response: http.client.HTTPResponse, at_most: int) -> bytes:
    """Return what has arrived, at least one byte unless the answer is over; raises BrokenError."""
    try:
        return response.read1(at_most)
    except (OSError, http.client.HTTPException) as error:
        raise _failure(response.url, error) from error


def host_of(url: str) -> str:
    """Name the server of an address, for messages: without the user name and password it may hold."""
    return urlsplit(url).hostname or url


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses only."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the next request, or refuse."""
        if urlsplit(newurl).scheme not in SCHEMES:
            raise urllib.error.HTTPError(newurl, code, msg, headers, fp)
        fp.close()  # the standard library would read all of what comes with a redirect, however long
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """Put together what speaks http and https and nothing else; `build_opener` would add ftp: and file:."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _refusal(host: str, code: int) -> BrokenError | DownloadError:
    """Turn an HTTP status into a sentence; the server's own words are not shown, they may be anything."""
    answer = next((f"{code} ({status.phrase})" for status in HTTPStatus if status == code), str(code))
    if code >= 500 or code in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS):
        return BrokenError(f"{host} can't deliver just now: {answer}.")
    if code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return DownloadError(f"{host} does not have this model: {answer}. Try another address.")
    if code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return DownloadError(_ASKS_FOR_PASSWORD)
    if 300 <= code < 400:
        return DownloadError(
            f"{host} redirects in a circle or to something that is no web address. Try another address."
        )
    return DownloadError(f"{host} refuses the download: {answer}. Try another address.")


def _failure(url: str, error: Exception) -> BrokenError | DownloadError:
    """Turn a failure of the connection into a sentence, and tell whether another attempt makes sense."""
    host, reason = host_of(url), error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return DownloadError(
            f"The certificate of {host} is not trusted ({reason.verify_message}). Is the clock right? Behind a "
            "company's proxy, set SSL_CERT_FILE to the file of its certificates."
        )
    if isinstance(reason, http.client.InvalidURL):
        return DownloadError(f"{host} can't be asked for the model: {reason}.")
    if isinstance(reason, TimeoutError):
        return BrokenError(f"{host}{_detour(url)} has sent nothing for {TIMEOUT_S:.0f} seconds.")
    if isinstance(reason, http.client.IncompleteRead):
        return BrokenError(f"{host} broke off in the middle.")
    text = (reason.strerror if isinstance(reason, OSError) else None) or str(reason) or type(reason).__name__
    if text.startswith("Tunnel connection failed: 407"):
        return DownloadError(_ASKS_FOR_PASSWORD)
    text = text if text.isprintable() else ascii(text)  # it may quote what a stranger sent
    return BrokenError(f"The connection to {host}{_detour(url)} failed: {text}.")


def _detour(url: str) -> str:
    """Name the proxy between here and an address, if there is one: it is the first suspect."""
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return ""
    return f" through the proxy {urlsplit(proxy if '//' in proxy else f'//{proxy}').hostname}"
